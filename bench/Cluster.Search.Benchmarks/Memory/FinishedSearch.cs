using SearchCluster.Search.Sampling;

namespace SearchCluster.Search.Benchmarks.Memory;

/// <summary>A search over ten parameters with finished trials, made from events as a replay makes it.</summary>
internal static class FinishedSearch
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    public static SearchSpec Spec(string algorithm, int trials) => new()
    {
        Name = new SearchId("memory"),
        Workload = new WorkloadSpec("function", ParameterValues.Empty),
        Objective = new ObjectiveSpec("val/loss", Direction.Minimize),
        Space = new SearchSpace([.. Parameters()]),
        Budget = new BudgetSpec(trials),
        Algorithm = new AlgorithmSpec(algorithm, ParameterValues.Empty),
        Seed = 42,
    };

    public static SearchState Replay(SearchSpec spec, int trials, int measurements)
    {
        var state = SearchEvolver.Apply(null, new SearchEvents.SearchSubmitted(spec.Name, spec, "", null, Start));
        var random = SamplerCatalog.Create(spec with { Algorithm = new AlgorithmSpec("random", ParameterValues.Empty) });
        for (var i = 0; i < trials; i++)
        {
            var suggestion = random.Suggest(SearchView.Of(state), new SuggestionContext(new TrialId(i), 1, spec.Seed)).Suggestions[0];
            state = Events(spec.Name, i, suggestion, measurements).Aggregate(state, SearchEvolver.Apply);
        }

        return state;
    }

    private static IEnumerable<ISearchEvent> Events(SearchId search, int number, Suggestion suggestion, int measurements)
    {
        var (trial, at) = (new TrialId(number), Start.AddSeconds(number));
        var loss = 1.0 / (1 + (number * 7919 % 1009));
        ValueMap<double> Metrics() => new([new("train/loss", loss), new("val/accuracy", 1 - loss), new("val/loss", loss)]);
        yield return new SearchEvents.TrialSuggested(search, trial, suggestion.Values, (ulong)number, suggestion.Origin, at);
        yield return new SearchEvents.AttemptStarted(search, WorkItem.Trial(trial), 1, number + 1, new WorkerId("w1"), "1", "cpu", at);
        for (var epoch = 1; epoch <= measurements; epoch++)
        {
            yield return new SearchEvents.MeasurementReported(
                search, trial, number + 1, epoch, new Measurement(epoch, Metrics(), TimeSpan.FromSeconds(epoch)), null, at);
        }

        var result = new TrialResult(loss, 1, measurements, Metrics(), TimeSpan.FromSeconds(1), HasModel: true);
        yield return new SearchEvents.TrialFinished(
            search, trial, number + 1, TrialState.Completed, result, TrainingStop.AllEpochs, null, at, measurements + 1);
    }

    private static IEnumerable<ParameterSpec> Parameters() =>
    [
        new("dropout", new RealDomain(0, 0.6)),
        new("momentum", new RealDomain(0, 0.99)),
        new("learningRate", new RealDomain(1e-5, 1e-1, IsLog: true)),
        new("reg", new RealDomain(1e-7, 1e-2, IsLog: true)),
        new("numLayers", new IntegerDomain(1, 6)),
        new("hiddenSize", new IntegerDomain(8, 512, IsLog: true)),
        new("batchSize", new IntegerDomain(16, 256, Step: 16)),
        new("optimizer", new ItemDomain([.. Functions.TestProblem.Words("adam", "sgd", "momentum", "rmsprop")])),
        new("activation", new ItemDomain([.. Functions.TestProblem.Words("relu", "leaky-relu", "tanh", "sigmoid")])),
        new("augment", new BooleanDomain()),
    ];
}
