using SearchCluster.Contracts.Telemetry;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.GpuWorker.Outbox;

namespace SearchCluster.GpuWorker.Execution;

/// <content>What its slots do: run attempts, take their reports, and give up those that hang.</content>
public sealed partial class AttemptHost
{
    private HostedGroup Open(IReadOnlyList<SlotWork> group) =>
        new([.. group.Select(work => new HostedWork(work, this, _surroundings))]);

    bool IAttemptSink.TryBegin(Attempt attempt) => TryBegin(attempt);

    void IAttemptSink.Report(Attempt attempt, Measurement measurement) => Report(attempt, measurement);

    void IAttemptSink.Warn(Attempt attempt, string text) => Warn(attempt, text);

    void IAttemptSink.Leave(Attempt attempt) => Publish(attempt, null);

    void IAttemptSink.End(Attempt attempt, WorkOutcome? outcome)
    {
        var stored = TryEnd(attempt, outcome);
        if (stored is not null)
        {
            _outbox.Append(stored);
        }

        Publish(attempt, stored);
    }

    private bool TryBegin(Attempt attempt)
    {
        lock (_gate)
        {
            if (attempt.IsForgotten || attempt.Phase != AttemptPhase.Queued)
            {
                return false;
            }

            attempt.Phase = AttemptPhase.Running;
        }

        Opened(attempt);
        return true;
    }

    private void Report(Attempt attempt, Measurement measurement)
    {
        lock (_gate)
        {
            if (attempt.IsForgotten || attempt.Phase != AttemptPhase.Running)
            {
                Log.LateMeasurement(_logger, attempt.Lease);
                return;
            }

            attempt.Pulse.Beat();
            attempt.Reports.Add(measurement, attempt.TraceParent);
            attempt.Decision.Begin();
        }

        _changed.Raise();
        attempt.Decision.Wait(attempt.Cancellation);
    }

    private void Warn(Attempt attempt, string text)
    {
        lock (_gate)
        {
            if (attempt.IsForgotten || attempt.Phase != AttemptPhase.Running || attempt.Warnings.Admit(text) is not { } warning)
            {
                return;
            }

            attempt.Reports.Add(warning, attempt.TraceParent);
            if (_logged.IsNew(attempt.Lease.SearchId, warning))
            {
                Log.AttemptWarned(_logger, attempt.Lease, warning.Code is { } code ? $"{code} {warning.Text}" : warning.Text);
            }
        }

        _changed.Raise();
    }

    /// <summary>Decides what an executor's answer means: an outcome to report, a lease to give back (null, or
    /// halted by the shutdown), or nothing.</summary>
    private StoredOutcome? TryEnd(Attempt attempt, WorkOutcome? outcome)
    {
        lock (_gate)
        {
            if (attempt.Phase == AttemptPhase.Ended)
            {
                // It was given up as hung and came back after all.
                _hungSlots -= attempt.Group!.ComeBack() ? 1 : 0;
                return null;
            }

            attempt.Phase = AttemptPhase.Ended;
            if (attempt.IsForgotten)
            {
                Remove(attempt);
                return null;
            }

            if (attempt.IsGivenBack && outcome is AttemptHalted halted)
            {
                KeepForSuccessor(attempt, halted);
                Release(attempt, halted.Resource);
                return null;
            }

            if (outcome is null)
            {
                // Somebody else has it. Should the coordinator not know that, which a journal put back from a
                // copy can bring about, it leases it anew.
                Release(attempt, attempt.KnownResource);
                return null;
            }

            return attempt.Reports.PrepareEnd(outcome, attempt.TraceParent);
        }
    }

    // The coordinator may be gone before it has written this, with all processes of the machine: so the next process of this worker tells
    // it again, and nobody is charged for a death. It answers what it knows already as stale.
    private void KeepForSuccessor(Attempt attempt, AttemptHalted halted)
    {
        if (_isStopping)
        {
            _outbox.Append(attempt.Reports.PrepareEnd(halted, attempt.TraceParent));
        }
    }

    private void Release(Attempt attempt, int resource)
    {
        _released.Add(new(attempt.Lease, resource));
        Remove(attempt);
    }

    private void Publish(Attempt attempt, StoredOutcome? stored)
    {
        lock (_gate)
        {
            if (stored is not null && !attempt.IsForgotten)
            {
                attempt.Reports.End(stored.Outcome);
            }
            else if (stored is not null)
            {
                // Forgotten while it was being written down.
                _outbox.Acknowledge(attempt.Lease);
            }

            // With the last of its group the slot is free: its thread comes back in a moment.
            _busySlots -= attempt.Group!.Leave() ? 1 : 0;
            CompleteWhenStopped();
        }

        RecordBusySlots();
        _changed.Raise();
    }

    /// <summary>Ends attempts that hang without their threads, which are left to the end of the process; their
    /// outcomes go out before it.</summary>
    private void GiveUpHung()
    {
        // Mostly such a workload waits for a program of its own, and comes back when that has ended.
        foreach (var waiting in Running().Where(attempt => _watch.Hangs(attempt.Pulse) && attempt.Programs.End()))
        {
            Log.ProgramsEnded(_logger, waiting.Lease);
            waiting.Pulse.Beat();
        }

        (Attempt Attempt, string Reason)[] hung;
        lock (_gate)
        {
            hung = _isStopping
                ? []
                : [.. _attempts.Values
                    .Where(attempt => attempt.Phase == AttemptPhase.Running && _watch.Hangs(attempt.Pulse))
                    .Select(attempt => (attempt, _watch.Describe(attempt)))];
            foreach (var (attempt, _) in hung)
            {
                attempt.Phase = AttemptPhase.Ended;
                _hungSlots += attempt.Group!.Hang() ? 1 : 0;
            }
        }

        foreach (var (attempt, reason) in hung)
        {
            Log.AttemptHangs(_logger, attempt.Lease, reason);
            EndHung(attempt, reason);
            _watch.Report($"{attempt.Lease.Item} of search {attempt.Lease.SearchId}: {reason}");
        }
    }

    private void EndHung(Attempt attempt, string reason)
    {
        lock (_gate)
        {
            if (attempt.IsForgotten)
            {
                Remove(attempt);
                return;
            }

            if (attempt.Warnings.Admit(_watch.Warning) is { } warning)
            {
                attempt.Reports.Add(warning, attempt.TraceParent);
            }

            var stored = attempt.Reports.PrepareEnd(HangWatch.OutcomeOf(attempt, reason), attempt.TraceParent);
            _outbox.Append(stored);
            attempt.Reports.End(stored.Outcome);
        }

        _changed.Raise();
    }

    private void RecordBusySlots()
    {
        int busy;
        lock (_gate)
        {
            busy = _busySlots;
        }

        SearchClusterMetrics.SlotsBusy.Record(
            busy, new KeyValuePair<string, object?>(SearchClusterMetrics.WorkerTag, Worker.WorkerId.Value));
    }

    private Attempt NewAttempt(WorkAssignment assignment)
    {
        var attempt = new Attempt(assignment, _watch.Clock);
        attempt.Pulse.Begun = () => Begun(attempt);
        return attempt;
    }

    private bool IsKnown(LeaseKey lease) => _attempts.ContainsKey(lease) || _recent.Contains(lease);
}
