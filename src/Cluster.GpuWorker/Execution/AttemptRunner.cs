using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>Runs one attempt on the calling thread, with its span and its duration, and turns what the executor throws into an outcome.</summary>
internal sealed class AttemptRunner(IWorkExecutor executor, IArtifactStore artifacts, WorkerDescription worker, TimeProvider clock, ILogger logger)
{
    /// <summary>Runs the executor; the attempt's trace context is that of its own span from here on.</summary>
    /// <returns>How it ended; null when a later attempt has taken over, so that nothing of this one counts.</returns>
    public WorkOutcome? Run(SlotWork work, Action<Measurement> report, Action<string> warn)
    {
        var (assignment, attempt) = work;
        var span = StartSpan(assignment);
        attempt.TraceParent = span?.Id ?? attempt.TraceParent;

        // Ambient on this dedicated thread, so that spans and log records of the executor belong to the attempt.
        Activity.Current = span;
        var started = clock.GetTimestamp();
        Log.AttemptStarted(logger, attempt.Lease);
        var reports = new CheckedReports(report);
        var own = new StoredArtifacts(artifacts, attempt.Lease);
        var context = new WorkContext(own, reports.Report, clock, attempt.Cancellation, attempt.TraceParent, warn, attempt.Pulse, worker.WorkerId);
        var outcome = reports.Judge(Guarded(attempt, assignment, context, own), assignment, attempt.Cancellation.IsCancellationRequested);
        Finish(span, attempt.Lease, own.IsSuperseded ? null : outcome, clock.GetElapsedTime(started));
        Activity.Current = null;
        return own.IsSuperseded ? null : outcome;
    }

    private Activity? StartSpan(WorkAssignment assignment)
    {
        var span = SearchClusterTelemetry.StartSpan(SpanNames.Attempt, assignment.TraceParent, ActivityKind.Consumer);
        span?.SetTag("searchcluster.search", assignment.Lease.SearchId.Value);
        span?.SetTag("searchcluster.item", assignment.Lease.Item.ToString());
        span?.SetTag("searchcluster.attempt", assignment.Lease.Attempt);
        span?.SetTag("searchcluster.worker", worker.WorkerId.Value);
        span?.SetTag("searchcluster.device", worker.Device.Kind);
        return span;
    }

    private static string Describe(WorkOutcome? outcome) => outcome switch
    {
        null => "superseded",
        AttemptFailed => "failed",
        AttemptHalted => "halted",
        _ => "completed",
    };

    private WorkOutcome? Guarded(Attempt attempt, WorkAssignment assignment, WorkContext context, StoredArtifacts own)
    {
        try
        {
            own.Begin();
            return executor.Run(assignment, context);
        }
        catch (OperationCanceledException) when (attempt.Cancellation.IsCancellationRequested)
        {
            return new AttemptHalted(attempt.KnownResource, null);
        }
#pragma warning disable CA1031 // This is the thread boundary of an attempt: whatever a workload throws costs this attempt only.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return FailureClassifier.Classify(failure);
        }
    }

    private void Finish(Activity? span, LeaseKey lease, WorkOutcome? outcome, TimeSpan elapsed)
    {
        var word = Describe(outcome);
        if (outcome is AttemptFailed { Failure: var failure })
        {
            Log.AttemptFailed(logger, lease, failure.Message, failure.Detail);
            span?.AddException(failure);
        }
        else
        {
            Log.AttemptEnded(logger, lease, word);
        }

        SearchClusterMetrics.AttemptDuration.Record(
            elapsed.TotalSeconds,
            new KeyValuePair<string, object?>(SearchClusterMetrics.WorkerTag, worker.WorkerId.Value),
            new KeyValuePair<string, object?>(SearchClusterMetrics.OutcomeTag, word));
        span?.SetTag("searchcluster.outcome", word).Dispose();
    }
}
