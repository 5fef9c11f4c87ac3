using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>Runs one attempt on the calling thread, with its span and its duration, and turns what the executor throws into an outcome.</summary>
internal sealed class AttemptRunner(IWorkExecutor executor, WorkerDescription worker, TimeProvider clock, ILogger logger)
{
    private const int MaximumDetailCharacters = 16 * 1024;

    /// <summary>Runs the executor; the attempt's trace context is that of its own span from here on.</summary>
    public WorkOutcome Run(SlotWork work, Action<Measurement> report, Action<string> warn)
    {
        var (assignment, attempt) = work;
        var span = StartSpan(assignment);
        attempt.TraceParent = span?.Id ?? attempt.TraceParent;

        // Ambient on this dedicated thread, so that spans and log records of the executor belong to the attempt.
        Activity.Current = span;
        var started = clock.GetTimestamp();
        Log.AttemptStarted(logger, attempt.Lease);
        var outcome = Guarded(attempt, assignment, new AttemptRun(report, attempt.TraceParent, warn, attempt.Cancellation));
        Finish(span, attempt.Lease, outcome, clock.GetElapsedTime(started));
        Activity.Current = null;
        return outcome;
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

    private static string Describe(WorkOutcome outcome) => outcome switch
    {
        AttemptFailed => "failed",
        AttemptHalted => "halted",
        _ => "completed",
    };

    private static string? Cut(string? text) => text?.Length > MaximumDetailCharacters ? text[..MaximumDetailCharacters] : text;

    private WorkOutcome Guarded(Attempt attempt, WorkAssignment assignment, AttemptRun run)
    {
        try
        {
            return executor.Run(assignment, run);
        }
        catch (OperationCanceledException) when (attempt.Cancellation.IsCancellationRequested)
        {
            return new AttemptHalted(attempt.KnownResource, null);
        }
        catch (OutOfMemoryException failure)
        {
            return Failed(attempt, TrialFailureKind.OutOfMemory, failure);
        }
#pragma warning disable CA1031 // This is the thread boundary of an attempt: whatever a workload throws costs this attempt only.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Failed(attempt, TrialFailureKind.WorkloadError, failure);
        }
    }

    private AttemptFailed Failed(Attempt attempt, TrialFailureKind kind, Exception failure)
    {
        Log.ExecutorThrew(logger, failure, attempt.Lease);
        return new(new(kind, $"{failure.GetType().Name}: {Cut(failure.Message)}", Cut(failure.ToString())));
    }

    private void Finish(Activity? span, LeaseKey lease, WorkOutcome outcome, TimeSpan elapsed)
    {
        var word = Describe(outcome);
        Log.AttemptEnded(logger, lease, word);
        SearchClusterMetrics.AttemptDuration.Record(
            elapsed.TotalSeconds,
            new KeyValuePair<string, object?>(SearchClusterMetrics.WorkerTag, worker.WorkerId.Value),
            new KeyValuePair<string, object?>(SearchClusterMetrics.OutcomeTag, word));
        span?.SetTag("searchcluster.outcome", word);
        if (outcome is AttemptFailed failed)
        {
            span?.SetStatus(ActivityStatusCode.Error, failed.Failure.Message);
        }

        span?.Dispose();
    }
}
