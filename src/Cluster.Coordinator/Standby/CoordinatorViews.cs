using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.Persistence.Leases;

namespace SearchCluster.Coordinator.Standby;

/// <summary>The coordinators of a cluster, as its lease tells them.</summary>
internal static class CoordinatorViews
{
    /// <summary>The active one, then those that stand by.</summary>
    /// <param name="view">What the database told last; null where there is no lease.</param>
    public static ValueArray<CoordinatorView>? Of(LeaseView? view) => view is null
        ? null
        : Active(view).Concat(view.Standbys
            .Where(standby => standby.Claim.Run != view.Holder?.Run)
            .Select(standby => Of(standby.Claim, standby.Since, isActive: false))).ToValueArray();

    private static IEnumerable<CoordinatorView> Active(LeaseView view) =>
        view.Holder is { } holder ? [Of(holder, view.Since, isActive: true)] : [];

    private static CoordinatorView Of(LeaseClaim claim, DateTimeOffset since, bool isActive) =>
        new(claim.Url, claim.ClusterAddress, claim.Host, claim.Pid, claim.Version, since, isActive);
}
