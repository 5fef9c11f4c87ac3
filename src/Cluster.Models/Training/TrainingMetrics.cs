using System.Diagnostics;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Models.Attempts;

namespace SearchCluster.Models.Training;

/// <summary>Measures training; a recording costs next to nothing while nobody listens.</summary>
internal static class TrainingMetrics
{
    public static void Epoch(WorkContext context, string workload, TimeSpan elapsed)
    {
        var tags = Tags(context);
        tags.Add(SearchClusterMetrics.WorkloadTag, workload);
        SearchClusterMetrics.EpochDuration.Record(elapsed.TotalSeconds, tags);
    }

    public static void Checkpoint(WorkContext context, TimeSpan elapsed) =>
        SearchClusterMetrics.CheckpointDuration.Record(elapsed.TotalSeconds, Tags(context));

    private static TagList Tags(WorkContext context) =>
        context.Worker is { } worker ? new() { { SearchClusterMetrics.WorkerTag, worker.Value } } : default;
}
