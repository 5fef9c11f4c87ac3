using SearchCluster.Contracts.Api;

namespace SearchCluster.Coordinator.Reading;

/// <summary>Shows a search whose process has ended, or whose journal is damaged: the journal still says that it
/// runs, and that trials do, but nothing does.</summary>
internal static class InterruptedView
{
    public static SearchSummary Of(SearchSummary summary) => summary.State is SearchLifecycle.Running or SearchLifecycle.Finishing
        ? Idle(summary) with { State = SearchLifecycle.Interrupted }
        : summary;

    public static SearchDetail Of(SearchDetail detail) => Idle(detail) with { Summary = Of(detail.Summary) };

    /// <summary>The same search with nothing that runs.</summary>
    public static SearchSummary Idle(SearchSummary summary) =>
        summary with { Counts = summary.Counts with { Waiting = summary.Counts.Waiting + summary.Counts.Running, Running = 0 } };

    /// <summary>The same search with nothing that runs.</summary>
    public static SearchDetail Idle(SearchDetail detail) => detail with
    {
        Summary = Idle(detail.Summary),
        Running = [],
        EnsembleState = detail.EnsembleState == EnsembleProgress.Building ? EnsembleProgress.Waiting : detail.EnsembleState,
        EnsembleMembers = detail.EnsembleMembers is { } members ? members with { Running = 0 } : null,
    };

    /// <summary>The same trials, none of which runs.</summary>
    public static TrialPage Idle(TrialPage page) => page with
    {
        Trials = page.Trials
            .Select(trial => trial.State == TrialState.Running ? trial with { State = TrialState.Waiting } : trial)
            .ToValueArray(),
    };
}
