using SearchCluster.Contracts.Api;

namespace SearchCluster.Insight.Analysis;

/// <summary>Reads all trials of a search page by page, and ranks them.</summary>
public static class TrialReader
{
    private const int PageSize = 1000;

    public static async Task<List<TrialView>> ReadAllAsync(ISearchService service, SearchId search, CancellationToken cancellation)
    {
        var trials = new List<TrialView>();
        while (true)
        {
            var page = await service.GetTrialsAsync(
                new SearchQueries.GetTrials(search, trials.Count, PageSize, IncludeCurve: false), cancellation);
            trials.AddRange(page.Trials);
            if (page.Trials.Count == 0 || trials.Count >= page.Total)
            {
                return trials;
            }
        }
    }

    /// <summary>Reads some trials again, with their measurements.</summary>
    public static async Task<List<TrialView>> ReadCurvesAsync(
        ISearchService service, SearchId search, IEnumerable<TrialView> trials, CancellationToken cancellation)
    {
        var withCurves = new List<TrialView>();
        foreach (var trial in trials)
        {
            withCurves.AddRange((await service.GetTrialsAsync(
                new SearchQueries.GetTrials(search, trial.TrialId.Number, 1, IncludeCurve: true), cancellation)).Trials);
        }

        return withCurves;
    }

    /// <summary>The best trials with a finite objective, best first, as the search itself ranks them: those that miss folds come behind all
    /// others; with <c>repeats</c> the mean of their configuration comes before their own value, and configurations that miss evaluations
    /// behind the complete ones; equal values in order of their numbers.</summary>
    public static List<TrialView> Best(
        IEnumerable<TrialView> trials, Direction direction, int count, IEnumerable<ObjectiveSpec>? objectives)
    {
        var sign = direction == Direction.Minimize ? 1 : -1;
        TrialView[] ranked = [.. trials.Where(t => t.Objective is { } value && double.IsFinite(value))];
        var byMean = ranked.Any(t => t.Configuration is not null);
        var ordered = ranked.OrderBy(t => t.IsPartial)
            .ThenBy(t => byMean && t.Configuration is not { IsComplete: true })
            .ThenBy(t => sign * (t.Configuration?.Mean ?? t.Objective!.Value))
            .ThenBy(t => sign * t.Objective!.Value);
        ordered = (objectives ?? []).Skip(1).Aggregate(ordered, (before, objective) => before.ThenBy(trial => Loss(trial, objective)));
        return [.. ordered.ThenBy(t => t.TrialId).Take(count)];
    }

    private static double Loss(TrialView trial, ObjectiveSpec objective) =>
        trial.Result?.Metrics.TryGetValue(objective.Metric, out var value) == true && double.IsFinite(value)
            ? objective.Direction == Direction.Minimize ? value : -value
            : double.PositiveInfinity;
}
