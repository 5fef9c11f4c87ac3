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
            var slots = command.Alone ? Math.Min(1, command.Slots) : command.Slots;
            while (groups.Count < slots && LeaseNext(draft, command) is { } assignment)
            {
                groups.Add(new AssignmentGroup([assignment], command.Alone));
            }
        }

        return Replies.Of(new SearchReplies.WorkLeased(draft.SearchId, new ValueArray<AssignmentGroup>(groups.DrainToImmutable())));
    }

    // What runs alone and what does not are asked for one by one: a worker that is asked for the first has to be free of all else.
    private static WorkAssignment? LeaseNext(DecisionDraft draft, SearchCommands.LeaseWork command)
    {
        var state = draft.State;
        if (EnsembleRules.IsLeasable(state, draft.At))
        {
            return state.Ensemble.RunsAlone == command.Alone ? LeaseEnsemble(draft, command) : null;
        }

        if (EnsembleRules.IsDue(state))
        {
            return LeaseNextMember(draft, command);
        }

        var (places, waiting) = (FreePlaces(state, draft.At, command.Alone), state.Waiting);
        if (places == 0 || state.Lifecycle is not (SearchLifecycle.Running or SearchLifecycle.Finishing))
        {
            return null;
        }

        if (waiting.NextAgain(draft.At, command.Alone) is { } again)
        {
            return LeaseTrial(draft, command, again, StoppedTrials.LastLevel(state.Trials[again]));
        }

        return !command.Alone && state.Lifecycle == SearchLifecycle.Running && (waiting.New.Count > 0 || state.Paused.Count > 0)
            ? LeaseByScheduler(draft, command)
            : null;
    }

    private static int FreePlaces(SearchState state, DateTimeOffset now, bool alone) => alone
        ? state.FreePlaces
        : Math.Max(0, state.FreePlaces - Math.Min(1, state.Waiting.ReadyCount(now, alone: true)));

    private static MemberAssignment? LeaseNextMember(DecisionDraft draft, SearchCommands.LeaseWork command)
    {
        var state = draft.State;
        var members = EnsembleRules.LeasableMembers(state, draft.At).ToLookup(number => state.Ensemble.Member(number).RunsAlone);
        var kept = command.Alone ? 0 : Math.Min(1, members[true].Count());
        return state.FreeMemberPlaces > kept && members[command.Alone].Cast<int?>().FirstOrDefault() is { } member
            ? LeaseMember(draft, command, member)
            : null;
    }

    private static TrialAssignment? LeaseByScheduler(DecisionDraft draft, SearchCommands.LeaseWork command)
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
                return LeaseTrial(draft, command, promote.Trial.Number, untilResource: null);
            case StartNewTrial start when waiting.Count > 0:
                return LeaseTrial(draft, command, waiting[0], start.UntilResource);
            default:
                return null;
        }
    }

    private static TrialAssignment LeaseTrial(DecisionDraft draft, SearchCommands.LeaseWork command, int number, int? untilResource)
    {
        var trial = draft.State.Trials[number];
        var key = Start(draft, command, WorkItem.Trial(trial.Id), trial.Attempts + 1, untilResource);
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

    private static EnsembleAssignment LeaseEnsemble(DecisionDraft draft, SearchCommands.LeaseWork command)
    {
        var key = Start(draft, command, WorkItem.Ensemble, draft.State.Ensemble.Attempts + 1, untilResource: null);
        return new EnsembleAssignment(
            key,
            draft.State.Spec.Ensemble!,
            EnsembleRules.Assigned(draft.State),
            TrialPlan.Of(draft.State.Spec, draft.State.Data),
            FailedMembers: EnsembleRules.Failed(draft.State));
    }

    private static MemberAssignment LeaseMember(DecisionDraft draft, SearchCommands.LeaseWork command, int number)
    {
        var key = Start(draft, command, WorkItem.Member(number), draft.State.Ensemble.Member(number).Attempts + 1, untilResource: null);
        return new MemberAssignment(
            key, draft.State.Spec.Ensemble!, EnsembleRules.Assigned(draft.State), TrialPlan.Of(draft.State.Spec, draft.State.Data));
    }

    private static LeaseKey Start(DecisionDraft draft, SearchCommands.LeaseWork command, WorkItem item, int attempt, int? untilResource)
    {
        var key = new LeaseKey(draft.SearchId, item, attempt, draft.State.LastFence + 1);
        var worker = command.Worker;
        draft.Add(new SearchEvents.AttemptStarted(
            key.SearchId,
            item,
            attempt,
            key.Fence,
            worker.WorkerId,
            worker.Incarnation,
            worker.Device.Name,
            draft.At,
            untilResource,
            Alone: command.Alone || worker.Slots == 1));
        return key;
    }
}
