using System.Globalization;

namespace SearchCluster.Integration.Tests.Harness;

/// <summary>What happened to a search, and what of it must be the same in every run.</summary>
internal sealed class SearchHistory(IReadOnlyList<ISearchEvent> events)
{
    public IReadOnlyList<ISearchEvent> Events => events;

    public bool IsOver => events.Count > 0 && events[^1] is SearchEvents.SearchCompleted;

    public IEnumerable<SearchEvents.AttemptStarted> Attempts => events.OfType<SearchEvents.AttemptStarted>();

    public IEnumerable<SearchEvents.TrialFinished> Finished => events.OfType<SearchEvents.TrialFinished>();

    /// <summary>Attempts that run now.</summary>
    public IEnumerable<SearchEvents.AttemptStarted> Running => Attempts.Where(a => !events.Any(e => Ends(e, a)));

    /// <summary>One line for each finished trial, by number: configuration, seed, state and objective, exact to the last bit.</summary>
    public IReadOnlyList<string> Results()
    {
        var suggested = events.OfType<SearchEvents.TrialSuggested>().ToDictionary(s => s.TrialId);
        return
        [
            .. Finished.OrderBy(f => f.TrialId).Select(f => string.Create(
                CultureInfo.InvariantCulture,
                $"{f.TrialId} {suggested[f.TrialId].Values} seed {suggested[f.TrialId].Seed} {f.State} {f.Result?.Objective:R} at "
                    + $"{f.Result?.BestResource} of {f.Result?.LastResource}, model {f.Result?.HasModel}")),
        ];
    }

    /// <summary>Every measured number of every trial, exact to the last bit; times are left out.</summary>
    public IReadOnlyList<string> Curves() =>
    [
        .. events.OfType<SearchEvents.MeasurementReported>()
            .OrderBy(m => m.TrialId).ThenBy(m => m.Measurement.Resource)
            .Select(m => $"{m.TrialId} {m.Measurement.Resource}: {Numbers(m.Measurement.Metrics)}"),
        .. Finished.OrderBy(f => f.TrialId).Select(f => $"{f.TrialId} kept: {Numbers(f.Result!.Metrics)}"),
        .. events.OfType<SearchEvents.EnsembleBuilt>().Select(e => $"ensemble {e.Report.Members}: {Numbers(e.Report.Metrics)}"),
    ];

    public int AttemptsOf(TrialId trial) => Attempts.Count(a => a.Item == WorkItem.Trial(trial));

    private static bool Ends(ISearchEvent e, SearchEvents.AttemptStarted attempt) => e switch
    {
        SearchEvents.TrialFinished finished => WorkItem.Trial(finished.TrialId) == attempt.Item,
        SearchEvents.AttemptEnded ended => ended.Fence == attempt.Fence,
        SearchEvents.EnsembleMemberFinished member => member.Fence == attempt.Fence,
        SearchEvents.EnsembleBuilt or SearchEvents.EnsembleFailed => attempt.Item == WorkItem.Ensemble,
        _ => false,
    };

    private static string Numbers(ValueMap<double> metrics) =>
        string.Join(' ', metrics.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key}={m.Value:R}")));
}
