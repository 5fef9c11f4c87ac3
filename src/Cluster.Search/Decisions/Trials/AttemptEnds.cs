using SearchCluster.Search.Decisions.Attempts;

namespace SearchCluster.Search.Decisions.Trials;

/// <summary>The ways in which an attempt of a trial can end.</summary>
internal static class AttemptEnds
{
    /// <summary>The trial is over.</summary>
    public static void Finish(
        DecisionDraft draft, EndingAttempt attempt, TrialState state, TrialResult? result, TrainingStop? stop, AttemptFailure? failure)
    {
        draft.Add(new SearchEvents.TrialFinished(
            draft.SearchId, attempt.Trial.Id, attempt.Lease.Key.Fence, state, result, stop, failure, draft.At, attempt.Seq));
        draft.End ??= Limits.Target(draft.State, draft.State.Trials[attempt.Trial.Id.Number]);
    }

    /// <summary>The scheduler's pause: the trial waits for promotion; in a search that ends it is over.</summary>
    public static void Pause(DecisionDraft draft, EndingAttempt attempt, int resource, TrialResult? result, TrainingStop? stop)
    {
        if (draft.State.Lifecycle == SearchLifecycle.Finishing)
        {
            Close(draft, attempt, result);
            return;
        }

        End(draft, attempt, AttemptEnd.Paused, resource, new() { Result = result, TrainingStop = stop });
    }

    /// <summary>The attempt failed or was lost: it is tried again where the specification says so, and in any case where it lost its
    /// worker's process together with others.</summary>
    public static void Fail(DecisionDraft draft, EndingAttempt attempt, AttemptFailure failure, WorkerLoss? loss = null)
    {
        var spec = draft.State.Spec;
        if (failure.Kind == TrialFailureKind.Misconfigured)
        {
            Finish(draft, attempt, TrialState.Failed, null, null, failure);
            draft.End ??= new SearchEnd(SearchEndReason.Misconfigured, failure.Message, StopMode.Now);
        }
        else if (failure.Kind == TrialFailureKind.Diverged && !(Rounds.AreKept(spec) && StoppedTrials.Includes(attempt)))
        {
            var isWorst = spec.Objective.OnNonFinite == NonFinitePolicy.Worst;
            Finish(draft, attempt, isWorst
                ? TrialState.Completed
                : TrialState.Failed, isWorst ? Worst(spec.Objective, attempt.Trial) : null, null, failure);
        }
        else if (EndsNow(draft.State))
        {
            Close(draft, attempt, result: null, failure);
        }
        else
        {
            FailInTheCourse(draft, attempt, failure, loss);
        }
    }

    /// <summary>
    /// The attempt was cancelled or given back. A trial that is to stop or to pause does so when its worker has
    /// told what it achieved. In a reproducible search only the worker's own end at the pause's resource level pauses a trial: one that is
    /// cancelled there might have been complete.
    /// </summary>
    public static void Halt(
        DecisionDraft draft, EndingAttempt attempt, int resource, TrialResult? result, AttemptFailure? failure = null)
    {
        var isStopped = StoppedTrials.Includes(attempt);
        if (EndsNow(draft.State) || (isStopped && StoppedTrials.IsAnswered(draft.State.Spec, attempt, result)))
        {
            Close(draft, attempt, result, failure);
        }
        else if (attempt.Lease.Decision is { Action: SchedulingAction.Pause }
            && !Rounds.AreKept(draft.State.Spec)
            && (result is not null || attempt.Seq > 0))
        {
            Pause(draft, attempt, resource, Recorded(draft, attempt, result), stop: null);
        }
        else
        {
            var end = draft.State.Lifecycle == SearchLifecycle.Paused && attempt.Seq > 0 ? AttemptEnd.SearchPaused : AttemptEnd.Released;
            End(
                draft, attempt, end, resource, new() { Failure = failure, Result = isStopped ? null : Recorded(draft, attempt, result) });
        }
    }

    private static void FailInTheCourse(DecisionDraft draft, EndingAttempt attempt, AttemptFailure failure, WorkerLoss? loss)
    {
        var (lease, trial) = (attempt.Lease, attempt.Trial);
        switch (Retries.Judge(draft.State.Spec, lease.Key.Item, trial.FailedAttempts, failure, loss))
        {
            case FailureVerdict.GiveBack:
                AttemptEvents.GiveBack(draft, lease, attempt.Seq, failure, trial.Resource);
                break;
            case FailureVerdict.TryAgain when loss is { IsAlone: false }:
                Lose(draft, attempt, failure, loss);
                break;
            case FailureVerdict.TryAgain:
            case FailureVerdict.GiveUp when StoppedTrials.Includes(attempt)
                && StoppedTrials.MayTryAgain(draft.State.Spec, attempt, failure):
                AttemptEvents.TryAgain(draft, lease, attempt.Seq, failure, loss, trial.Resource);
                break;
            default:
                GiveUp(draft, attempt, GivenUp(draft, attempt, failure, loss));
                break;
        }
    }

    private static void GiveUp(DecisionDraft draft, EndingAttempt attempt, AttemptFailure failure)
    {
        if (StoppedTrials.Includes(attempt))
        {
            Close(draft, attempt, result: null, failure);
        }
        else
        {
            Finish(draft, attempt, TrialState.Failed, null, null, failure);
        }

        draft.End ??= Rounds.EndByChance(draft.State, attempt.Trial, failure);
    }

    /// <summary>The trial ends with what it has.</summary>
    private static void Close(DecisionDraft draft, EndingAttempt attempt, TrialResult? result, AttemptFailure? failure = null)
    {
        var soFar = TrialResults.SoFar(draft.State.Spec, attempt.Trial, result);
        LostModels.Tell(draft, attempt.Trial, soFar, reported: result);
        var isStopped = soFar is not null || StoppedTrials.Includes(attempt);

        // What hangs, or is over its limit, is so whether the search ends or not; what fails because it is cancelled is not.
        var isFailed = failure?.Kind is TrialFailureKind.Timeout or TrialFailureKind.MemoryLimit;
        Finish(
            draft,
            attempt,
            isStopped ? TrialState.StoppedEarly : isFailed ? TrialState.Failed : TrialState.Skipped,
            soFar,
            null,
            failure);
    }

    private static void Lose(DecisionDraft draft, EndingAttempt attempt, AttemptFailure failure, WorkerLoss loss)
    {
        AttemptEvents.TryAgain(draft, attempt.Lease, attempt.Seq, failure, loss, attempt.Trial.Resource);
        if (!attempt.Trial.RunsAlone && draft.State.Trials[attempt.Trial.Id.Number].RunsAlone)
        {
            draft.Add(new SearchEvents.WarningReported(
                draft.SearchId, WorkItem.Trial(attempt.Trial.Id), Fence: 0, Seq: 0, WorkWarning.Of(LostWorkers.Warning), draft.At));
        }
    }

    private static AttemptFailure GivenUp(
        DecisionDraft draft, EndingAttempt attempt, AttemptFailure failure, WorkerLoss? loss) => loss is null
        ? failure
        : LostWorkers.GivenUp(attempt.Trial.Id.ToString(), draft, attempt.Trial.Losses, loss, failure);

    private static void End(DecisionDraft draft, EndingAttempt attempt, AttemptEnd end, int resource, AttemptEndDetail more) =>
        AttemptEvents.End(draft, attempt.Lease, attempt.Seq, end, resource, more);

    private static TrialResult? Recorded(DecisionDraft draft, EndingAttempt attempt, TrialResult? result) =>
        result is null ? null : TrialResults.Recorded(draft.State.Spec, attempt.Trial, result);

    /// <summary>The search stops now: no attempt starts any more.</summary>
    private static bool EndsNow(SearchState state) => state is { Lifecycle: SearchLifecycle.Finishing, End.Mode: StopMode.Now };

    // The value that it was given up with, where it was measured.
    private static TrialResult Worst(ObjectiveSpec objective, TrialRecord trial) =>
        new(trial.Curve.Count > 0 && trial.Curve[^1].Metrics.TryGetValue(objective.Metric, out var last) && !double.IsFinite(last)
            ? last
            : double.NaN, trial.Resource, trial.Resource, trial.Curve.Count == 0
            ? ValueMap<double>.Empty
            : trial.Curve[^1].Metrics, trial.Curve.Count == 0 ? TimeSpan.Zero : trial.Curve[^1].Elapsed, HasModel: false);
}
