#pragma warning disable CS1591 // Each property's description is its attribute, which people read too.
using System.ComponentModel;
using SearchCluster.Contracts.Configuration;
using SearchCluster.Search.Catalogs;

namespace SearchCluster.Search.Scheduling.Bandit;

/// <summary>Options of the scheduler <c>bandit</c>.</summary>
public sealed record BanditOptions : IAlgorithmOptions
{
    /// <inheritdoc />
    public static AlgorithmDescriptor Descriptor { get; } = AlgorithmDescriptor.Of<BanditOptions>(
        "bandit",
        "Stops a trial whose value is worse than the best of all trials at the same resource by more than a slack.");

    [SearchRange(0, 1_000), Description(
        "How much worse than the best a trial may be, as a share: up to 1 + share times a positive best value, or down to the best divided "
            + "by it where larger is better; 0.1 when neither slack is given.")]
    public double? SlackFactor { get; init; }

    [SearchRange(0, 1e300), Description("The same in units of the objective; where both are given, a trial goes on within either.")]
    public double? SlackAmount { get; init; }

    [SearchRange(1, Resources.Most), Description("Resource between two decisions.")]
    public int Interval { get; init; } = 1;

    [SearchRange(0, Resources.Most), Description("Resource up to which it does not decide.")]
    public int Grace { get; init; } = 5;
}
