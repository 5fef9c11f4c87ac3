using SearchCluster.Contracts.Api;

namespace SearchCluster.Search.State.Ranks;

/// <summary>Keeps counts, queues and ranking equal to what a scan of the trials would give.</summary>
internal static class TrialIndex
{
    public static SearchState Add(SearchState state, TrialRecord trial) => Put(state, before: null, trial);

    public static SearchState AddAll(SearchState state, IEnumerable<TrialRecord> trials) => trials.Aggregate(state, Add);

    public static SearchState Replace(SearchState state, TrialRecord before, TrialRecord after) => before.State == after.State
        ? state with { Trials = state.Trials.SetItem(after.Id.Number, after) }
        : Put(state, before, after);

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

    /// <summary>Trials with a finite objective, best first by their own value alone, as models see them.</summary>
    public static IEnumerable<RankedTrial> BySingleEvaluation(SearchState state) => Configurations.Rank(state.Spec)
        ? state.Ranking.Select(ranked => ranked with { Mean = null, IsIncomplete = false }).Order()
        : state.Ranking;

    private static SearchState Put(SearchState state, TrialRecord? before, TrialRecord after)
    {
        var isRanked = (before is not null && LossOf(state.Spec, before) is not null) || LossOf(state.Spec, after) is not null;
        var others = isRanked ? Rank(state.Ranking, state, after.Id.Number, isEntering: false) : state.Ranking;
        state = before is null
            ? state with { Trials = state.Trials.Add(after) }
            : Move(state with { Trials = state.Trials.SetItem(after.Id.Number, after) }, before, isEntering: false);
        state = Move(state, after, isEntering: true);
        return isRanked ? state with { Ranking = Rank(others, state, after.Id.Number, isEntering: true) } : state;
    }

    // Each result of a configuration moves all of its trials.
    private static ImmutableSortedSet<RankedTrial> Rank(
        ImmutableSortedSet<RankedTrial> ranking, SearchState state, int trial, bool isEntering)
    {
        var spec = state.Spec;
        var mean = Configurations.EvaluationsOf(state, trial)?.Mean;
        var loss = spec.Objective.Direction == Direction.Minimize ? mean?.Mean : -mean?.Mean;
        var (first, end) = Configurations.RangeOf(state, trial);
        for (var number = first; number < end; number++)
        {
            var one = state.Trials[number];
            if (LossOf(spec, one) is { } own)
            {
                ranking = Set(
                    ranking,
                    new RankedTrial(own, number, OtherLosses(spec, one), IsPartial(spec, one), loss, mean is { IsComplete: false }),
                    isEntering);
            }
        }

        return ranking;
    }

    private static SearchState Move(SearchState state, TrialRecord trial, bool isEntering)
    {
        state = state with { Counts = Count(state.Counts, trial, isEntering ? 1 : -1) };
        return trial.State switch
        {
            TrialState.Waiting => state with { Waiting = state.Waiting.Set(trial, isEntering) },
            TrialState.Paused => state with { Paused = Set(state.Paused, trial.Id.Number, isEntering) },
            TrialState.Skipped => state with { Skipped = Set(state.Skipped, trial.Id.Number, isEntering) },
            _ => state,
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
