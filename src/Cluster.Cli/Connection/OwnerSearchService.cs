using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Connection;

/// <summary>Asks the coordinator of a state folder, and whoever has the folder after it where it is gone. Only what reads is asked
/// again: of a command nobody knows whether it was taken.</summary>
/// <param name="owner">The coordinator.</param>
/// <param name="lookAgain">Finds who has the folder now.</param>
/// <param name="openJournal">Opens the journal, which always answers; null where the next coordinator is waited for again.</param>
internal sealed class OwnerSearchService(
    HttpConnection owner, Func<CancellationToken, Task<ISearchConnection>> lookAgain, Func<ISearchConnection>? openJournal)
    : ISearchService, IAsyncDisposable
{
    private readonly List<ISearchConnection> _connections = [owner];

    /// <summary>Who answers what is read.</summary>
    public ISearchConnection Reader => _connections[^1];

    private ISearchService Commands => _connections.Last(connection => connection.Kind == ConnectionKind.Http).Service;

    public Task<SearchList> ListAsync(CancellationToken cancellationToken) =>
        ReadAsync(service => service.ListAsync(cancellationToken), cancellationToken);

    public Task<SearchDetail> GetAsync(SearchId search, CancellationToken cancellationToken) =>
        ReadAsync(service => service.GetAsync(search, cancellationToken), cancellationToken);

    public Task<TrialPage> GetTrialsAsync(SearchQueries.GetTrials query, CancellationToken cancellationToken) =>
        ReadAsync(service => service.GetTrialsAsync(query, cancellationToken), cancellationToken);

    public Task<SearchSpecView> GetSpecAsync(SearchId search, CancellationToken cancellationToken) =>
        ReadAsync(service => service.GetSpecAsync(search, cancellationToken), cancellationToken);

    public Task<TraceView> GetTraceAsync(TraceQuery query, CancellationToken cancellationToken) =>
        ReadAsync(service => service.GetTraceAsync(query, cancellationToken), cancellationToken);

    public Task<ClusterView> GetClusterAsync(CancellationToken cancellationToken) =>
        ReadAsync(service => service.GetClusterAsync(cancellationToken), cancellationToken);

    public Task<SearchDetail> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken) =>
        Commands.SubmitAsync(request, cancellationToken);

    public Task<SearchReplies.CommandAccepted> PauseAsync(SearchId search, CancellationToken cancellationToken) =>
        Commands.PauseAsync(search, cancellationToken);

    public Task<SearchReplies.CommandAccepted> ResumeAsync(SearchId search, ResumeRequest request, CancellationToken cancellationToken) =>
        Commands.ResumeAsync(search, request, cancellationToken);

    public Task<SearchReplies.CommandAccepted> PrioritiseAsync(
        SearchId search, PriorityRequest request, CancellationToken cancellationToken) =>
        Commands.PrioritiseAsync(search, request, cancellationToken);

    public Task<SearchReplies.CommandAccepted> StopAsync(SearchId search, StopRequest request, CancellationToken cancellationToken) =>
        Commands.StopAsync(search, request, cancellationToken);

    public Task<SearchReplies.SearchRemoved> DeleteAsync(SearchId search, CancellationToken cancellationToken) =>
        Commands.DeleteAsync(search, cancellationToken);

    public Task<WorkerView> DrainAsync(WorkerId worker, DrainRequest request, CancellationToken cancellationToken) =>
        Commands.DrainAsync(worker, request, cancellationToken);

    public Task<WorkerView> UndrainAsync(WorkerId worker, CancellationToken cancellationToken) =>
        Commands.UndrainAsync(worker, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    // A coordinator that says it is ready and breaks off each answer is asked no third time where the journal can be.
    private async Task<T> ReadAsync<T>(Func<ISearchService, Task<T>> read, CancellationToken cancellation)
    {
        for (var hasLooked = false; ; hasLooked = true)
        {
            try
            {
                return await read(Reader.Service);
            }
            catch (SearchServiceException gone)
                when (gone.Problem.Code == ProblemCodes.NotReachable && Reader.Kind == ConnectionKind.Http)
            {
                _connections.Add(hasLooked && openJournal is not null ? openJournal() : await lookAgain(cancellation));
            }
        }
    }
}
