using SearchCluster.Contracts.Api;

namespace SearchCluster.Search.State;

/// <summary>Keeps counts, queues and ranking equal to what a scan of the trials would give.</summary>
internal static class TrialIndex
{
    public static SearchState Add(SearchState state, TrialRecord trial) =>
        Enter(state with { Trials = state.Trials.Add(trial) }, trial);

    public static SearchState AddAll(SearchState state, IEnumerable<TrialRecord> trials) => trials.Aggregate(state, Add);

    public static SearchState Replace(SearchState state, TrialRecord before, TrialRecord after)
    {
        state = state with { Trials = state.Trials.SetItem(after.Id.Number, after) };
        return before.State == after.State ? state : Enter(Leave(state, before), after);
    }

    /// <summary>The objective of a finished trial, minimised; null when it does not rank.</summary>
    public static double? LossOf(SearchSpec spec, TrialRecord trial) =>
        trial.FinalObjective is { } objective ? (spec.Objective.Direction == Direction.Minimize ? objective : -objective) : null;

    /// <summary>True for a trial that measured fewer folds than its search asks for: its mean is one over other rows than those of the
    /// complete ones, so that it ranks behind all of them.</summary>
    public static bool IsPartial(SearchSpec spec, TrialRecord trial) =>
        spec.Data?.Split.Folds is { } folds
            && trial.State == TrialState.StoppedEarly
            && (folds == SplitSpec.LeaveOneOut || trial.Curve.Count < folds);

    private static ValueArray<double>? OtherLosses(SearchSpec spec, TrialRecord trial) => spec.Objectives?.Skip(1)
        .Select(objective => trial.Result!.Metrics.TryGetValue(objective.Metric, out var value) && double.IsFinite(value)
            ? objective.Direction == Direction.Minimize ? value : -value
            : double.PositiveInfinity)
        .ToValueArray();

    private static SearchState Enter(SearchState state, TrialRecord trial) => Move(state, trial, isEntering: true);

    private static SearchState Leave(SearchState state, TrialRecord trial) => Move(state, trial, isEntering: false);

    private static SearchState Move(SearchState state, TrialRecord trial, bool isEntering)
    {
        state = state with { Counts = Count(state.Counts, trial, isEntering ? 1 : -1) };
        return trial.State switch
        {
            TrialState.Waiting => state with { Waiting = state.Waiting.Set(trial, isEntering) },
            TrialState.Paused => state with { Paused = Set(state.Paused, trial.Id.Number, isEntering) },
            TrialState.Skipped => state with { Skipped = Set(state.Skipped, trial.Id.Number, isEntering) },
            _ => LossOf(state.Spec, trial) is { } loss
                ? state with
                {
                    Ranking = Set(
                        state.Ranking,
                        new RankedTrial(loss, trial.Id.Number, OtherLosses(state.Spec, trial), IsPartial(state.Spec, trial)),
                        isEntering),
                }
                : state,
        };
    }

    private static ImmutableSortedSet<T> Set<T>(ImmutableSortedSet<T> set, T entry, bool isEntering) =>
        isEntering ? set.Add(entry) : set.Remove(entry);

    private static TrialCounts Count(TrialCounts counts, TrialRecord trial, int by) => trial.State switch
    {
        TrialState.Waiting => counts with { Waiting = counts.Waiting + by },
        TrialState.Running => counts with { Running = counts.Running + by },
        TrialState.Paused => counts with { Paused = counts.Paused + by },
        TrialState.Completed => counts with { Completed = counts.Completed + by },
        TrialState.StoppedEarly => counts with
        {
            StoppedEarly = counts.StoppedEarly + by,
            CutOff = counts.CutOff + (trial.IsCutOff ? by : 0),
        },
        TrialState.Failed => counts with { Failed = counts.Failed + by },
        _ => counts with { Skipped = counts.Skipped + by },
    };
}
