using SearchCluster.GpuWorker.Execution.Limits;
using SearchCluster.GpuWorker.Logging;

namespace SearchCluster.GpuWorker.Execution;

/// <content>What it does about memory: ends the trial that is over its limit, or finds it by letting one run alone; and what else runs
/// alone.</content>
public sealed partial class AttemptHost
{
    private int _isLooking;

    /// <summary>True while one attempt runs alone, because several together held more than they may, or its lease says so.</summary>
    private bool IsAlone => _alone is { Phase: AttemptPhase.Running } || _exclusive is { Phase: not AttemptPhase.Ended };

    /// <summary>What was leased to run alone does so until it got further than it ever was, and the coordinator has that.</summary>
    private void ShareWhenFurther(Attempt attempt, long acknowledged)
    {
        if (attempt == _exclusive
            && attempt.Reports.Pending.Any(
                report => report.Seq <= acknowledged && report.Measurement?.Resource > attempt.KnownResource))
        {
            _exclusive = null;
        }
    }

    // A look may take longer than the time between two.
    private void Look()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) == 1)
        {
            return;
        }

        try
        {
            GiveUpHung();
            LookAtMemory();
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private void Opened(Attempt attempt) => _memory.Opened(attempt, Running());

    private void Begun(Attempt attempt)
    {
        foreach (var warning in _memory.Begun(attempt, Running()))
        {
            Warn(attempt, warning);
        }
    }

    private void LookAtMemory()
    {
        switch (_memory.Look(Running()))
        {
            case MemoryVerdict.Over over:
                EndOver(over);
                break;
            case MemoryVerdict.Crowded crowded:
                LetRunAlone(crowded);
                break;
            case MemoryVerdict.Mixed mixed:
                Warn(mixed.Attempt, mixed.Warning);
                break;
        }
    }

    private Attempt[] Running()
    {
        lock (_gate)
        {
            return _isStopping ? [] : [.. _attempts.Values.Where(attempt => attempt.Phase == AttemptPhase.Running)];
        }
    }

    private void EndOver(MemoryVerdict.Over over)
    {
        lock (_gate)
        {
            if (over.Attempt.Phase != AttemptPhase.Running)
            {
                return;
            }

            over.Attempt.Fail(over.Failure);
        }

        Log.AttemptOverMemory(_logger, over.Attempt.Lease, over.Failure.Message);
        over.Attempt.Programs.End();
        over.Attempt.SignalCancellation();
    }

    private void LetRunAlone(MemoryVerdict.Crowded crowded)
    {
        LeaseKey[] others;
        lock (_gate)
        {
            if (crowded.Kept.Phase != AttemptPhase.Running)
            {
                return;
            }

            _alone = crowded.Kept;
            others = [.. _attempts.Values
                .Where(attempt => attempt.Phase != AttemptPhase.Ended && attempt.Group != crowded.Kept.Group)
                .Select(attempt => attempt.Lease)];
        }

        Warn(crowded.Kept, crowded.Warning);
        foreach (var lease in others)
        {
            Cancel(lease, CancelCause.Room);
        }
    }
}
