using SearchCluster.Search.State.Ranks;

namespace SearchCluster.Search.State.Evolution;

/// <summary>Turns a state into its snapshot and back.</summary>
public static class SearchSnapshots
{
    /// <summary>Makes the snapshot of a state.</summary>
    public static SearchSnapshot ToSnapshot(SearchState state)
    {
        var ranks = FinishRanks(state);
        return ToSnapshot(state, trial => ranks.TryGetValue(trial.Id.Number, out var rank) ? rank : null);
    }

    private static SearchSnapshot ToSnapshot(SearchState state, Func<TrialRecord, int?> finishRank) => new()
    {
        SearchId = state.SearchId,
        Spec = state.Spec,
        SpecText = state.SpecText,
        TraceParent = state.TraceParent,
        SubmittedAt = state.SubmittedAt,
        Budget = state.Budget,
        Concurrency = state.Concurrency,
        State = state.Lifecycle,
        EndReason = state.End?.Reason,
        EndExplanation = state.End?.Explanation,
        EndMode = state.End?.Mode,
        EndedAt = state.EndedAt,
        Exhausted = state.Exhausted,
        Trials = state.Trials.Select(trial => ToSnapshot(trial, finishRank(trial))).ToValueArray(),
        Leases = state.Leases.Values.Select(ToSnapshot).ToValueArray(),
        LastFence = state.LastFence,
        Ensemble = ToSnapshot(state.Ensemble),
        Clock = new ClockSnapshot(
            state.Clock.LastEventAt,
            state.Clock.ActiveBefore,
            state.Clock.ActiveSince,
            state.Clock.DeviceBefore,
            state.Clock.Downtime,
            state.Clock.BusyBefore,
            state.Clock.BusySince),
        Epochs = state.Epochs,
        FinishedWithoutImprovement = state.FinishedWithoutImprovement,
        History = state.History.ToValueArray(),
        Revision = state.Revision,
        Narrowings = state.Narrowings.IsEmpty ? null : state.Narrowings.ToValueArray(),
        SuggestionsWithoutPromise = state.SuggestionsWithoutPromise,
        Warnings = state.Warnings.IsEmpty ? null : state.Warnings.ToValueArray(),
        OtherWarnings = state.OtherWarnings,
        FinishesBeforeRound = state.FinishesBeforeRound,
        Written = state.Written == WrittenSpec.Recovered(state.Spec) ? null : state.Written,
        Data = state.Data,
        Priority = state.Priority == (state.Spec.Resources?.Priority ?? 0) ? null : state.Priority,
    };

    /// <summary>Makes the state of a snapshot; counts, queues and rankings are computed from the trials.</summary>
    public static SearchState FromSnapshot(SearchSnapshot snapshot)
    {
        var leases = snapshot.Leases.ToImmutableSortedDictionary(lease => lease.Lease.Fence, FromSnapshot);
        var clock = new SearchClock(
            snapshot.Clock.LastEventAt,
            snapshot.Clock.ActiveBefore,
            snapshot.Clock.ActiveSince,
            snapshot.Clock.DeviceBefore,
            snapshot.Clock.Downtime,
            0,
            0);
        var state = new SearchState(snapshot.Spec, snapshot.SpecText, snapshot.TraceParent, snapshot.SubmittedAt)
        {
            Budget = snapshot.Budget,
            Concurrency = snapshot.Concurrency,
            Priority = snapshot.Priority ?? snapshot.Spec.Resources?.Priority ?? 0,
            Lifecycle = snapshot.State,
            End = snapshot.EndReason is { } reason
                ? new SearchEnd(reason, snapshot.EndExplanation ?? "", snapshot.EndMode ?? StopMode.Graceful)
                : null,
            Exhausted = snapshot.Exhausted,
            Leases = leases,
            LastFence = snapshot.LastFence,
            Ensemble = FromSnapshot(snapshot.Ensemble),
            Clock = Busy(leases.Values.Aggregate(clock, (current, lease) => current.Start(lease)), snapshot.Clock),
            Epochs = snapshot.Epochs,
            FinishedWithoutImprovement = snapshot.FinishedWithoutImprovement,
            History = [.. snapshot.History],
            FinishOrder = FinishOrder(snapshot),
            Narrowings = [.. snapshot.Narrowings ?? []],
            SuggestionsWithoutPromise = snapshot.SuggestionsWithoutPromise,
            Warnings = [.. snapshot.Warnings ?? []],
            OtherWarnings = snapshot.OtherWarnings,
            FinishesBeforeRound = snapshot.FinishesBeforeRound,
            Written = snapshot.Written ?? WrittenSpec.Recovered(snapshot.Spec),
            Data = snapshot.Data,
            EndedAt = snapshot.EndedAt,
            Revision = snapshot.Revision,
        };
        return TrialIndex.AddAll(state, snapshot.Trials.Select(trial => FromSnapshot(snapshot.Spec.Objective, trial)));
    }

    // Snapshots of earlier releases do not say when attempts ran; all of the running time is the next best.
    private static SearchClock Busy(SearchClock clock, ClockSnapshot snapshot) => snapshot.BusyBefore is { } before
        ? clock with { BusyBefore = before, BusySince = snapshot.BusySince }
        : clock with
        {
            BusyBefore = clock.ActiveTime(snapshot.LastEventAt),
            BusySince = clock.RunningAttempts > 0 ? snapshot.LastEventAt : null,
        };

    private static Dictionary<int, int?> FinishRanks(SearchState state) =>
        state.FinishOrder.Index().ToDictionary(entry => entry.Item, entry => (int?)entry.Index);

    // A snapshot of the first release has no ranks; the times of the ends are the next best order.
    private static ImmutableList<int> FinishOrder(SearchSnapshot snapshot) =>
    [
        .. snapshot.Trials
            .Where(trial => trial.State is TrialState.Completed or TrialState.StoppedEarly or TrialState.Failed)
            .OrderBy(trial => trial.FinishRank ?? -1)
            .ThenBy(trial => trial.EndedAt)
            .ThenBy(trial => trial.TrialId.Number)
            .Select(trial => trial.TrialId.Number),
    ];

    private static TrialSnapshot ToSnapshot(TrialRecord trial, int? finishRank) => new()
    {
        TrialId = trial.Id,
        Values = trial.Values,
        Seed = trial.Seed,
        Origin = trial.Origin,
        SuggestedAt = trial.SuggestedAt,
        State = trial.State,
        Attempts = trial.Attempts,
        FailedAttempts = trial.FailedAttempts,
        Fence = trial.Fence,
        EndedFence = trial.Ended?.Fence,
        EndedSeq = trial.Ended?.Seq ?? 0,
        WorkerId = trial.WorkerId,
        Curve = trial.Curve.ToValueArray(),
        Result = trial.Result,
        TrainingStop = trial.TrainingStop,
        Reason = trial.Reason,
        Failure = trial.Failure,
        UntilResource = trial.UntilResource,
        CheckpointOf = trial.CheckpointOf,
        NotBefore = trial.NotBefore,
        StartedAt = trial.StartedAt,
        EndedAt = trial.EndedAt,
        FinishRank = finishRank,
        DataFraction = trial.DataFraction,
        Decisions = trial.Decisions.IsEmpty ? null : trial.Decisions.ToValueArray(),
        Lineage = trial.Lineage.IsEmpty ? null : trial.Lineage.ToValueArray(),
        Losses = ToSnapshot(trial.Losses),
    };

    private static TrialRecord FromSnapshot(ObjectiveSpec objective, TrialSnapshot trial) =>
        new(trial.TrialId, trial.Values, trial.Seed, trial.Origin, trial.SuggestedAt)
        {
            State = trial.State,
            Attempts = trial.Attempts,
            FailedAttempts = trial.FailedAttempts,
            Fence = trial.Fence,
            Ended = Ended(trial.EndedFence, trial.EndedSeq),
            WorkerId = trial.WorkerId,
            Curve = [.. trial.Curve],
            Progress = trial.Curve.Index().Aggregate(ObjectiveProgress.None, (progress, m) => progress.With(objective, m.Item, m.Index)),
            Result = trial.Result,
            TrainingStop = trial.TrainingStop,
            Reason = trial.Reason,
            Failure = trial.Failure,
            UntilResource = trial.UntilResource,
            CheckpointOf = trial.CheckpointOf,
            NotBefore = trial.NotBefore,
            StartedAt = trial.StartedAt,
            EndedAt = trial.EndedAt,
            DataFraction = trial.DataFraction,
            Decisions = [.. trial.Decisions ?? []],
            Lineage = [.. trial.Lineage ?? []],
            Losses = trial.Losses ?? [],
        };

    private static LeaseSnapshot ToSnapshot(LeaseRecord lease) =>
        new(
            lease.Key,
            lease.WorkerId,
            lease.Incarnation,
            lease.StartedAt,
            lease.DowntimeBefore,
            lease.LastSeq,
            lease.Decision,
            lease.IsAlone);

    private static LeaseRecord FromSnapshot(LeaseSnapshot lease) =>
        new(
            lease.Lease,
            lease.WorkerId,
            lease.Incarnation,
            lease.StartedAt,
            lease.DowntimeBefore,
            lease.LastSeq,
            lease.Decision,
            lease.Alone);

    private static EnsembleSnapshot ToSnapshot(EnsembleRecord ensemble) => new(
        ensemble.Attempts,
        ensemble.FailedAttempts,
        ensemble.Fence,
        ensemble.Ended?.Fence,
        ensemble.Ended?.Seq ?? 0,
        ensemble.NotBefore,
        ensemble.Report,
        ensemble.Failure,
        ensemble.Members.IsEmpty ? null : ensemble.Members.Select(entry => ToSnapshot(entry.Key, entry.Value)).ToValueArray(),
        ToSnapshot(ensemble.Losses));

    private static MemberSnapshot ToSnapshot(int number, MemberRecord member) => new(
        number,
        member.Attempts,
        member.FailedAttempts,
        member.Fence,
        member.Ended?.Fence,
        member.Ended?.Seq ?? 0,
        member.NotBefore,
        member.IsFinished,
        member.Failure,
        ToSnapshot(member.Losses));

    private static EnsembleRecord FromSnapshot(EnsembleSnapshot ensemble) => new(
        ensemble.Attempts,
        ensemble.FailedAttempts,
        ensemble.Fence,
        Ended(ensemble.EndedFence, ensemble.EndedSeq),
        ensemble.NotBefore,
        ensemble.Report,
        ensemble.Failure)
    {
        Losses = ensemble.Losses ?? [],
        Members = (ensemble.Members ?? []).ToImmutableSortedDictionary(
            member => member.Number,
            member => new MemberRecord(
                member.Attempts,
                member.FailedAttempts,
                member.Fence,
                Ended(member.EndedFence, member.EndedSeq),
                member.NotBefore,
                member.IsFinished,
                member.Failure)
            {
                Losses = member.Losses ?? [],
            }),
    };

    private static ValueArray<WorkerLoss>? ToSnapshot(ValueArray<WorkerLoss> losses) => losses.Count == 0 ? null : losses;

    private static EndedAttempt? Ended(long? fence, long seq) => fence is { } number ? new EndedAttempt(number, seq) : null;
}
