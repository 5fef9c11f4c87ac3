namespace SearchCluster.Search.Analysis.Forests;

/// <summary>How a random forest is grown.</summary>
public sealed record RandomForestOptions
{
    /// <summary>The defaults.</summary>
    public static RandomForestOptions Default { get; } = new();

    /// <summary>How many trees there are.</summary>
    /// <value>Default 64. At least 1. The standard error of a mean over trees is an eighth of their spread.</value>
    public int Trees { get; init; } = 64;

    /// <summary>Fewest observations in a leaf.</summary>
    /// <value>Default 3, as in SMAC. At least 1.</value>
    public int FewestInLeaf { get; init; } = 3;

    /// <summary>Share of the axes, chosen at random, that a split may use.</summary>
    /// <value>Default 5/6, as in SMAC. Above 0, at most 1; at least one axis is always tried.</value>
    public double AxisShare { get; init; } = 5.0 / 6;

    /// <summary>Most observations that a tree is grown from.</summary>
    /// <value>Default 2,000: a tree of a larger search sees a part of it, which bounds the cost (quadratic in
    /// the leaves for fANOVA).</value>
    public int MostObservations { get; init; } = 2_000;

    /// <summary>Whether each tree is grown from a resample with replacement; otherwise from all observations.</summary>
    /// <value>Default true.</value>
    public bool Resamples { get; init; } = true;
}
