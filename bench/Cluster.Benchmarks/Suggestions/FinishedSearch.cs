using SearchCluster.Search.Sampling;
using SearchCluster.Search.Searches;

namespace SearchCluster.Benchmarks.Suggestions;

/// <summary>A search over ten parameters with any number of finished trials, made from events as a replay makes it.</summary>
internal static class FinishedSearch
{
    private const int Pending = 16;
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    public static SearchSpec Spec(string algorithm) => new(
        new SearchId("suggest"),
        new WorkloadSpec("function", ParameterValues.Empty),
        new ObjectiveSpec("value", Direction.Minimize),
        new SearchSpace([.. Parameters()]),
        new BudgetSpec(Trials: 100_000),
        new AlgorithmSpec(algorithm, ParameterValues.Empty),
        Seed: 42);

    /// <summary>Replays the events of so many finished trials and of sixteen that run.</summary>
    public static SearchView View(SearchSpec spec, ISampler sampler, int finished)
    {
        var state = SearchEvolver.Apply(null, new SearchEvents.SearchSubmitted(spec.Name, spec, "", null, Start));
        var suggested = sampler.Suggest(SearchView.Of(state), new SuggestionContext(new TrialId(0), finished + Pending, spec.Seed));
        for (var i = 0; i < suggested.Suggestions.Length; i++)
        {
            state = Events(spec.Name, i, suggested.Suggestions[i], isFinished: i < finished).Aggregate(state, SearchEvolver.Apply);
        }

        return SearchView.Of(state);
    }

    // Four reals, two of them logarithmic, three whole numbers, two lists and a truth value; as a grid about 10^8 points.
    private static IEnumerable<ParameterSpec> Parameters() =>
    [
        new("dropout", new RealDomain(0, 0.6), GridPoints: 7),
        new("momentum", new RealDomain(0, 0.99), GridPoints: 5),
        new("learningRate", new RealDomain(1e-5, 1e-1, IsLog: true), GridPoints: 9),
        new("reg", new RealDomain(1e-7, 1e-2, IsLog: true), GridPoints: 6),
        new("numLayers", new IntegerDomain(1, 6)),
        new("hiddenSize", new IntegerDomain(8, 512, IsLog: true), GridPoints: 7),
        new("batchSize", new IntegerDomain(16, 256, Step: 16)),
        new("optimizer", Items("adam", "sgd", "momentum", "rmsprop")),
        new("activation", Items("relu", "leaky-relu", "tanh", "sigmoid")),
        new("augment", new BooleanDomain()),
    ];

    private static ItemDomain Items(params string[] names) => new([.. names.Select(ParameterValue.Text)]);

    private static IEnumerable<ISearchEvent> Events(SearchId search, int number, Suggestion suggestion, bool isFinished)
    {
        var (trial, at) = (new TrialId(number), Start.AddSeconds(number));
        var loss = 1.0 / (1 + (number * 7919 % 1009));
        var metrics = new ValueMap<double>([new("value", loss)]);
        yield return new SearchEvents.TrialSuggested(search, trial, suggestion.Values, (ulong)number, suggestion.Origin, at);
        yield return new SearchEvents.AttemptStarted(search, WorkItem.Trial(trial), 1, number + 1, new WorkerId("w1"), "1", "cpu", at);
        if (isFinished)
        {
            yield return new SearchEvents.MeasurementReported(search, trial, number + 1, 1, new Measurement(1, metrics, TimeSpan.FromSeconds(1)), null, at);
            var result = new TrialResult(loss, 1, 1, metrics, TimeSpan.FromSeconds(1), HasModel: false);
            yield return new SearchEvents.TrialFinished(search, trial, number + 1, TrialState.Completed, result, TrainingStop.AllEpochs, null, at, 2);
        }
    }
}
