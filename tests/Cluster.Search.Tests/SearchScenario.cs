using SearchCluster.Search.Tests.Searches.Journals;

namespace SearchCluster.Search.Tests;

/// <summary>One search with its journal and a clock that moves when told; each decision is checked against a
/// replay of the journal.</summary>
internal sealed class SearchScenario
{
    private readonly ITrialScheduler _scheduler;
    private readonly long? _fenceBase;
    private SearchState? _state;

    public SearchScenario(SearchSpec spec, ITrialScheduler? scheduler = null, ISampler? sampler = null, long? fenceBase = null)
    {
        _fenceBase = fenceBase;
        Spec = spec;
        Sampler = sampler ?? SamplerCatalog.Create(spec);
        _scheduler = scheduler ?? TrialSchedulerCatalog.Create(spec);
        Send(new SearchCommands.SubmitSearch(spec.Name, spec, "text", null));
    }

    public SearchSpec Spec { get; }

    public ISampler Sampler { get; }

    public SearchState State => _state!;

    public List<ISearchEvent> Journal { get; } = [];

    public ImmutableArray<ISearchEvent> LastEvents { get; private set; } = [];

    public DateTimeOffset? StorageMendedAt { get; set; }

    public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static SearchScenario Of(int trials, string? ensemble = null, ITrialScheduler? scheduler = null) =>
        new(TestSpecs.Spec(trials, ensemble), scheduler);

    public IWithSearchId? Send(ISearchCommand command)
    {
        var decision = SearchDecider.Decide(_state, command, new DecisionContext(Now, _scheduler, _fenceBase, StorageMendedAt));
        _state = decision.Events.Aggregate(_state, SearchEvolver.Apply);
        Journal.AddRange(decision.Events);
        LastEvents = decision.Events;
        return decision.Reply;
    }

    public T Send<T>(ISearchCommand command) => Send(command).ShouldBeOfType<T>();

    /// <summary>Asks the sampler as the coordinator does, ahead of demand.</summary>
    public SearchScenario Suggest(int prefetch = 10)
    {
        while (State.SuggestionsWanted(prefetch) is { Count: > 0 } wanted)
        {
            var batch = Sampler.Suggest(SearchView.Of(State), new SuggestionContext(wanted.First, wanted.Count, Spec.Seed));
            Send(new SearchCommands.RecordSuggestions(Spec.Name, wanted.First, batch.Suggestions.ToValueArray(), batch.Exhausted));
        }

        return this;
    }

    public IReadOnlyList<WorkAssignment> Lease(int slots = 1, WorkerDescription? worker = null)
    {
        var leased = Send<SearchReplies.WorkLeased>(new SearchCommands.LeaseWork(Spec.Name, worker ?? TestSpecs.Worker(), slots));
        return [.. leased.Groups.SelectMany(group => group.Items)];
    }

    public LeaseKey LeaseOne() => Lease().ShouldHaveSingleItem().Lease;

    public IWithSearchId? Measure(LeaseKey lease, long seq, int resource, double value) =>
        Send(new SearchCommands.ReportMeasurement(lease, seq, TestSpecs.Measurement(resource, value), null));

    public IWithSearchId? Warn(LeaseKey lease, long seq, string text) =>
        Send(new SearchCommands.ReportWarning(lease, seq, WorkWarning.Of(text), null));

    public IWithSearchId? Report(LeaseKey lease, long seq, WorkOutcome outcome) =>
        Send(new SearchCommands.ReportOutcome(lease, seq, outcome, null));

    public IWithSearchId? Complete(LeaseKey lease, double value, long seq = 1) =>
        Report(lease, seq, new AttemptCompleted(TestSpecs.Result(value), TrainingStop.AllEpochs));

    /// <summary>Leases what runs alone in a worker's process.</summary>
    public IReadOnlyList<WorkAssignment> LeaseAlone() =>
        [.. Send<SearchReplies.WorkLeased>(new SearchCommands.LeaseWork(Spec.Name, TestSpecs.Worker(), 1, Alone: true))
            .Groups.SelectMany(group => group.Items)];

    public void Expire(LeaseKey lease) => Send(new SearchCommands.ExpireLease(lease, "The worker was not heard of."));

    /// <summary>The worker's process ended while others ran in it.</summary>
    public void ExpireTogether(params IEnumerable<LeaseKey> leases)
    {
        foreach (var lease in leases)
        {
            const string How = "The process of worker w1 was ended by signal 9 (SIGKILL) after 3 s.";
            Send(new SearchCommands.ExpireLease(lease, How, IsShared: true, "last words"));
        }
    }

    /// <summary>Runs trials one after the other until nothing is leased.</summary>
    public SearchScenario RunToEnd(Func<TrialAssignment, double> value)
    {
        while (Suggest().Lease() is [TrialAssignment assignment, ..])
        {
            Complete(assignment.Lease, value(assignment));
        }

        return this;
    }

    public TrialRecord Trial(int number) => State.Trials[number];

    public SearchState Replay() => Journal.Aggregate((SearchState?)null, SearchEvolver.Apply)!;

    public void ShouldReplay()
    {
        StateComparison.ShouldBeEqual(Replay(), State);
        StateComparison.ShouldBeEqual(SearchSnapshots.FromSnapshot(SearchSnapshots.ToSnapshot(State)), State);
    }
}
