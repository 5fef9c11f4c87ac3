using SearchCluster.Search.State.Ranks;

namespace SearchCluster.Search.State.Evolution;

/// <summary>What the events of one trial change.</summary>
internal static class TrialEvolution
{
    public static SearchState Suggested(SearchState state, SearchEvents.TrialSuggested e)
    {
        var trial = new TrialRecord(e.TrialId, e.Values, e.Seed, e.Origin, e.At) { DataFraction = e.DataFraction };
        return TrialIndex.Add(Plateau.Count(Rounds.Begin(state, e.TrialId), e.Origin), trial);
    }

    public static SearchState Started(SearchState state, SearchEvents.AttemptStarted e)
    {
        var id = e.Item.TrialId!.Value;
        var trial = state.Trials[id.Number];
        state = TrialIndex.Replace(state, trial, trial with
        {
            State = TrialState.Running,
            Attempts = e.Attempt,
            Fence = e.Fence,
            WorkerId = e.WorkerId,
            StartedAt = trial.StartedAt ?? e.At,
            UntilResource = e.UntilResource ?? trial.UntilResource,
            NotBefore = null,
        });
        return Leased(state, e);
    }

    public static SearchState Leased(SearchState state, SearchEvents.AttemptStarted e)
    {
        var key = new LeaseKey(e.SearchId, e.Item, e.Attempt, e.Fence);
        var lease = new LeaseRecord(key, e.WorkerId, e.Incarnation, e.At, state.Clock.Downtime, IsAlone: e.Alone);
        return state with { Leases = state.Leases.SetItem(e.Fence, lease), LastFence = e.Fence, Clock = state.Clock.Start(lease) };
    }

    public static SearchState Released(SearchState state, long fence, DateTimeOffset at) => state.Leases.TryGetValue(fence, out var lease)
        ? state with { Leases = state.Leases.Remove(fence), Clock = state.Clock.Stop(lease, at) }
        : state;

    public static SearchState Measured(SearchState state, SearchEvents.MeasurementReported e)
    {
        var trial = state.Trials[e.TrialId.Number];
        var measured = trial with
        {
            Curve = trial.Curve.Add(e.Measurement),
            Progress = trial.Progress.With(state.Spec.Objective, e.Measurement, trial.Curve.Count),
            Reason = e.Decision?.Reason ?? trial.Reason,
            Decisions = e.Decision is { } decision ? trial.Decisions.Add(Kept(decision, e.Measurement.Resource)) : trial.Decisions,

            // An attempt that got further is no reason to give the trial up, however often its process is killed.
            FailedAttempts = 0,
            Losses = [],
        };
        var lease = state.Leases[e.Fence];
        return TrialIndex.Replace(state, trial, measured) with
        {
            Epochs = state.Epochs + 1,
            Data = state.Data ?? e.Measurement.Data,
            Leases = state.Leases.SetItem(e.Fence, lease with
            {
                LastSeq = e.Seq,
                Decision = e.Decision ?? lease.Decision,

                // What was suspected is cleared, so that others may run beside it again.
                IsAlone = lease.IsAlone && !trial.RunsAlone,
            }),
        };
    }

    public static SearchState Ignored(SearchState state, SearchEvents.MeasurementIgnored e) =>
        state with { Leases = state.Leases.SetItem(e.Fence, state.Leases[e.Fence] with { LastSeq = e.Seq }) };

    public static SearchState Ended(SearchState state, SearchEvents.AttemptEnded e)
    {
        var trial = state.Trials[e.Item.TrialId!.Value.Number];
        var isPause = e.End == AttemptEnd.Paused;
        var ended = trial with
        {
            State = isPause ? TrialState.Paused : TrialState.Waiting,
            FailedAttempts = trial.FailedAttempts + (Suspects.Charges(e) ? 1 : 0),
            Losses = Suspects.Add(trial.Losses, e.Loss),
            Fence = null,
            Ended = new EndedAttempt(e.Fence, e.Seq),
            Failure = e.Failure ?? trial.Failure,
            Result = e.Result ?? trial.Result,
            TrainingStop = isPause ? e.TrainingStop : null,
            NotBefore = e.NotBefore,

            CheckpointOf = HasOwnCheckpoint(trial, e) ? null : trial.CheckpointOf,
        };
        return TrialIndex.Replace(Released(state, e.Fence, e.At), trial, ended) with { Data = state.Data ?? e.Result?.Data };
    }

    public static SearchState Finished(SearchState state, SearchEvents.TrialFinished e)
    {
        var trial = state.Trials[e.TrialId.Number];
        var finished = trial with
        {
            State = e.State,
            FailedAttempts = trial.FailedAttempts + (e is { State: TrialState.Failed, Fence: > 0 } ? 1 : 0),
            Fence = null,
            Ended = e.Fence > 0 ? new EndedAttempt(e.Fence, e.Seq) : trial.Ended,
            Result = e.Result,
            TrainingStop = e.TrainingStop,
            Failure = e.Failure ?? trial.Failure,
            NotBefore = null,
            EndedAt = e.At,
        };
        RankedTrial? before = state.Ranking.Count == 0 ? null : state.Ranking[0];
        state = TrialIndex.Replace(Released(state, e.Fence, e.At), trial, finished) with { Data = state.Data ?? e.Result?.Data };
        if (!finished.IsFinished)
        {
            return state;
        }

        return Improvements.Count(
            state with { FinishOrder = Rounds.AddFinished(state, e.TrialId.Number) }, before, finished, e.At);
    }

    public static SearchState Promoted(SearchState state, SearchEvents.TrialPromoted e)
    {
        var trial = state.Trials[e.TrialId.Number];
        return TrialIndex.Replace(state, trial, trial with
        {
            State = TrialState.Waiting,
            Values = e.Values ?? trial.Values,
            UntilResource = e.UntilResource,
            CheckpointOf = e.CheckpointOf,
            Reason = e.Reason,
            Decisions = trial.Decisions.Add(new TrialDecision(trial.Resource, TrialDecisionKind.Promote, e.Reason)),
            Lineage = e.CheckpointOf is { } from ? trial.Lineage.Add(new LineageStep(trial.Resource, from, trial.Values)) : trial.Lineage,
            TrainingStop = null,
        });
    }

    /// <summary>
    /// A trial that took over another's checkpoint has its own once its worker said that it saved one at a
    /// later resource level. Of a lost worker nobody knows what it saved: the next attempt tries the trial's
    /// own checkpoint first, and the other's after it.
    /// </summary>
    private static bool HasOwnCheckpoint(TrialRecord trial, SearchEvents.AttemptEnded e) =>
        e.End is not (AttemptEnd.Lost or AttemptEnd.Failed) && e.Resource > (trial.Lineage.IsEmpty ? 0 : trial.Lineage[^1].Resource);

    private static TrialDecision Kept(SchedulingDecision decision, int resource) =>
        new(resource, decision.Action == SchedulingAction.Pause ? TrialDecisionKind.Pause : TrialDecisionKind.Stop, decision.Reason);
}
