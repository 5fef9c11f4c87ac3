using SearchCluster.Cli.Failures;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Status;
using SearchCluster.Search.State;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary>Refuses a search that no worker of the cluster could ever run, before it is submitted and waits for ever.</summary>
internal static class WorkerFit
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WorkerStart = TimeSpan.FromSeconds(30);

    /// <summary>Looks at the workers that are there; a cluster without any is no reason to refuse, since they may still come.</summary>
    public static async Task RequireAsync(ISearchService service, SearchSpec spec, CancellationToken cancellation)
    {
        if (HasNeeds(spec))
        {
            Require(await service.GetClusterAsync(cancellation), spec);
        }
    }

    /// <summary>The same where this process brings the worker, which says hello a moment after the coordinator is ready.</summary>
    public static async Task RequireHostedAsync(ISearchService service, SearchSpec spec, TimeProvider clock, CancellationToken cancellation)
    {
        if (!HasNeeds(spec))
        {
            return;
        }

        var started = clock.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, clock);
        var cluster = await service.GetClusterAsync(cancellation);
        while (cluster.Workers.Count == 0 && clock.GetElapsedTime(started) < WorkerStart && await timer.WaitForNextTickAsync(cancellation))
        {
            cluster = await service.GetClusterAsync(cancellation);
        }

        Require(cluster, spec);
    }

    private static bool HasNeeds(SearchSpec spec) => spec.Resources is { Device: not DeviceRequirement.Auto } or { Labels.Count: > 0 };

    private static void Require(ClusterView cluster, SearchSpec spec)
    {
        var demand = new WorkDemand(1, spec.Resources!.Device, spec.Resources.Labels);
        if (cluster.Workers.Count == 0 || cluster.Workers.Any(worker => demand.Fits(worker.Worker)))
        {
            return;
        }

        throw new CliException(
            ExitCodes.NoSuitableWorker,
            SafeText.Of($"No worker can run search {spec.Name}: it needs {WorkerWait.Needs(demand)}; there is "
                + $"{WorkerWait.Names(cluster.Workers)}."),
            "change resources in the spec, start a fitting worker, or give it to a coordinator to wait: searchcluster submit SPEC "
                + "--wait-for-workers",
            CommandCodes.NoSuitableWorker);
    }
}
