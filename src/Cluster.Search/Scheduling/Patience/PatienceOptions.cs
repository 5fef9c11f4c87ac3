#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;

namespace SearchCluster.Search.Scheduling.Patience;

/// <summary>Options of the scheduler <c>patience</c>.</summary>
public sealed record PatienceOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } =
        AlgorithmDescriptor.Of<PatienceOptions>("patience", "Stops a trial whose own curve brought no improvement for so many reports.");

    [SearchRange(1, Resources.Most), Description("Reports in a row without improvement.")]
    public int Patience { get; init; } = 10;

    [SearchRange(0, 1e300), Description("Smallest change that counts as an improvement.")]
    public double MinDelta { get; init; }

    [SearchRange(0, Resources.Most), Description("Resource up to which it does not decide.")]
    public int Grace { get; init; }
}
