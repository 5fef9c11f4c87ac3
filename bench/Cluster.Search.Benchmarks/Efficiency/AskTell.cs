using SearchCluster.Search.Benchmarks.Functions;
using SearchCluster.Search.Sampling;

namespace SearchCluster.Search.Benchmarks.Efficiency;

/// <summary>Runs a sampler on a problem as a search does, with events instead of workers.</summary>
internal sealed class AskTell
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;
    private readonly TestProblem _problem;
    private readonly SearchSpec _spec;
    private readonly ISampler _sampler;
    private readonly RandomStream _noise;
    private SearchState _state;

    public AskTell(TestProblem problem, string algorithm, ulong seed, int trials, int concurrency, ParameterValues? options = null)
    {
        _problem = problem;
        _spec = new SearchSpec
        {
            Name = new SearchId("bench"),
            Workload = new WorkloadSpec("function", ParameterValues.Empty),
            Objective = new ObjectiveSpec("value", Direction.Minimize),
            Space = problem.Space,
            Budget = new BudgetSpec(trials),
            Algorithm = new AlgorithmSpec(algorithm, options ?? ParameterValues.Empty),
            Seed = seed,
            Resources = new ResourcesSpec(concurrency),
        };
        _sampler = SamplerCatalog.Create(_spec);
        _noise = new RandomStream(seed ^ 0x9E3779B97F4A7C15);
        _state = SearchEvolver.Apply(null, new SearchEvents.SearchSubmitted(_spec.Name, _spec, "", null, At));
    }

    /// <summary>Time spent in the sampler.</summary>
    public TimeSpan Suggesting { get; private set; }

    /// <summary>Asks and tells batches until the budget is used.</summary>
    /// <param name="batch">Trials asked for before any of their results is known.</param>
    /// <param name="trials">The budget.</param>
    /// <returns>After each trial: the noiseless value of the trial with the lowest observed value, minus the optimum.</returns>
    public double[] Run(int batch, int trials)
    {
        var regret = new List<double>();
        var (best, incumbent) = (double.PositiveInfinity, double.PositiveInfinity);
        while (regret.Count < trials)
        {
            foreach (var (id, values) in Ask(Math.Min(batch, trials - regret.Count)))
            {
                var value = _problem.Evaluate(values);
                var observed = value + (_problem.Noise * _noise.NextGaussian());
                Tell(id, observed);
                (best, incumbent) = observed < best ? (observed, value) : (best, incumbent);
                regret.Add(incumbent - _problem.Optimum);
            }
        }

        return [.. regret];
    }

    private List<(TrialId Id, ParameterValues Values)> Ask(int count)
    {
        var asked = new List<(TrialId, ParameterValues)>();
        while (asked.Count < count)
        {
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            var batch = _sampler.Suggest(
                SearchView.Of(_state), new SuggestionContext(new TrialId(_state.Trials.Count), count - asked.Count, _spec.Seed));
            Suggesting += System.Diagnostics.Stopwatch.GetElapsedTime(started);
            if (batch.Suggestions.IsEmpty)
            {
                throw new InvalidOperationException($"{_spec.Algorithm.Type} is exhausted on {_problem.Name}: {batch.Exhausted}");
            }

            if (batch.Narrowing is { } narrowing)
            {
                Apply(new SearchEvents.SpaceNarrowed(_spec.Name, narrowing, At));
            }

            foreach (var suggestion in batch.Suggestions)
            {
                var id = new TrialId(_state.Trials.Count);
                Apply(new SearchEvents.TrialSuggested(
                    _spec.Name, id, suggestion.Values, 0, suggestion.Origin, At, suggestion.DataFraction));
                asked.Add((id, suggestion.Values));
            }
        }

        return asked;
    }

    private void Tell(TrialId id, double value)
    {
        var metrics = ValueMap<double>.Empty.With("value", value);
        Apply(new SearchEvents.AttemptStarted(_spec.Name, WorkItem.Trial(id), 1, id.Number + 1, new WorkerId("w"), "1", "cpu", At));
        Apply(new SearchEvents.TrialFinished(
            _spec.Name,
            id,
            id.Number + 1,
            TrialState.Completed,
            new TrialResult(value, 1, 1, metrics, TimeSpan.Zero, false),
            null,
            null,
            At,
            1));
    }

    private void Apply(ISearchEvent searchEvent) => _state = SearchEvolver.Apply(_state, searchEvent);
}
