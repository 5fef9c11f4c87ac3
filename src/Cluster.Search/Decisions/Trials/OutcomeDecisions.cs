using SearchCluster.Search.Decisions.Attempts;
using SearchCluster.Search.Decisions.Ensembles;

namespace SearchCluster.Search.Decisions.Trials;

/// <summary>Decides about the reported ends of attempts.</summary>
internal static class OutcomeDecisions
{
    public static Func<SearchState, IWithSearchId?> Report(DecisionDraft draft, SearchCommands.ReportOutcome command)
    {
        if (ReportChecks.Refuse(draft.State, command.Lease, command.Seq) is { } refusal)
        {
            return Replies.Of(refusal);
        }

        if (command.Lease.Item.TrialId is { } id)
        {
            Decide(
                draft,
                new EndingAttempt(draft.State.Leases[command.Lease.Fence], draft.State.Trials[id.Number], command.Seq),
                command.Outcome);
        }
        else
        {
            WholeWork.Of(command.Lease.Item).Report(draft, draft.State.Leases[command.Lease.Fence], command.Seq, command.Outcome);
        }

        return Replies.Of(new WorkerProtocol.ReportAccepted(command.Lease, command.Seq));
    }

    private static void Decide(DecisionDraft draft, EndingAttempt attempt, WorkOutcome outcome)
    {
        switch (outcome)
        {
            case AttemptCompleted { Result.Data: var data } when OtherData.Find(draft.State, data) is { } other:
                AttemptEnds.Fail(draft, attempt, other);
                break;
            case AttemptCompleted completed when IsStopped(draft.State, attempt, completed):
                AttemptEnds.Halt(draft, attempt, attempt.Trial.Resource, completed.Result);
                break;
            case AttemptCompleted completed:
                Complete(draft, attempt, completed);
                break;
            case AttemptFailed failed:
                AttemptEnds.Fail(draft, attempt, failed.Failure);
                break;
            case AttemptHalted halted:
                AttemptEnds.Halt(draft, attempt, halted.Resource, halted.Result, halted.Failure);
                break;
            default:
                AttemptEnds.Fail(draft, attempt, OutcomeMismatch.Of(outcome, "a trial", nameof(AttemptCompleted)));
                break;
        }
    }

    // In a reproducible search, how far a worker came before it heard of the stop is chance, also when that was the end.
    private static bool IsStopped(SearchState state, EndingAttempt attempt, AttemptCompleted completed) =>
        StoppedTrials.Includes(attempt) && (Rounds.AreKept(state.Spec) || completed.StopReason == TrainingStop.ResourceLimit);

    private static void Complete(DecisionDraft draft, EndingAttempt attempt, AttemptCompleted completed)
    {
        var spec = draft.State.Spec;
        if (TrialResults.Lacking(spec, attempt.Trial, completed.Result) is { } lacking)
        {
            AttemptEnds.Fail(draft, attempt, new(TrialFailureKind.WorkloadError, lacking));
            return;
        }

        var result = TrialResults.Recorded(spec, attempt.Trial, completed.Result);
        if (completed.StopReason == TrainingStop.ResourceLimit)
        {
            AttemptEnds.Pause(draft, attempt, result.LastResource, result, completed.StopReason);
        }
        else if (!double.IsFinite(result.Objective) && spec.Objective.OnNonFinite == NonFinitePolicy.FailTrial)
        {
            var failure = new AttemptFailure(
                TrialFailureKind.Diverged,
                $"{spec.Objective.Metric} is not finite at the end of the trial; narrow the space or set onNonFinite: worst.");
            AttemptEnds.Finish(draft, attempt, TrialState.Failed, result, completed.StopReason, failure);
        }
        else
        {
            AttemptEnds.Finish(draft, attempt, TrialState.Completed, result, completed.StopReason, failure: null);
        }
    }
}

/// <summary>An attempt that ends.</summary>
internal sealed record EndingAttempt(LeaseRecord Lease, TrialRecord Trial, long Seq);
