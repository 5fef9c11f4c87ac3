namespace SearchCluster.Simulation.Checks;

/// <summary>Something that must not be.</summary>
/// <param name="Rule">The promise or the rule.</param>
/// <param name="What">What was found.</param>
/// <param name="At">When, in virtual time.</param>
internal sealed record Violation(string Rule, string What, TimeSpan At);
