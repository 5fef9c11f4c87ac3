using SearchCluster.Search.Sampling.Bohb;
using SearchCluster.Search.Sampling.Encoding;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.Bohb;

public sealed class BohbSamplerConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => new BohbSampler(spec);
}

public sealed class BohbSamplerTests
{
    private static readonly DateTimeOffset At = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SearchSpec Spec = SampleSpaces.Spec("mixed") with
    {
        Space = new([new("x", new RealDomain(0, 1)), new("y", new RealDomain(0, 1))]),
        Algorithm = new("bohb", ParameterValues.Empty),
    };

    /// <summary>Suggests trials and trains each to a level, where it pauses; the loss at level r is near at low levels and far from the truth.</summary>
    private static SearchState Train(SearchState state, ISampler sampler, params int[] levels)
    {
        foreach (var level in levels)
        {
            var id = new TrialId(state.Trials.Count);
            var suggestion = sampler.Suggest(SearchView.Of(state), new SuggestionContext(id, 1, Spec.Seed)).Suggestions[0];
            state = SearchEvolver.Apply(state, new SearchEvents.TrialSuggested(Spec.Name, id, suggestion.Values, 0, suggestion.Origin, At));
            state = SearchEvolver.Apply(state, new SearchEvents.AttemptStarted(Spec.Name, WorkItem.Trial(id), 1, id.Number + 1, new WorkerId("w"), "p", "cpu", At));
            for (var resource = 1; resource <= level; resource++)
            {
                var metrics = ValueMap<double>.Empty.With("value", Loss(suggestion.Values, resource));
                state = SearchEvolver.Apply(state, new SearchEvents.MeasurementReported(Spec.Name, id, id.Number + 1, resource, new Measurement(resource, metrics, TimeSpan.Zero), null, At));
            }

            state = SearchEvolver.Apply(state, new SearchEvents.AttemptEnded(Spec.Name, WorkItem.Trial(id), id.Number + 1, AttemptEnd.Paused, null, level, At));
        }

        return state;
    }

    // At level 1 small x is best, from level 3 on large x.
    private static double Loss(ParameterValues values, int resource) => resource < 3 ? Number(values, "x") : 1 - Number(values, "x");

    private static double Number(ParameterValues values, string name) => values.TryGet(name, out var value) && value.TryGetNumber(out var number) ? number : double.NaN;

    private static LevelObservations Observe(SearchState state, int minimum)
    {
        var observations = new LevelObservations(new SpaceEncoding(Spec.Space), minimum);
        observations.Update(SearchView.Of(state));
        return observations;
    }

    [Fact]
    public void Learns_from_the_largest_level_that_enough_trials_reached()
    {
        var state = Train(SampleSearches.New(Spec), new BohbSampler(Spec), 1, 3, 3, 9, 1, 9, 27);

        (Observe(state, 1).Level, Observe(state, 3).Level, Observe(state, 5).Level, Observe(state, 6).Level, Observe(state, 8).Level).ShouldBe((27, 9, 3, 1, 0));
        var atThree = Observe(state, 5);
        (atThree.Ranked.Count, atThree.Pending.Count).ShouldBe((5, 2));
        atThree.Ranked.Loss(0).ShouldBe(1 - atThree.Ranked.Point(0)[0], 1e-12);
    }

    [Fact]
    public void Ranks_failed_trials_last_at_every_level()
    {
        var state = Train(SampleSearches.New(Spec), new BohbSampler(Spec), 3, 3, 3);
        state = SearchEvolver.Apply(state, new SearchEvents.TrialFinished(Spec.Name, new TrialId(1), 2, TrialState.Failed, null, null, null, At, 9));

        var observations = Observe(state, 2);

        (observations.Level, observations.Ranked.Count, observations.Ranked.FiniteCount).ShouldBe((3, 3, 2));
    }

    [Fact]
    public void A_cache_that_saw_every_step_equals_one_made_anew()
    {
        var state = SampleSearches.New(Spec);
        var sampler = new BohbSampler(Spec);
        foreach (var level in new[] { 1, 1, 1, 3, 3, 1, 3, 9, 3, 9, 9, 1, 27, 27, 27, 1 })
        {
            state = Train(state, sampler, level);
            var context = new SuggestionContext(new TrialId(state.Trials.Count), 4, Spec.Seed);

            sampler.Suggest(SearchView.Of(state), context).Suggestions.ShouldBe(new BohbSampler(Spec).Suggest(SearchView.Of(state), context).Suggestions);
        }
    }

    [Fact]
    public void Prefers_what_is_good_at_the_modelled_level_and_draws_a_third_at_random()
    {
        var sampler = new BohbSampler(Spec);
        var state = Train(SampleSearches.New(Spec), sampler, [.. Enumerable.Repeat(3, 60)]);

        var later = state.Trials.Skip(20).ToList();

        var modelled = later.Where(trial => trial.Origin.Explanation!.StartsWith("density ratio", StringComparison.Ordinal)).ToList();
        modelled.Average(trial => Number(trial.Values, "x")).ShouldBeGreaterThan(0.75);
        later.Count(trial => trial.Origin.Explanation!.StartsWith("drawn at random", StringComparison.Ordinal)).ShouldBeInRange(6, 21);
        (modelled.Count + later.Count(trial => trial.Origin.Explanation!.StartsWith("drawn at random", StringComparison.Ordinal))).ShouldBe(40);
        modelled[^1].Origin.Explanation!.ShouldEndWith("losses at resource 3");
    }
}
