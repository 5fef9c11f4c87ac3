namespace SearchCluster.Search.Analysis.Importance;

/// <summary>How PED-ANOVA compares the best trials with all.</summary>
public sealed record PedAnovaOptions
{
    /// <summary>The defaults.</summary>
    public static PedAnovaOptions Default { get; } = new();

    /// <summary>Share of the trials that count as the best; γ' in the paper.</summary>
    /// <value>Default 0.1. Above 0, below 1; at least <see cref="FewestBest"/> trials are taken.</value>
    public double TopShare { get; init; } = 0.1;

    /// <summary>Fewest trials that count as the best, so that a density can be estimated.</summary>
    /// <value>Default 5. At least 2.</value>
    public int FewestBest { get; init; } = 5;

    /// <summary>How many resamples of the trials measure the spread.</summary>
    /// <value>Default 32. At least 2.</value>
    public int Resamples { get; init; } = 32;
}
