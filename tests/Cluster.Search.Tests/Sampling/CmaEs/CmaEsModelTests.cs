using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.CmaEs;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.CmaEs;

public sealed class CmaEsModelTests
{
    private static readonly SearchSpec Spec = SampleSpaces.Spec("mixed") with
    {
        Space = new([new("x", new RealDomain(0, 1)), new("n", new IntegerDomain(0, 9))]),
    };

    [Fact]
    public void A_generation_is_complete_with_its_results_in_any_order()
    {
        var search = Play(Spec, new CmaEsOptions { Population = 4, Startup = 2 });

        // Two uniform draws, then four results of which two are late draws of the startup.
        var trials = search.AskBatch(4);
        trials.Reverse().ToList().ForEach(trial => search.Tell(trial.Id, trial.Id.Number));
        search.Next().ShouldStartWith("Generation 1 of run 1");
        search.AskBatch(2).ToList().ForEach(trial => search.Tell(trial.Id, 1));

        search.Next().ShouldStartWith("Generation 2 of run 1");
    }

    [Fact]
    public void A_generation_in_which_all_failed_changes_nothing()
    {
        var search = Play(Spec, new CmaEsOptions { Population = 4, Startup = 1, StepSize = 0.123 });
        search.Tell(search.Ask().Id, 1.0);

        search.AskBatch(4).ToList().ForEach(trial => search.Tell(trial.Id, null));

        search.Next().ShouldBe("Generation 2 of run 1: population 4, step size 0.123.");
    }

    [Theory]
    [InlineData(RestartStrategy.None, "of run 1: population 5")]
    [InlineData(RestartStrategy.Ipop, "of run 2: population 10")]
    [InlineData(RestartStrategy.Bipop, "of run 2: population 5")]
    public void A_flat_run_is_followed_by_another_one_where_wanted(RestartStrategy restart, string expected)
    {
        var search = Play(Spec, new CmaEsOptions { Population = 5, Startup = 5, Restart = restart });
        for (var i = 0; i < 140; i++)
        {
            search.Tell(search.Ask().Id, 1.0);
        }

        search.Next().ShouldContain(expected);
    }

    [Fact]
    public void The_place_inside_a_cell_is_found_again_from_the_trials_stream()
    {
        var options = new CmaEsOptions { Population = 4, Startup = 1 };
        var encoding = new SpaceEncoding(Spec.Space);
        var search = Play(Spec, options);
        search.Tell(search.Ask().Id, 1.0);
        var model = new CmaEsModel(encoding, options, null);
        model.Update(search.View, Spec.Seed);

        // Four integers are drawn from the first distribution; the mean then moves by their places, not by the middles of their cells.
        var drawn = Enumerable.Range(1, 4)
            .Select(n => model.Draw(SeedSequence.Stream(Spec.Seed, StreamPurpose.Suggestion, n))[1])
            .ToArray();
        var trials = search.AskBatch(4);
        trials.Zip(drawn).ShouldAllBe(pair => pair.Item1.Values.Entries["n"] == encoding.Axes[1].Decode(pair.Item2));
        drawn.ShouldAllBe(place => place != encoding.Axes[1].Snap(place));
    }

    [Fact]
    public void Observations_of_an_earlier_search_take_the_place_of_uniform_draws()
    {
        ParameterValues At(double x) => ParameterValues.Empty.With("x", ParameterValue.Real(x)).With("n", ParameterValue.Integer(3));
        var warm = Spec with
        {
            WarmStart = new(
            new("earlier"), Observations: [.. Enumerable.Range(0, 20).Select(i => new PriorObservation(At(i / 20.0), Math.Abs(i - 14)))])
        };

        var suggestions = Play(warm, new CmaEsOptions { StepSize = 0.01 }).Propose(20).Suggestions;

        suggestions.Average(s => s.Values.Entries["x"].TryGetNumber(out var x) ? x : 0).ShouldBe(0.7, 0.05);
    }

    private static Played Play(SearchSpec spec, CmaEsOptions options) =>
        new(spec, new CmaEsSampler(spec.Space, options, spec.Budget.Trials));

    /// <summary>A played search that tells what its next suggestion says of itself.</summary>
    private sealed class Played(SearchSpec spec, ISampler sampler)
    {
        private readonly PlayedSearch _search = new(spec, sampler);

        public SearchView View => _search.View;

        public ObservedTrial Ask() => _search.Ask();

        public IReadOnlyList<ObservedTrial> AskBatch(int count) => _search.AskBatch(count);

        public void Tell(TrialId trial, double? loss) => _search.Tell(trial, loss);

        public SuggestionBatch Propose(int count) => _search.Propose(count);

        public string Next() => _search.Propose(1).Suggestions[0].Origin.Explanation!;
    }
}
