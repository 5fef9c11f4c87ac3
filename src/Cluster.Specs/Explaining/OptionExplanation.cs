namespace SearchCluster.Specs.Explaining;

/// <summary>One option of a sampler or a scheduler, for people.</summary>
/// <param name="Name">Its key in the spec.</param>
/// <param name="Value">Its value; <c>automatic</c> when the sampler works it out.</param>
/// <param name="IsDefault">True when the spec does not give it.</param>
/// <param name="Description">What it is for.</param>
public sealed record OptionExplanation(string Name, string Value, bool IsDefault, string Description);
