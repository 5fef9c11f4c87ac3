using SearchCluster.Contracts.Telemetry;
using SearchCluster.Search.State;

namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>Counts what a search did; a recording costs next to nothing while nobody listens.</summary>
internal static class SearchMetrics
{
    /// <summary>Records a written group.</summary>
    /// <param name="state">The state that it led to.</param>
    /// <param name="events">What the group holds, in order.</param>
    /// <param name="elapsed">How long the journal took.</param>
    public static void Written(SearchState state, IReadOnlyList<ISearchEvent> events, TimeSpan elapsed)
    {
        SearchClusterMetrics.JournalWriteDuration.Record(elapsed.TotalSeconds);
        SearchClusterMetrics.JournalWriteEvents.Record(events.Count);
        var search = Tag(SearchClusterMetrics.SearchTag, state.SearchId.Value);
        foreach (var e in events)
        {
            switch (e)
            {
                case SearchEvents.AttemptEnded { End: AttemptEnd.Lost }:
                    SearchClusterMetrics.LeasesExpired.Add(1, search);
                    break;
                case SearchEvents.TrialFinished finished:
                    OnFinished(state.Trials[finished.TrialId.Number], finished, search);
                    break;
            }
        }

        if (SearchClusterMetrics.Trials.Enabled)
        {
            RecordCounts(state, search);
        }
    }

    /// <summary>Records how a report was answered.</summary>
    /// <param name="command">Any command.</param>
    /// <param name="reply">What it was answered; null for nothing.</param>
    /// <param name="hasChanged">True when it led to events.</param>
    public static void Settled(ISearchCommand command, IWithSearchId? reply, bool hasChanged)
    {
        var kind = command switch
        {
            SearchCommands.ReportMeasurement => "measurement",
            SearchCommands.ReportWarning => "warning",
            SearchCommands.ReportOutcome => "outcome",
            _ => null,
        };
        if (kind is null)
        {
            return;
        }

        var counter = (reply, hasChanged) switch
        {
            (WorkerProtocol.StaleLease, _) => SearchClusterMetrics.ResultsStale,
            (WorkerProtocol.ReportAccepted, true) => SearchClusterMetrics.ReportsAccepted,
            (WorkerProtocol.ReportAccepted, false) => SearchClusterMetrics.ResultsDuplicates,
            _ => null,
        };
        counter?.Add(1, Tag(SearchClusterMetrics.ReportTag, kind));
    }

    private static void OnFinished(TrialRecord trial, SearchEvents.TrialFinished finished, KeyValuePair<string, object?> search)
    {
        var state = Tag(SearchClusterMetrics.StateTag, finished.State.ToString());
        SearchClusterMetrics.TrialsFinished.Add(1, search, state);
        if (trial.StartedAt is { } started)
        {
            SearchClusterMetrics.TrialDuration.Record((finished.At - started).TotalSeconds, search, state);
        }
    }

    private static void RecordCounts(SearchState state, KeyValuePair<string, object?> search)
    {
        var counts = state.Counts;
        var demand = state.WorkDemand();
        SearchClusterMetrics.QueueLength.Record(demand.Groups + demand.Alone, search);
        Record(TrialState.Waiting, counts.Waiting);
        Record(TrialState.Running, counts.Running);
        Record(TrialState.Paused, counts.Paused);
        Record(TrialState.Completed, counts.Completed);
        Record(TrialState.StoppedEarly, counts.StoppedEarly);
        Record(TrialState.Failed, counts.Failed);
        Record(TrialState.Skipped, counts.Skipped);

        void Record(TrialState trialState, int count) =>
            SearchClusterMetrics.Trials.Record(count, search, Tag(SearchClusterMetrics.StateTag, trialState.ToString()));
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
