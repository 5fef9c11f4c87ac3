using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Options;
using SearchCluster.Coordinator.Reading;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Service;

/// <summary>The searches of this process; HTTP handlers and commands in the same process share it.</summary>
internal sealed class SearchService(ManagerClient manager, Submissions submissions, CoordinatorOptions options) : ISearchService
{
    private const int MostTrials = HttpLimits.MostTrials;

    public async Task<SearchDetail> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken) =>
        await GetAsync(await submissions.SubmitAsync(request, cancellationToken), cancellationToken);

    public Task<SearchList> ListAsync(CancellationToken cancellationToken) =>
        manager.AskAsync<SearchList>(new SearchManagerProtocol.ListSearches(), cancellationToken);

    public Task<SearchDetail> GetAsync(SearchId search, CancellationToken cancellationToken) =>
        manager.AskAsync<SearchDetail>(new SearchQueries.GetSearch(search), cancellationToken);

    public Task<TrialPage> GetTrialsAsync(SearchQueries.GetTrials query, CancellationToken cancellationToken) => query switch
    {
        { FromTrial: < 0 } =>
            throw Problems.Parameter(string.Create(CultureInfo.InvariantCulture, $"from is {query.FromTrial}, but must be at least 0.")),
        { Limit: < 1 or > MostTrials } => throw Problems.Parameter(
            string.Create(CultureInfo.InvariantCulture, $"limit is {query.Limit}, but must be 1 to {MostTrials}.")),
        _ => manager.AskAsync<TrialPage>(query, cancellationToken),
    };

    public Task<SearchSpecView> GetSpecAsync(SearchId search, CancellationToken cancellationToken) =>
        manager.AskAsync<SearchSpecView>(new SearchQueries.GetSpec(search), cancellationToken);

    public async Task<TraceView> GetTraceAsync(TraceQuery query, CancellationToken cancellationToken)
    {
        var detail = await GetAsync(query.SearchId, cancellationToken);
        return await Task.Run(() => TracePages.Read(options.StateFolder, query, detail.TraceId, cancellationToken), cancellationToken);
    }

    public Task<SearchReplies.CommandAccepted> PauseAsync(SearchId search, CancellationToken cancellationToken) =>
        manager.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.PauseSearch(search), cancellationToken);

    public Task<SearchReplies.CommandAccepted> ResumeAsync(SearchId search, ResumeRequest request, CancellationToken cancellationToken) =>
        manager.AskAsync<SearchReplies.CommandAccepted>(
            new SearchCommands.ResumeSearch(search, request.Trials, request.Time, request.Concurrency, request.DataSource),
            cancellationToken);

    public Task<SearchReplies.CommandAccepted> PrioritiseAsync(
        SearchId search, PriorityRequest request, CancellationToken cancellationToken) =>
        manager.AskAsync<SearchReplies.CommandAccepted>(
            new SearchCommands.PrioritiseSearch(search, request.Priority), cancellationToken);

    public Task<SearchReplies.CommandAccepted> StopAsync(SearchId search, StopRequest request, CancellationToken cancellationToken) =>
        manager.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.StopSearch(search, request.Mode), cancellationToken);

    public Task<SearchReplies.SearchRemoved> DeleteAsync(SearchId search, CancellationToken cancellationToken) =>
        manager.AskAsync<SearchReplies.SearchRemoved>(
            new SearchCommands.DeleteSearch(search, EvenIfUnfinished: !options.HasWorkers), cancellationToken);

    public Task<ClusterView> GetClusterAsync(CancellationToken cancellationToken) =>
        manager.AskAsync<ClusterView>(new SearchManagerProtocol.GetCluster(), cancellationToken);

    public Task<WorkerView> DrainAsync(WorkerId worker, DrainRequest request, CancellationToken cancellationToken) =>
        AskWorkerAsync(new(worker, IsDrained: true, request.GiveBack), cancellationToken);

    public Task<WorkerView> UndrainAsync(WorkerId worker, CancellationToken cancellationToken) =>
        AskWorkerAsync(new(worker, IsDrained: false), cancellationToken);

    private async Task<WorkerView> AskWorkerAsync(SearchManagerProtocol.DrainWorker command, CancellationToken cancellationToken)
    {
        var answer = await manager.AskAsync<DrainAnswer>(command, cancellationToken);
        return answer is { Worker: { } view, Refusal: null } ? view : throw Problems.Of(answer);
    }
}
