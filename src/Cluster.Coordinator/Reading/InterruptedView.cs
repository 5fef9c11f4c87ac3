using SearchCluster.Contracts.Api;

namespace SearchCluster.Coordinator.Reading;

/// <summary>Shows a search whose process has ended: its journal still says that it runs, and that trials do, but nothing does.</summary>
internal static class InterruptedView
{
    public static SearchSummary Of(SearchSummary summary) => summary.State is SearchLifecycle.Running or SearchLifecycle.Finishing
        ? summary with { State = SearchLifecycle.Interrupted, Counts = summary.Counts with { Waiting = summary.Counts.Waiting + summary.Counts.Running, Running = 0 } }
        : summary;

    public static SearchDetail Of(SearchDetail detail) => detail with { Summary = Of(detail.Summary), Running = [] };

    public static TrialPage Of(TrialPage page) => page with
    {
        Trials = page.Trials.Select(trial => trial.State == TrialState.Running ? trial with { State = TrialState.Waiting } : trial).ToValueArray(),
    };
}
