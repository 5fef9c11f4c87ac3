using System.Security.Claims;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Hosting;

namespace SearchCluster.Coordinator.Http.Access;

/// <summary>A machine may have its own workers take no more trials, so that it can leave; those of others only who has the token.</summary>
internal static class MemberDrains
{
    /// <summary>Refuses what a member may not drain.</summary>
    /// <param name="who">Behind the request.</param>
    /// <param name="worker">Whose label <see cref="NodeName.Label"/> has to be the name in the member's certificate.</param>
    /// <param name="service">Knows the workers.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SearchServiceException">403: it is the worker of another machine.</exception>
    public static async Task RequireAsync(ClaimsPrincipal who, WorkerId worker, ISearchService service, CancellationToken cancellation)
    {
        if (who.IsInRole(AccessPolicies.Owner))
        {
            return;
        }

        var view = (await service.GetClusterAsync(cancellation)).Workers.FirstOrDefault(view => view.Worker.WorkerId == worker);
        if (view is not null && view.Worker.Labels.FirstOrDefault(label => label.Key == NodeName.Label).Value != who.Identity?.Name)
        {
            throw Problems.New(
                "Not allowed.",
                StatusCodes.Status403Forbidden,
                ProblemCodes.Forbidden,
                $"The certificate of {who.Identity?.Name} lets it drain its own workers, but {worker} is none of them. Send the token of the "
                    + "coordinator, or drain it there.");
        }
    }
}
