using System.Globalization;
using System.Security.Claims;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Actors;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Coordinator.Service;

namespace SearchCluster.Coordinator.Http.Access;

/// <summary>What who shows a member's certificate may write: under a lease that its search gave and that has not ended, what belongs to the
/// leased item. Who has the token may write all artifacts.</summary>
/// <remarks>Fences are numbers that anybody can count up, so a lease counts as the journal has it, not as it is named.</remarks>
/// <param name="manager">Knows the leases.</param>
internal sealed class MemberWrites(ManagerClient manager)
{
    /// <summary>Refuses what a member may not write.</summary>
    /// <param name="who">Behind the request.</param>
    /// <param name="lease">Under which it writes; null for none.</param>
    /// <param name="path">Of the artifact; null where a lease begins.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SearchServiceException">403: there is no lease, or the artifact is not the leased item's.</exception>
    /// <exception cref="ArtifactException">SC4101: the lease is not open.</exception>
    public async Task RequireAsync(ClaimsPrincipal who, LeaseKey? lease, string? path, CancellationToken cancellation)
    {
        if (who.IsInRole(AccessPolicies.Owner))
        {
            return;
        }

        if (lease is not { } given)
        {
            throw Forbidden("The certificate of a member opens uploads under a lease only. Name it, or send the token.");
        }

        if (path is not null && !Covers(given, path))
        {
            throw Forbidden($"{path} does not belong to {given.Item} of search {given.SearchId}, for which the lease is.");
        }

        var answer = await manager.AskAsync<LocalMessages.LeaseStands>(new LocalMessages.AskLease(given), cancellation);
        if (!answer.IsOpen)
        {
            throw new ArtifactException(
                ModelCodes.Superseded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Attempt {given.Attempt} of {given.Item} of search {given.SearchId} with fence {given.Fence} is no open lease of it: "
                        + $"it has ended, or was never given. Nothing was changed."));
        }
    }

    // A member of an ensemble and the ensemble read and keep what trials' models say, so they have the search's folder but its spec.
    private static bool Covers(LeaseKey lease, string path) => path == ArtifactPaths.WorkloadBuilds(lease.SearchId)
        || (lease.Item.TrialId is { } trial
            ? IsBelow(ArtifactPaths.Trial(lease.SearchId, trial), path)
            : IsBelow(ArtifactPaths.Search(lease.SearchId), path) && !path.Equals(ArtifactPaths.Spec(lease.SearchId), StringComparison.OrdinalIgnoreCase));

    private static bool IsBelow(string folder, string path) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static SearchServiceException Forbidden(string why) =>
        Problems.New("Not allowed.", StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, why);
}
