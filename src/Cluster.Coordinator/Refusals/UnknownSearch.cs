namespace SearchCluster.Coordinator.Refusals;

/// <summary>What messages about a search that does not exist are answered with.</summary>
internal static class UnknownSearch
{
    /// <summary>Workers learn that their lease is not current, people that there is no such search; other messages get no answer.</summary>
    /// <param name="message">Names a search that is not there.</param>
    /// <param name="names">The searches that there are, for whoever mistyped one.</param>
    /// <returns>The reply, or null for none.</returns>
    public static IWithSearchId? Reply(IWithSearchId message, IEnumerable<SearchId>? names = null) => message switch
    {
        SearchCommands.ReportMeasurement report => new WorkerProtocol.StaleLease(report.Lease, Text(report.SearchId)),
        SearchCommands.ReportWarning report => new WorkerProtocol.StaleLease(report.Lease, Text(report.SearchId)),
        SearchCommands.ReportOutcome report => new WorkerProtocol.StaleLease(report.Lease, Text(report.SearchId)),
        SearchCommands.ReleaseLease or SearchCommands.ExpireLease or SearchCommands.LeaseWork or SearchCommands.RecordSuggestions
            or SearchCommands.CheckLimits or SearchCommands.MarkRecovered => null,
        _ => new SearchReplies.CommandRejected(
            message.SearchId,
            RejectionCode.NotFound,
            Text(message.SearchId) + Suggestions.Sentence(message.SearchId.Value, (names ?? []).Select(name => name.Value))),
    };

    /// <summary>Says that there is no such search.</summary>
    /// <returns>A sentence.</returns>
    public static string Text(SearchId search) => $"There is no search '{search}'.";
}
