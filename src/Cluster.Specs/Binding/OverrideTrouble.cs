namespace SearchCluster.Specs.Binding;

/// <summary>Why the value of an override cannot be read.</summary>
/// <param name="Code">One of <see cref="SpecCodes"/>.</param>
/// <param name="Message">What is wrong, and at which of its characters.</param>
/// <param name="Help">The next step, or null.</param>
internal sealed record OverrideTrouble(string Code, string Message, string? Help);
