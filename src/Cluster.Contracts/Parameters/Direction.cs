namespace SearchCluster.Contracts.Parameters;

/// <summary>Which end of a metric is better.</summary>
public enum Direction
{
    /// <summary>Smaller is better.</summary>
    Minimize,

    /// <summary>Larger is better.</summary>
    Maximize,
}
