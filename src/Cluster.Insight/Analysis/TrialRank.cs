using SearchCluster.Contracts.Api;

namespace SearchCluster.Insight.Analysis;

/// <summary>Where a trial stands among the finished ones with a result.</summary>
/// <param name="Rank">From 1; null when the trial has no result.</param>
/// <param name="Ranked">How many trials have one.</param>
/// <param name="Best">The best trial; null before the first result.</param>
public sealed record TrialRank(int? Rank, int Ranked, TrialView? Best)
{
    public static TrialRank Of(SearchData data, TrialView trial)
    {
        var ranking = TrialReader.Best(
            data.Trials.Where(SearchData.HasResult), data.Spec.Objective.Direction, int.MaxValue, data.Spec.Objectives);
        var index = ranking.FindIndex(other => other.TrialId == trial.TrialId);
        return new(index < 0 ? null : index + 1, ranking.Count, ranking.FirstOrDefault());
    }
}
