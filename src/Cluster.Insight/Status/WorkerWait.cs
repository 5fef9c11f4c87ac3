using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Search.State;

namespace SearchCluster.Insight.Status;

/// <summary>Why the waiting trials of a search do not start, where that is for want of a worker.</summary>
public static class WorkerWait
{
    private const int MostNames = 8;

    /// <summary>Tells whether a search may lack a worker, so that the cluster is worth a look.</summary>
    /// <param name="detail">The search.</param>
    public static bool MayBe(SearchDetail detail) =>
        detail is { Summary: { State: SearchLifecycle.Running, Counts: { Running: 0, Waiting: > 0 } }, Damage: null } || Lacks(detail);

    /// <summary>Looks at the cluster where a search may lack a worker.</summary>
    /// <param name="service">Where the search is.</param>
    /// <param name="detail">The search.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>As of <see cref="Describe"/>.</returns>
    public static async Task<string?> ReadAsync(ISearchService service, SearchDetail detail, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(service);
        return !MayBe(detail)
            ? null
            : Describe(
                detail,
                (await service.GetSpecAsync(detail.SearchId, cancellation)).Spec.Resources,
                await service.GetClusterAsync(cancellation),
                (await service.ListAsync(cancellation)).Searches);
    }

    /// <summary>Says what it waits for.</summary>
    /// <param name="detail">The search.</param>
    /// <param name="resources">What its trials need; null for nothing.</param>
    /// <param name="cluster">The workers.</param>
    /// <param name="searches">All searches of the cluster.</param>
    /// <returns>A sentence with the next step; null where a worker may take its trials.</returns>
    public static string? Describe(
        SearchDetail detail, ResourcesSpec? resources, ClusterView cluster, IReadOnlyCollection<SearchSummary> searches)
    {
        if (!MayBe(detail))
        {
            return null;
        }

        if (Lacks(detail))
        {
            return LackText(detail);
        }

        var search = detail.SearchId;
        var demand = new WorkDemand(1, resources?.Device ?? DeviceRequirement.Auto, resources?.Labels);
        var fitting = cluster.Workers.Where(worker => demand.Fits(worker.Worker)).ToList();
        return cluster.Workers.Count == 0 ? $"No worker is connected, so no trial of {search} starts. Start one: searchcluster worker"
            : fitting.Count == 0
                ? $"No connected worker can run {search}: it needs {Needs(demand)}; there is {Names(cluster.Workers)}. Start a fitting "
                    + "worker, or change resources in the spec of another search."
            : fitting.TrueForAll(worker => worker.Drain is not null)
                ? $"Workers that could run {search} are drained. Undo: searchcluster drain "
                    + $"{string.Join(' ', fitting.Take(MostNames).Select(worker => worker.Worker.WorkerId))} --undo"
            : fitting.TrueForAll(worker => worker.Drain is not null || worker.Held.Count >= worker.Worker.Slots)
                ? Outranked(detail.Summary, searches)
            : null;
    }

    private static bool Lacks(SearchDetail detail) =>
        detail is { Summary.State: SearchLifecycle.Running, LackedBy.Count: > 0, Damage: null };

    // Others may train meanwhile, so this is told while trials run, too.
    private static string LackText(SearchDetail detail)
    {
        var lacks = detail.LackedBy!;
        var names = string.Join(", ", lacks.Take(MostNames).Select(lack => lack.WorkerId.Value));
        return SafeText.Of(
            $"The data of {detail.SearchId} are not on {(lacks.Count == 1 ? "worker" : "workers")} "
                + $"{names}{(lacks.Count > MostNames ? $" and {lacks.Count - MostNames} more" : "")}, "
                + $"{(lacks.Count == 1 ? "which gets" : "which get")} no trial of it for a minute: {lacks[0].Message} "
                + "Send the data to all workers with: searchcluster submit SPEC --upload");
    }

    // Whether these could run where it could is not known here, but that no slot is free is: theirs was the next one each time.
    private static string? Outranked(SearchSummary own, IReadOnlyCollection<SearchSummary> searches)
    {
        List<SearchSummary> before = [.. searches
            .Where(other => other.Priority > own.Priority && other.State is SearchLifecycle.Running or SearchLifecycle.Finishing)
            .Where(other => other.Counts.Running + other.Counts.Waiting > 0)
            .OrderByDescending(other => other.Priority)
            .ThenBy(other => other.SearchId)];
        return before.Count == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{own.SearchId} (priority {own.Priority}) waits: searches of a higher priority take each slot that becomes free ("
                + $"{string.Join(", ", before.Take(MostNames).Select(other => $"{other.SearchId}: {other.Priority}"))}"
                + $"{(before.Count > MostNames ? $" and {before.Count - MostNames} more" : "")}). Let it share with them: "
                + $"searchcluster priority {own.SearchId} {before[0].Priority}");
    }

    /// <summary>What a worker must have.</summary>
    /// <param name="demand">Its device and labels; how many groups wait is no matter.</param>
    /// <returns>A list in words.</returns>
    public static string Needs(WorkDemand demand)
    {
        var needs = new List<string>();
        if (demand.Device != DeviceRequirement.Auto)
        {
            needs.Add($"device {Wording.Words.Of(demand.Device)}");
        }

        needs.AddRange((demand.Labels ?? ValueMap<string>.Empty).Select(label => SafeText.Of($"label {label.Key}={label.Value}")));
        return string.Join(" and ", needs);
    }

    /// <summary>Workers with their devices and labels.</summary>
    /// <param name="workers">The first eight are named.</param>
    /// <returns>A list in words.</returns>
    public static string Names(IReadOnlyCollection<WorkerView> workers) => SafeText.Of(
        string.Join(", ", workers.Take(MostNames).Select(worker => string.Join(
            ", ",
            [
                $"{worker.Worker.WorkerId} ({worker.Worker.Device.Kind}",
                .. worker.Worker.Labels.Select(label => $"{label.Key}={label.Value}"),
            ]) + ")"))
        + (workers.Count > MostNames ? $" and {workers.Count - MostNames} more" : ""));
}
