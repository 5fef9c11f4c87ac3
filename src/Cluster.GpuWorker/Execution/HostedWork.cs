using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.GpuWorker.Execution.Reports;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>One attempt of the host as its executor sees it: with its span, its duration, and reports that are checked.</summary>
/// <param name="work">The attempt.</param>
/// <param name="host">Takes what it brings.</param>
/// <param name="surroundings">What all attempts of the host have in common.</param>
internal sealed class HostedWork(SlotWork work, IAttemptSink host, HostSurroundings surroundings) : ILeasedWork
{
    private readonly CheckedReports _reports = new(measurement => host.Report(work.Attempt, measurement));
    private readonly StoredArtifacts _artifacts = new(
        surroundings.Artifacts,
        work.Attempt.Lease,
        () => work.Attempt.Cancellation.IsCancellationRequested || work.Attempt.Pulse.IsOverdue,
        surroundings.Clock);
    private Activity? _span;
    private long _started;
    private Phase _phase;

    private enum Phase
    {
        Waits,
        Runs,
        IsOver,
    }

    public WorkAssignment Assignment => work.Assignment;

    private Attempt Attempt => work.Attempt;

    public WorkContext? Begin()
    {
        Move(Phase.Waits, Phase.Runs);
        if (!host.TryBegin(Attempt))
        {
            _phase = Phase.IsOver;
            host.Leave(Attempt);
            return null;
        }

        _span = StartSpan();
        Attempt.TraceParent = _span?.Id ?? Attempt.TraceParent;

        // Ambient on this dedicated thread, so that spans and log records of the executor belong to the attempt.
        Activity.Current = _span;
        _started = surroundings.Clock.GetTimestamp();
        Log.AttemptStarted(surroundings.Logger, Attempt.Lease);
        return TryTakeOver() ? Context() : null;
    }

    private WorkContext Context() => new(
            _artifacts,
            _reports.Report,
            surroundings.Clock,
            Attempt.Cancellation,
            Attempt.TraceParent,
            text => host.Warn(Attempt, text),
            Attempt.Pulse,
            surroundings.Worker.WorkerId,
            Attempt.Programs);

    /// <summary>From here on no earlier attempt writes.</summary>
    private bool TryTakeOver()
    {
        try
        {
            _artifacts.Begin();
            return true;
        }
#pragma warning disable CA1031 // Whatever the store meets is this attempt's end, as it is later.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            End(AttemptLife.OutcomeOf(failure, Assignment, Attempt.Cancellation.IsCancellationRequested));
            return false;
        }
    }

    public void End(WorkOutcome? outcome)
    {
        Move(Phase.Runs, Phase.IsOver);
        Attempt.Programs.End();
        var judged = _artifacts.IsSuperseded ? null
            : Attempt.Overrun is { } overrun ? new AttemptFailed(overrun)
            : _reports.Judge(outcome, Assignment, Attempt.Cancellation.IsCancellationRequested);
        Finish(judged);
        Activity.Current = null;
        host.End(Attempt, judged);
    }

    /// <summary>Ends what the executor left open.</summary>
    /// <param name="failure">What it threw; null when it came back without an outcome.</param>
    public void Close(Exception? failure)
    {
        if (_phase == Phase.Waits)
        {
            Begin();
        }

        if (_phase == Phase.Runs)
        {
            End(failure is null ? null : AttemptLife.OutcomeOf(failure, Assignment, Attempt.Cancellation.IsCancellationRequested));
        }
    }

    private void Move(Phase from, Phase to) =>
        _phase = _phase == from
            ? to
            : throw new InvalidOperationException(
                $"The executor used {Attempt.Lease} out of turn: it is begun once, and ended once after that.");

    private Activity? StartSpan()
    {
        var span = SearchClusterTelemetry.StartSpan(SpanNames.Attempt, Assignment.TraceParent, ActivityKind.Consumer);
        span?.SetTag("searchcluster.search", Assignment.Lease.SearchId.Value);
        span?.SetTag("searchcluster.item", Assignment.Lease.Item.ToString());
        span?.SetTag("searchcluster.attempt", Assignment.Lease.Attempt);
        span?.SetTag("searchcluster.worker", surroundings.Worker.WorkerId.Value);
        span?.SetTag("searchcluster.device", surroundings.Worker.Device.Kind);
        return span;
    }

    private void Finish(WorkOutcome? outcome)
    {
        var word = outcome switch { null => "superseded", AttemptFailed => "failed", AttemptHalted => "halted", _ => "completed" };
        if (outcome is AttemptFailed { Failure: var failure })
        {
            Log.AttemptFailed(surroundings.Logger, Attempt.Lease, failure.Message, failure.Detail);
            _span?.AddException(failure);
        }
        else
        {
            Log.AttemptEnded(surroundings.Logger, Attempt.Lease, word);
        }

        SearchClusterMetrics.AttemptDuration.Record(
            surroundings.Clock.GetElapsedTime(_started).TotalSeconds,
            new KeyValuePair<string, object?>(SearchClusterMetrics.WorkerTag, surroundings.Worker.WorkerId.Value),
            new KeyValuePair<string, object?>(SearchClusterMetrics.OutcomeTag, word));
        _span?.SetTag("searchcluster.outcome", word).Dispose();
    }
}

/// <summary>What all attempts of a host have in common.</summary>
/// <param name="Worker">Its name, process, device, slots, labels and version.</param>
/// <param name="Artifacts">Where checkpoints and models lie.</param>
/// <param name="Clock">Time.</param>
/// <param name="Logger">The log.</param>
internal sealed record HostSurroundings(WorkerDescription Worker, IArtifactStore Artifacts, TimeProvider Clock, ILogger Logger);
