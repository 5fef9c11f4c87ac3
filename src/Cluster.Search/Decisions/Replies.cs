using System.Text.RegularExpressions;

namespace SearchCluster.Search.Decisions;

/// <summary>Replies; each is made from the state after the command, so that it tells where the search stands then.</summary>
internal static class Replies
{
    public static Func<SearchState, IWithSearchId?> None { get; } = _ => null;

    public static Func<SearchState, IWithSearchId?> AlreadyDone { get; } = state => new SearchReplies.CommandAccepted(
        state.SearchId, state.Lifecycle, AlreadyDone: true);

    public static Func<SearchState, IWithSearchId?> Accepted { get; } = state => new SearchReplies.CommandAccepted(
        state.SearchId, state.Lifecycle);

    public static Func<SearchState, IWithSearchId?> Rejected(RejectionCode code, string message) =>
        state => new SearchReplies.CommandRejected(state.SearchId, code, message);

    public static Func<SearchState, IWithSearchId?> Of(IWithSearchId reply) => _ => reply;

    /// <summary>Answers a command for a search that does not exist.</summary>
    public static IWithSearchId? NotFound(ISearchCommand command) => command switch
    {
        SearchCommands.ReportMeasurement c => new WorkerProtocol.StaleLease(c.Lease, Missing(c)),
        SearchCommands.ReportWarning c => new WorkerProtocol.StaleLease(c.Lease, Missing(c)),
        SearchCommands.ReportOutcome c => new WorkerProtocol.StaleLease(c.Lease, Missing(c)),
        SearchCommands.LeaseWork
            or SearchCommands.PauseSearch
            or SearchCommands.ResumeSearch
            or SearchCommands.PrioritiseSearch
            or SearchCommands.StopSearch
            or SearchCommands.DeleteSearch =>
            new SearchReplies.CommandRejected(command.SearchId, RejectionCode.NotFound, Missing(command)),
        _ => null,
    };

    /// <summary>A state as people say it: <c>stopped early</c>.</summary>
    public static string Word<T>(T state)
        where T : struct, Enum => Words.Replace(state.ToString(), " $0").TrimStart().ToLowerInvariant();

    private static readonly Regex Words = new("[A-Z]", RegexOptions.CultureInvariant);

    private static string Missing(ISearchCommand command) =>
        $"There is no search '{command.SearchId}'; list the searches to see their names.";
}
