namespace SearchCluster.Search.State.Ranks;

/// <summary>Notes each new best, and counts the finished trials since.</summary>
/// <remarks>Where trials rank by their configuration, a single evaluation says nothing yet: its trials are counted when all of them are
/// over, so that no search gives up on a configuration between two of its seeds.</remarks>
internal static class Improvements
{
    /// <summary>Takes a finished trial into account.</summary>
    /// <param name="state">The search with it.</param>
    /// <param name="before">The best before it.</param>
    /// <param name="finished">The trial.</param>
    /// <param name="at">When it finished.</param>
    public static SearchState Count(SearchState state, RankedTrial? before, TrialRecord finished, DateTimeOffset at)
    {
        if (state.Ranking.Count == 0 || !state.Ranking[0].IsBetterThan(before))
        {
            return state with { FinishedWithoutImprovement = state.FinishedWithoutImprovement + CountedWith(state, finished.Id.Number) };
        }

        var best = state.Trials[state.Ranking[0].Trial];
        return state with
        {
            FinishedWithoutImprovement = 0,
            History = state.History.Add(new(
                best.Id,
                best.FinalObjective!.Value,
                state.Counts.Finished,
                at,
                Configurations.EvaluationsOf(state, best.Id.Number)?.Mean?.Mean)),
        };
    }

    /// <summary>Counts the trials since the best one, in the order that does not depend on chance.</summary>
    public static int SinceBest(SearchState state)
    {
        if (!Configurations.Rank(state.Spec))
        {
            return state.Ranking.Count == 0
                ? state.FinishOrder.Count
                : state.FinishOrder.Count - 1 - state.FinishOrder.LastIndexOf(state.Ranking[0].Trial);
        }

        var (repeats, count) = (state.Spec.Repeats!.Value, 0);
        int? best = state.Ranking.Count == 0 ? null : Configurations.Of(state.Ranking[0].Trial, repeats);
        for (var i = state.FinishOrder.Count - 1; i >= 0 && Configurations.Of(state.FinishOrder[i], repeats) != best; i--)
        {
            count += Configurations.IsSettled(state, state.FinishOrder[i]) ? 1 : 0;
        }

        return count;
    }

    private static int CountedWith(SearchState state, int trial) =>
        !Configurations.Rank(state.Spec) ? 1 : Configurations.IsSettled(state, trial) ? state.Spec.Repeats!.Value : 0;
}
