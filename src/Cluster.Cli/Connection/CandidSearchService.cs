using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Connection;

/// <summary>Tells that a search is damaged before it shows what is left of it: half of the trials would look like all of them.</summary>
/// <remarks>Also tells what a person has to know about the answers as soon as it holds: whoever answers may change between two of
/// them.</remarks>
internal sealed class CandidSearchService : ISearchService
{
    private readonly HashSet<SearchId> _known = [];
    private readonly ISearchConnection _connection;
    private readonly Action<string> _warn;
    private readonly Action<string> _note;
    private string? _noted;

    /// <summary>Tells what holds now.</summary>
    /// <param name="connection">Answers.</param>
    /// <param name="warn">Told once for each damaged search.</param>
    /// <param name="note">Told each notice of the connection once.</param>
    public CandidSearchService(ISearchConnection connection, Action<string> warn, Action<string> note)
    {
        (_connection, _warn, _note) = (connection, warn, note);
        TellNotice();
    }

    public async Task<SearchDetail> GetAsync(SearchId search, CancellationToken cancellationToken)
    {
        var detail = await ToldAsync(_connection.Service.GetAsync(search, cancellationToken));
        if (_known.Add(search) && detail.Damage is { } damage)
        {
            _warn($"{damage.Describe()}\n  what follows is from before the damage");
        }

        return detail;
    }

    public async Task<TrialPage> GetTrialsAsync(SearchQueries.GetTrials query, CancellationToken cancellationToken)
    {
        await LookAsync(query.SearchId, cancellationToken);
        return await ToldAsync(_connection.Service.GetTrialsAsync(query, cancellationToken));
    }

    public async Task<SearchSpecView> GetSpecAsync(SearchId search, CancellationToken cancellationToken)
    {
        await LookAsync(search, cancellationToken);
        return await ToldAsync(_connection.Service.GetSpecAsync(search, cancellationToken));
    }

    public async Task<TraceView> GetTraceAsync(TraceQuery query, CancellationToken cancellationToken)
    {
        await LookAsync(query.SearchId, cancellationToken);
        return await ToldAsync(_connection.Service.GetTraceAsync(query, cancellationToken));
    }

    public Task<SearchList> ListAsync(CancellationToken cancellationToken) => ToldAsync(_connection.Service.ListAsync(cancellationToken));

    public Task<ClusterView> GetClusterAsync(CancellationToken cancellationToken) =>
        ToldAsync(_connection.Service.GetClusterAsync(cancellationToken));

    public Task<SearchDetail> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken) =>
        _connection.Service.SubmitAsync(request, cancellationToken);

    public Task<SearchReplies.CommandAccepted> PauseAsync(SearchId search, CancellationToken cancellationToken) =>
        _connection.Service.PauseAsync(search, cancellationToken);

    public Task<SearchReplies.CommandAccepted> ResumeAsync(SearchId search, ResumeRequest request, CancellationToken cancellationToken) =>
        _connection.Service.ResumeAsync(search, request, cancellationToken);

    public Task<SearchReplies.CommandAccepted> PrioritiseAsync(
        SearchId search, PriorityRequest request, CancellationToken cancellationToken) =>
        _connection.Service.PrioritiseAsync(search, request, cancellationToken);

    public Task<SearchReplies.CommandAccepted> StopAsync(SearchId search, StopRequest request, CancellationToken cancellationToken) =>
        _connection.Service.StopAsync(search, request, cancellationToken);

    public Task<SearchReplies.SearchRemoved> DeleteAsync(SearchId search, CancellationToken cancellationToken) =>
        _connection.Service.DeleteAsync(search, cancellationToken);

    public Task<WorkerView> DrainAsync(WorkerId worker, DrainRequest request, CancellationToken cancellationToken) =>
        _connection.Service.DrainAsync(worker, request, cancellationToken);

    public Task<WorkerView> UndrainAsync(WorkerId worker, CancellationToken cancellationToken) =>
        _connection.Service.UndrainAsync(worker, cancellationToken);

    private async Task<T> ToldAsync<T>(Task<T> asked)
    {
        var answer = await asked;
        TellNotice();
        return answer;
    }

    private void TellNotice()
    {
        if (_connection.Notice is { } notice && notice != _noted)
        {
            _noted = notice;
            _note(notice);
        }
    }

    private async Task LookAsync(SearchId search, CancellationToken cancellationToken)
    {
        if (!_known.Contains(search))
        {
            await GetAsync(search, cancellationToken);
        }
    }
}
