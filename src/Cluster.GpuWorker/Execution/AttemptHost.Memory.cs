using SearchCluster.GpuWorker.Execution.Limits;

namespace SearchCluster.GpuWorker.Execution;

/// <content>What it does about memory: ends the trial that is over its limit, or finds it by letting one run alone.</content>
public sealed partial class AttemptHost
{
    private int _isLooking;

    /// <summary>True while one attempt runs alone, because several together held more than they may.</summary>
    private bool IsAlone => _alone is { Phase: AttemptPhase.Running };

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
