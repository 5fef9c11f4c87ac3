using SearchCluster.Search.Scheduling;

namespace SearchCluster.Search.Decisions.Trials;

/// <summary>Decides what a worker gets: trials to try again first, then what the scheduler says, at last the
/// members of the ensemble and the ensemble.</summary>
internal static class LeaseDecisions
{
    public static Func<SearchState, IWithSearchId?> Lease(DecisionDraft draft, SearchCommands.LeaseWork command)
    {
        // A limit that passed since the last command comes first: no work starts after it.
        Ending.Settle(draft);
        var groups = ImmutableArray.CreateBuilder<AssignmentGroup>();
        if (draft.State.WorkDemand(draft.At).Fits(command.Worker))
        {
            while (groups.Count < command.Slots && LeaseNext(draft, command.Worker) is { } assignment)
            {
                groups.Add(new AssignmentGroup([assignment]));
            }
        }

        return Replies.Of(new SearchReplies.WorkLeased(draft.SearchId, new ValueArray<AssignmentGroup>(groups.DrainToImmutable())));
    }

    private static WorkAssignment? LeaseNext(DecisionDraft draft, WorkerDescription worker)
    {
        var state = draft.State;
        if (EnsembleRules.IsLeasable(state, draft.At))
        {
            return LeaseEnsemble(draft, worker);
        }

        if (state.FreeMemberPlaces > 0 && EnsembleRules.LeasableMembers(state, draft.At).Cast<int?>().FirstOrDefault() is { } member)
        {
            return LeaseMember(draft, worker, member);
        }

        if (state.FreePlaces == 0 || state.Lifecycle is not (SearchLifecycle.Running or SearchLifecycle.Finishing))
        {
            return null;
        }

        if (state.Waiting.NextAgain(draft.At) is { } again)
        {
            return LeaseTrial(draft, worker, again, StoppedTrials.LastLevel(state.Trials[again]));
        }

        return state.Lifecycle == SearchLifecycle.Running && (state.Waiting.New.Count > 0 || state.Paused.Count > 0)
            ? LeaseByScheduler(draft, worker)
            : null;
    }

    private static TrialAssignment? LeaseByScheduler(DecisionDraft draft, WorkerDescription worker)
    {
        var waiting = draft.State.Waiting.New;
        if (waiting.Count == 0 && Rounds.AreKept(draft.State.Spec))
        {
            // It promotes all at once when nothing runs.
            return null;
        }

        switch (draft.Context.Scheduler.Next(SearchView.Of(draft.State)))
        {
            case PromoteTrial promote:
                Promotions.Promote(draft, promote);
                return LeaseTrial(draft, worker, promote.Trial.Number, untilResource: null);
            case StartNewTrial start when waiting.Count > 0:
                return LeaseTrial(draft, worker, waiting[0], start.UntilResource);
            default:
                return null;
        }
    }

    private static TrialAssignment LeaseTrial(DecisionDraft draft, WorkerDescription worker, int number, int? untilResource)
    {
        var trial = draft.State.Trials[number];
        var key = Start(draft, worker, WorkItem.Trial(trial.Id), trial.Attempts + 1, untilResource);
        return new TrialAssignment(
            key,
            trial.Values,
            trial.Seed,
            TrialPlan.Of(draft.State.Spec, draft.State.Data),
            trial.Resource,
            untilResource ?? trial.UntilResource,
            trial.CheckpointOf,
            DataFraction: trial.DataFraction,
            TakenOver: TrialResults.TakenOver(trial));
    }

    private static EnsembleAssignment LeaseEnsemble(DecisionDraft draft, WorkerDescription worker)
    {
        var key = Start(draft, worker, WorkItem.Ensemble, draft.State.Ensemble.Attempts + 1, untilResource: null);
        return new EnsembleAssignment(
            key,
            draft.State.Spec.Ensemble!,
            EnsembleRules.Assigned(draft.State),
            TrialPlan.Of(draft.State.Spec, draft.State.Data),
            FailedMembers: EnsembleRules.Failed(draft.State));
    }

    private static MemberAssignment LeaseMember(DecisionDraft draft, WorkerDescription worker, int number)
    {
        var key = Start(draft, worker, WorkItem.Member(number), draft.State.Ensemble.Member(number).Attempts + 1, untilResource: null);
        return new MemberAssignment(
            key, draft.State.Spec.Ensemble!, EnsembleRules.Assigned(draft.State), TrialPlan.Of(draft.State.Spec, draft.State.Data));
    }

    private static LeaseKey Start(DecisionDraft draft, WorkerDescription worker, WorkItem item, int attempt, int? untilResource)
    {
        var key = new LeaseKey(draft.SearchId, item, attempt, draft.State.LastFence + 1);
        draft.Add(new SearchEvents.AttemptStarted(
            key.SearchId, item, attempt, key.Fence, worker.WorkerId, worker.Incarnation, worker.Device.Name, draft.At, untilResource));
        return key;
    }
}
