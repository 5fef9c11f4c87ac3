using SearchCluster.Contracts.Api;

namespace SearchCluster.Search.State.Ranks;

/// <summary>Keeps counts, queues and ranking equal to what a scan of the trials would give.</summary>
internal static class TrialIndex
{
    public static SearchState Add(SearchState state, TrialRecord trial) => Put(state, before: null, trial);

    /// <summary>Adds the trials of a snapshot to a state that has none, at once: one by one costs ten copies of the state for
    /// each.</summary>
    /// <param name="state">Without trials.</param>
    /// <param name="trials">All of them, by number.</param>
    public static SearchState AddAll(SearchState state, IEnumerable<TrialRecord> trials)
    {
        state = state with { Trials = [.. trials] };
        foreach (var trial in state.Trials)
        {
            state = trial.State is TrialState.Waiting or TrialState.Paused or TrialState.Skipped
                ? Move(state, trial, isEntering: true)
                : state;
        }

        var others = state.Trials.Where(trial => trial.State is not (TrialState.Waiting or TrialState.Paused or TrialState.Skipped));
        return state with
        {
            Counts = others.Aggregate(state.Counts, (counts, trial) => Count(counts, trial, 1)),
            Ranking =
            [
                .. state.Trials
                    .Select(trial => Ranked(state.Spec, trial, Configurations.EvaluationsOf(state, trial.Id.Number)?.Mean))
                    .OfType<RankedTrial>(),
            ],
        };
    }

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
        var mean = Configurations.EvaluationsOf(state, trial)?.Mean;
        var (first, end) = Configurations.RangeOf(state, trial);
        for (var number = first; number < end; number++)
        {
            if (Ranked(state.Spec, state.Trials[number], mean) is { } ranked)
            {
                ranking = Set(ranking, ranked, isEntering);
            }
        }

        return ranking;
    }

    private static RankedTrial? Ranked(SearchSpec spec, TrialRecord trial, ConfigurationMean? mean)
    {
        var loss = spec.Objective.Direction == Direction.Minimize ? mean?.Mean : -mean?.Mean;
        return LossOf(spec, trial) is { } own
            ? new RankedTrial(
                own, trial.Id.Number, OtherLosses(spec, trial), IsPartial(spec, trial), loss, mean is { IsComplete: false })
            : null;
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
