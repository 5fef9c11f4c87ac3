using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Connection;

/// <summary>Tells that a search is damaged before it shows what is left of it: half of the trials would look like all of them.</summary>
/// <param name="inner">Answers.</param>
/// <param name="warn">Told once for each search.</param>
internal sealed class CandidSearchService(ISearchService inner, Action<string> warn) : ISearchService
{
    private readonly HashSet<SearchId> _known = [];

    public async Task<SearchDetail> GetAsync(SearchId search, CancellationToken cancellationToken)
    {
        var detail = await inner.GetAsync(search, cancellationToken);
        if (_known.Add(search) && detail.Damage is { } damage)
        {
            warn($"{damage.Describe()}\n  what follows is from before the damage");
        }

        return detail;
    }

    public async Task<TrialPage> GetTrialsAsync(SearchQueries.GetTrials query, CancellationToken cancellationToken)
    {
        await LookAsync(query.SearchId, cancellationToken);
        return await inner.GetTrialsAsync(query, cancellationToken);
    }

    public async Task<SearchSpecView> GetSpecAsync(SearchId search, CancellationToken cancellationToken)
    {
        await LookAsync(search, cancellationToken);
        return await inner.GetSpecAsync(search, cancellationToken);
    }

    public async Task<TraceView> GetTraceAsync(SearchId search, CancellationToken cancellationToken)
    {
        await LookAsync(search, cancellationToken);
        return await inner.GetTraceAsync(search, cancellationToken);
    }

    public Task<SearchList> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    public Task<ClusterView> GetClusterAsync(CancellationToken cancellationToken) => inner.GetClusterAsync(cancellationToken);

    public Task<SearchDetail> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken) =>
        inner.SubmitAsync(request, cancellationToken);

    public Task<SearchReplies.CommandAccepted> PauseAsync(SearchId search, CancellationToken cancellationToken) =>
        inner.PauseAsync(search, cancellationToken);

    public Task<SearchReplies.CommandAccepted> ResumeAsync(SearchId search, ResumeRequest request, CancellationToken cancellationToken) =>
        inner.ResumeAsync(search, request, cancellationToken);

    public Task<SearchReplies.CommandAccepted> StopAsync(SearchId search, StopRequest request, CancellationToken cancellationToken) =>
        inner.StopAsync(search, request, cancellationToken);

    public Task<SearchReplies.SearchRemoved> DeleteAsync(SearchId search, CancellationToken cancellationToken) =>
        inner.DeleteAsync(search, cancellationToken);

    private async Task LookAsync(SearchId search, CancellationToken cancellationToken)
    {
        if (!_known.Contains(search))
        {
            await GetAsync(search, cancellationToken);
        }
    }
}
