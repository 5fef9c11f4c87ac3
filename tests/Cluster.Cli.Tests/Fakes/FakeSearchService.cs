using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>Answers from memory and remembers what it was asked to do.</summary>
internal sealed class FakeSearchService : ISearchService
{
    /// <summary>Each look at a search takes the next of its states; the last one stays.</summary>
    public Dictionary<string, Queue<SearchDetail>> Searches { get; } = [];

    public List<TrialView> Trials { get; } = [];

    public SearchSpec Spec { get; set; } = Sample.Spec;

    public ClusterView Cluster { get; set; } = Sample.Cluster;

    public TraceView? Trace { get; set; }

    /// <summary>What all searches wait for.</summary>
    public string? Trouble { get; set; }

    public DateTimeOffset? TroubleSince { get; set; }

    public List<string> Calls { get; } = [];

    public SubmitRequest? Submitted { get; private set; }

    public ApiProblem? Refusal { get; set; }

    /// <summary>Runs before every answer; a test may cancel, throw or wait in it.</summary>
    public Func<CancellationToken, Task> BeforeAnswer { get; set; } = _ => Task.CompletedTask;

    public FakeSearchService With(params SearchDetail[] states)
    {
        Searches[states[0].SearchId.Value] = new(states);
        return this;
    }

    public async Task<SearchDetail> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken)
    {
        await AnswerAsync("submit", cancellationToken);
        Submitted = request;
        var states = SubmitGives ?? [Sample.Detail(), Sample.Detail(SearchLifecycle.Completed)];
        With(states);
        return states[0];
    }

    /// <summary>What a submission starts; null for a search that completes at the second look.</summary>
    public SearchDetail[]? SubmitGives { get; set; }

    public async Task<SearchList> ListAsync(CancellationToken cancellationToken)
    {
        await AnswerAsync("list", cancellationToken);
        return new(
            Searches.Values.Select(states => states.Peek().Summary).ToValueArray(), Trouble: Trouble, TroubleSince: TroubleSince);
    }

    public async Task<SearchDetail> GetAsync(SearchId search, CancellationToken cancellationToken)
    {
        await AnswerAsync($"get {search}", cancellationToken);
        if (!Searches.TryGetValue(search.Value, out var states))
        {
            throw new SearchServiceException(new ApiProblem("Not found", 404, "SC2000", $"There is no search named {search}."));
        }

        return states.Count > 1 ? states.Dequeue() : states.Peek();
    }

    public async Task<TrialPage> GetTrialsAsync(SearchQueries.GetTrials query, CancellationToken cancellationToken)
    {
        await AnswerAsync($"trials {query.SearchId} {query.FromTrial}", cancellationToken);
        return new(query.SearchId, Trials.Skip(query.FromTrial).Take(query.Limit).ToValueArray(), Trials.Count);
    }

    public async Task<SearchSpecView> GetSpecAsync(SearchId search, CancellationToken cancellationToken)
    {
        await AnswerAsync($"spec {search}", cancellationToken);
        return new(search, "version: 1", Spec);
    }

    public async Task<TraceView> GetTraceAsync(TraceQuery query, CancellationToken cancellationToken)
    {
        await AnswerAsync($"trace {query.SearchId}", cancellationToken);
        return Trace!;
    }

    public Task<SearchReplies.CommandAccepted> PauseAsync(SearchId search, CancellationToken cancellationToken) =>
        CommandAsync($"pause {search}", search, SearchLifecycle.Paused, cancellationToken);

    public Task<SearchReplies.CommandAccepted> ResumeAsync(SearchId search, ResumeRequest request, CancellationToken cancellationToken) =>
        CommandAsync(
            $"resume {search} +{request.Trials} +{request.Time} {request.Concurrency}", search, SearchLifecycle.Running, cancellationToken);

    public Task<SearchReplies.CommandAccepted> PrioritiseAsync(
        SearchId search, PriorityRequest request, CancellationToken cancellationToken) =>
        CommandAsync($"priority {search} {request.Priority}", search, SearchLifecycle.Running, cancellationToken);

    public Task<SearchReplies.CommandAccepted> StopAsync(SearchId search, StopRequest request, CancellationToken cancellationToken) =>
        CommandAsync($"stop {search} {request.Mode}", search, SearchLifecycle.Finishing, cancellationToken);

    public async Task<SearchReplies.SearchRemoved> DeleteAsync(SearchId search, CancellationToken cancellationToken)
    {
        await AnswerAsync($"delete {search}", cancellationToken);
        return new(search, AlreadyDone: !Searches.Remove(search.Value));
    }

    public async Task<ClusterView> GetClusterAsync(CancellationToken cancellationToken)
    {
        await AnswerAsync("cluster", cancellationToken);
        Cluster = Cluster with { Workers = Cluster.Workers.Select(Fewer).ToValueArray() };
        return Cluster;
    }

    /// <summary>What a drained worker still holds, look by look; null for nothing at once.</summary>
    public Queue<int>? HeldAfterDrain { get; set; }

    public Task<WorkerView> DrainAsync(WorkerId worker, DrainRequest request, CancellationToken cancellationToken) => ChangeAsync(
        $"drain {worker}{(request.GiveBack ? " now" : "")}",
        worker,
        view => view with { Drain = new(ImpatientClock.Start, request.GiveBack) },
        cancellationToken);

    public Task<WorkerView> UndrainAsync(WorkerId worker, CancellationToken cancellationToken) =>
        ChangeAsync($"undrain {worker}", worker, view => view with { Drain = null }, cancellationToken);

    private async Task<WorkerView> ChangeAsync(
        string call, WorkerId worker, Func<WorkerView, WorkerView> change, CancellationToken cancellation)
    {
        await AnswerAsync(call, cancellation);
        Cluster = Cluster with
        {
            Workers = Cluster.Workers.Select(view => view.Worker.WorkerId == worker ? Fewer(change(view)) : view).ToValueArray(),
        };
        return Cluster.Workers.FirstOrDefault(view => view.Worker.WorkerId == worker)
            ?? throw new SearchServiceException(
                new ApiProblem("No worker", 404, ProblemCodes.NoSuchWorker, $"There is no worker {worker}."));
    }

    private WorkerView Fewer(WorkerView view) => HeldAfterDrain is null || view.Drain is null
        ? view
        : view with { Held = view.Held.Take(HeldAfterDrain.Count > 0 ? HeldAfterDrain.Dequeue() : 0).ToValueArray() };

    private async Task<SearchReplies.CommandAccepted> CommandAsync(
        string call, SearchId search, SearchLifecycle state, CancellationToken cancellation)
    {
        await AnswerAsync(call, cancellation);
        return new(search, state);
    }

    private async Task AnswerAsync(string call, CancellationToken cancellation)
    {
        Calls.Add(call);
        await BeforeAnswer(cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (Refusal is { } refusal)
        {
            throw new SearchServiceException(refusal);
        }
    }
}
