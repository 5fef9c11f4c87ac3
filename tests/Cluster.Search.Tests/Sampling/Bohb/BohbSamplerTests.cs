using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.Bohb;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.Bohb;

public sealed class BohbSamplerConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => new BohbSampler(spec, new BohbOptions());
}

public sealed class BohbWithProcessConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => new BohbSampler(spec, new BohbOptions { Model = BohbModel.Gp });
}

public sealed class BohbSamplerTests
{
    private static readonly DateTimeOffset At = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SearchSpec Spec = SampleSpaces.Spec("mixed") with
    {
        Space = new([new("x", new RealDomain(0, 1)), new("y", new RealDomain(0, 1))]),
        Algorithm = new("bohb", ParameterValues.Empty),
    };

    internal static SearchSpec WithModel(SearchSpec spec, string model) =>
        spec with { Algorithm = new("bohb", ParameterValues.Empty.With("model", ParameterValue.Text(model))) };

    /// <summary>Suggests trials and trains each to a level, where it pauses; the loss at level r is near at low
    /// levels and far from the truth.</summary>
    private static SearchState Train(SearchState state, ISampler sampler, params int[] levels)
    {
        foreach (var level in levels)
        {
            var id = new TrialId(state.Trials.Count);
            var suggestion = sampler.Suggest(SearchView.Of(state), new SuggestionContext(id, 1, Spec.Seed)).Suggestions[0];
            state = SearchEvolver.Apply(state, new SearchEvents.TrialSuggested(Spec.Name, id, suggestion.Values, 0, suggestion.Origin, At));
            state = SearchEvolver.Apply(
                state, new SearchEvents.AttemptStarted(Spec.Name, WorkItem.Trial(id), 1, id.Number + 1, new WorkerId("w"), "p", "cpu", At));
            for (var resource = 1; resource <= level; resource++)
            {
                var metrics = ValueMap<double>.Empty.With("value", Loss(suggestion.Values, resource));
                state = SearchEvolver.Apply(state, new SearchEvents.MeasurementReported(
                    Spec.Name, id, id.Number + 1, resource, new Measurement(resource, metrics, TimeSpan.Zero), null, At));
            }

            state = SearchEvolver.Apply(state, new SearchEvents.AttemptEnded
            {
                SearchId = Spec.Name,
                Item = WorkItem.Trial(id),
                Fence = id.Number + 1,
                End = AttemptEnd.Paused,
                Resource = level,
                At = At,
            });
        }

        return state;
    }

    // At level 1 small x is best, from level 3 on large x.
    private static double Loss(ParameterValues values, int resource) => resource < 3 ? Number(values, "x") : 1 - Number(values, "x");

    private static double Number(ParameterValues values, string name) =>
        values.TryGet(name, out var value) && value.TryGetNumber(out var number) ? number : double.NaN;

    private static LevelObservations Observe(SearchState state, int minimum)
    {
        var observations = new LevelObservations(new SpaceEncoding(Spec.Space), minimum);
        observations.Update(SearchView.Of(state));
        return observations;
    }

    [Fact]
    public void Learns_from_the_largest_level_that_enough_trials_reached()
    {
        var state = Train(SampleSearches.New(Spec), new BohbSampler(Spec, new BohbOptions()), 1, 3, 3, 9, 1, 9, 27);

        (Observe(state, 1).Level, Observe(state, 3).Level, Observe(state, 5).Level, Observe(state, 6).Level, Observe(state, 8).Level)
            .ShouldBe((27, 9, 3, 1, 0));
        var atThree = Observe(state, 5);
        (atThree.Ranked.Count, atThree.Pending.Count).ShouldBe((5, 2));
        atThree.Ranked.Loss(0).ShouldBe(1 - atThree.Ranked.Point(0)[0], 1e-12);
    }

    [Fact]
    public void Ranks_trials_that_failed_before_the_level_last()
    {
        var state = Train(SampleSearches.New(Spec), new BohbSampler(Spec, new BohbOptions()), 3, 3, 1);
        state = Fail(Fail(state, 2, resource: 1), 1, resource: 3);

        var observations = Observe(state, 1);

        (observations.Level, observations.Ranked.Count, observations.Ranked.FiniteCount).ShouldBe((3, 3, 2));
    }

    [Fact]
    public void A_trial_counts_at_a_level_that_it_reached_whatever_becomes_of_it()
    {
        var state = Train(SampleSearches.New(Spec), new BohbSampler(Spec, new BohbOptions()), 3, 3, 3);
        var observations = Observe(state, 3);
        var losses = observations.InOrder.Values.Select(entry => entry.Loss).ToList();

        state = SearchEvolver.Apply(
            state, new SearchEvents.AttemptStarted(Spec.Name, WorkItem.Trial(new TrialId(0)), 2, 9, new WorkerId("w"), "p", "cpu", At));
        state = Fail(state, 1, resource: 3);
        observations.Update(SearchView.Of(state));

        observations.InOrder.Values.Select(entry => entry.Loss).ShouldBe(losses);
        Observe(state, 3).InOrder.Values.Select(entry => entry.Loss).ShouldBe(losses);
    }

    private static SearchState Fail(SearchState state, int trial, int resource) => SearchEvolver.Apply(
        state, new SearchEvents.TrialFinished(Spec.Name, new TrialId(trial), trial + 1, TrialState.Failed, null, null, null, At, resource));

    [Theory]
    [InlineData("tpe")]
    [InlineData("gp")]
    public void A_cache_that_saw_every_step_equals_one_made_anew(string model)
    {
        var spec = WithModel(Spec, model);
        var state = SampleSearches.New(spec);
        var sampler = SamplerCatalog.CreateBare(spec);
        foreach (var level in new[] { 1, 1, 1, 3, 3, 1, 3, 9, 3, 9, 9, 1, 27, 27, 27, 1 })
        {
            state = Train(state, sampler, level);
            var context = new SuggestionContext(new TrialId(state.Trials.Count), 4, Spec.Seed);

            sampler.Suggest(SearchView.Of(state), context).Suggestions
                .ShouldBe(SamplerCatalog.CreateBare(spec).Suggest(SearchView.Of(state), context).Suggestions);
        }
    }

    [Theory]
    [InlineData("tpe", "density ratio")]
    [InlineData("gp", "expected improvement")]
    public void Prefers_what_is_good_at_the_modelled_level_and_draws_a_third_at_random(string model, string reason)
    {
        var spec = WithModel(Spec, model);
        var sampler = SamplerCatalog.CreateBare(spec);
        var state = Train(SampleSearches.New(spec), sampler, [.. Enumerable.Repeat(3, 60)]);

        var later = state.Trials.Skip(20).ToList();

        var modelled = later.Where(trial => trial.Origin.Explanation!.StartsWith(reason, StringComparison.Ordinal)).ToList();
        modelled.Average(trial => Number(trial.Values, "x")).ShouldBeGreaterThan(0.75);
        later.Count(trial => trial.Origin.Explanation!.StartsWith("drawn at random", StringComparison.Ordinal)).ShouldBeInRange(6, 21);
        (modelled.Count + later.Count(
            trial => trial.Origin.Explanation!.StartsWith("drawn at random", StringComparison.Ordinal))).ShouldBe(40);
        modelled[^1].Origin.Explanation!.ShouldEndWith("losses at resource 3");
    }
}
