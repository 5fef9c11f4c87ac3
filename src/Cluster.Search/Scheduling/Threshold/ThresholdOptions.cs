#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;

namespace SearchCluster.Search.Scheduling.Threshold;

/// <summary>Options of the scheduler <c>threshold</c>.</summary>
public sealed record ThresholdOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } =
        AlgorithmDescriptor.Of<ThresholdOptions>(
            "threshold", "Stops a trial whose best value is worse than a bound after the grace period.");

    [Required, SearchRange(-1e300, 1e300), Description("The worst value of the objective that may go on.")]
    public double Bound { get; init; }

    [SearchRange(0, Resources.Most), Description("Resource up to which it does not decide.")]
    public int Grace { get; init; }
}
