using SearchCluster.Coordinator.Reading;
using SearchCluster.Search.View;

namespace SearchCluster.Coordinator.Actors;

/// <summary>What messages about a damaged search are answered with: what can be read of it, and to everything else the damage.</summary>
internal static class DamagedSearch
{
    /// <summary>Answers; a worker's final result gets no answer, so that the worker keeps it.</summary>
    /// <param name="search">What is left of the search.</param>
    /// <param name="message">What was sent to the search.</param>
    /// <returns>The reply, or null for none.</returns>
    public static IWithSearchId? Reply(SearchReading search, IWithSearchId message) => message switch
    {
        SearchQueries.GetSearch when search.Detail() is { } detail => detail,
        SearchQueries.GetTrials query when search.Trials(query) is { } trials => trials,
        SearchQueries.GetSpec when search.State is { } state => SearchProjection.Spec(state),
        SearchCommands.ReportMeasurement report => new WorkerProtocol.StaleLease(report.Lease, search.Damage!.Describe()),
        SearchCommands.ReportWarning or SearchCommands.ReportOutcome or SearchCommands.ReleaseLease => null,
        _ => new SearchReplies.CommandRejected(message.SearchId, RejectionCode.Damaged, search.Damage!.Describe()),
    };
}
