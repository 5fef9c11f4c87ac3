#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;

namespace SearchCluster.Search.Scheduling.Wilcoxon;

/// <summary>Options of the scheduler <c>wilcoxon</c>.</summary>
public sealed record WilcoxonOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<WilcoxonOptions>(
        "wilcoxon",
        "For trials that report one value for each fold: stops one that is significantly worse than the best trial on the same folds.");

    [SearchRange(0, 1), Description("Stops below this p-value of the one-sided signed-rank test.")]
    public double P { get; init; } = 0.1;

    [SearchRange(0, Resources.Most), Description("Common folds after which it does not decide yet.")]
    public int Grace { get; init; } = 2;
}
