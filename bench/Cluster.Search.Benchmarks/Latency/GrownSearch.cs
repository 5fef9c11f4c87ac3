using SearchCluster.Search.Sampling;

namespace SearchCluster.Search.Benchmarks.Latency;

/// <summary>A search over ten mixed parameters with many finished trials, made of events: random ones first,
/// then those a sampler asks for.</summary>
internal sealed class GrownSearch
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;
    private readonly SearchSpec _spec;
    private readonly ISampler _sampler;
    private readonly RandomStream _noise = new(7);
    private SearchState _state;

    public GrownSearch(string algorithm, int finished, ParameterValues options)
    {
        _spec = new SearchSpec
        {
            Name = new SearchId("latency"),
            Workload = new WorkloadSpec("function", ParameterValues.Empty),
            Objective = new ObjectiveSpec("value", Direction.Minimize),
            Space = Space,
            Budget = new BudgetSpec(1_000_000),
            Algorithm = new AlgorithmSpec(algorithm, options),
            Seed = 1,
        };
        _sampler = SamplerCatalog.Create(_spec);
        _state = SearchEvolver.Apply(null, new SearchEvents.SearchSubmitted(_spec.Name, _spec, "", null, At));
        var random = SamplerCatalog.Create(_spec with { Algorithm = new AlgorithmSpec("random", ParameterValues.Empty) });
        while (_state.Trials.Count < finished)
        {
            AskAndTell(random);
        }
    }

    private static SearchSpace Space => new(
    [
        .. Enumerable.Range(0, 5).Select(i => new ParameterSpec($"x{i}", new RealDomain(-1, 1))),
        new("lr", new RealDomain(1e-6, 1, IsLog: true)),
        new("wd", new RealDomain(1e-8, 1e-1, IsLog: true)),
        new("layers", new IntegerDomain(1, 8)),
        new("units", new IntegerDomain(16, 1024, IsLog: true)),
        new("act", new ItemDomain([ParameterValue.Text("relu"), ParameterValue.Text("tanh"), ParameterValue.Text("gelu")])),
    ]);

    /// <summary>Asks for a trial and tells its result.</summary>
    public void AskAndTell() => AskAndTell(_sampler);

    private void AskAndTell(ISampler sampler)
    {
        var id = new TrialId(_state.Trials.Count);
        var batch = sampler.Suggest(SearchView.Of(_state), new SuggestionContext(id, 1, _spec.Seed));
        var values = batch.Suggestions[0].Values;
        var loss = Loss(values);
        Apply(new SearchEvents.TrialSuggested(_spec.Name, id, values, 0, batch.Suggestions[0].Origin, At));
        Apply(new SearchEvents.AttemptStarted(_spec.Name, WorkItem.Trial(id), 1, id.Number + 1, new WorkerId("w"), "1", "cpu", At));
        var result = new TrialResult(loss, 1, 1, ValueMap<double>.Empty.With("value", loss), TimeSpan.Zero, false);
        Apply(new SearchEvents.TrialFinished(_spec.Name, id, id.Number + 1, TrialState.Completed, result, null, null, At, 1));
    }

    // A bowl with a ripple and a little noise: neither trivial nor flat.
    private double Loss(ParameterValues values)
    {
        var sum = 0.01 * _noise.NextGaussian();
        foreach (var (name, value) in values.Entries)
        {
            if (!value.TryGetNumber(out var number))
            {
                sum += value.ToString() == "gelu" ? 0 : 0.3;
                continue;
            }

            var place = name switch
            {
                "lr" => Math.Log10(number) + 3,
                "wd" =>
                Math.Log10(number) + 4,
                "units" => Math.Log2(number) - 8,
                "layers" => (number - 3) / 4,
                _ => number - 0.2
            };
            sum += (0.2 * place * place) + (0.05 * Math.Sin(5 * place));
        }

        return sum;
    }

    private void Apply(ISearchEvent searchEvent) => _state = SearchEvolver.Apply(_state, searchEvent);
}
