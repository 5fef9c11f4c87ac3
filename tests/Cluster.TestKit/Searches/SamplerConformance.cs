using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling;
using SearchCluster.Search.View;
using Shouldly;
using Xunit;

namespace SearchCluster.TestKit.Searches;

/// <summary>What every sampler must do; subclassed once for each algorithm.</summary>
public abstract class SamplerConformance
{
    /// <summary>Spaces of every kind, all countable so that a grid can serve them as well.</summary>
    public static TheoryData<string> SpaceNames { get; } = [.. SampleSpaces.All.Keys];

    /// <summary>Makes the sampler under test.</summary>
    protected abstract ISampler Create(SearchSpec spec);

    /// <summary>The large spaces that the sampler can serve.</summary>
    protected virtual IEnumerable<string> LargeSpaces => ["fifty", "two-hundred"];

    [Theory]
    [MemberData(nameof(SpaceNames))]
    public void Suggests_only_configurations_of_the_space(string name)
    {
        var spec = SampleSpaces.Spec(name);

        var suggestions = SuggestUpTo(spec, 200);

        suggestions.ShouldNotBeEmpty();
        suggestions.ShouldAllBe(suggestion => spec.Space.Contains(suggestion.Values));
        suggestions.ShouldAllBe(suggestion => suggestion.Origin.Source == Create(spec).Name);
    }

    [Theory]
    [MemberData(nameof(SpaceNames))]
    public void Gives_the_same_answer_for_the_same_seed_whatever_the_size_of_the_batch(string name)
    {
        var spec = SampleSpaces.Spec(name);
        var search = new PlayedSearch(spec, Create(spec));
        var inOne = search.Propose(12).Suggestions.Select(s => s.Values).ToArray();

        // An adaptive sampler must see the earlier ones as pending, whether they come from the same answer or from an earlier one.
        for (var i = 0; i < inOne.Length; i++)
        {
            search.Ask().Values.ShouldBe(inOne[i]);
        }
    }

    [Theory]
    [MemberData(nameof(SpaceNames))]
    public void A_sampler_made_anew_suggests_what_one_that_was_there_all_along_does(string name)
    {
        var spec = SampleSpaces.Spec(name);
        var search = new PlayedSearch(spec, Create(spec));
        for (var i = 0; i < 30 && search.TryAsk(out var trial); i++)
        {
            // Trials finish out of order, some fail, some stay pending.
            search.TellLate(trial, i % 7 == 3 ? null : Loss(trial, spec), late: i % 3);
            var rebuilt = Create(spec).Suggest(search.View, search.Next(2));
            search.Propose(2).Suggestions.ShouldBe(rebuilt.Suggestions);
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void Goes_on_when_all_values_are_equal_or_all_trials_fail(double loss)
    {
        var spec = SampleSpaces.Spec("mixed");
        var search = new PlayedSearch(spec, Create(spec));
        for (var i = 0; i < 40; i++)
        {
            var trial = search.Ask();
            spec.Space.Contains(trial.Values).ShouldBeTrue();
            search.Tell(trial.Id, double.IsNaN(loss) ? null : loss);
        }
    }

    [Fact]
    public void Serves_spaces_of_fifty_numbers_and_of_two_hundred_parameters_with_conditions()
    {
        foreach (var name in LargeSpaces)
        {
            var spec = SampleSpaces.Large(name);
            var search = new PlayedSearch(spec, Create(spec));
            for (var i = 0; i < 30 && search.TryAsk(out var trial); i++)
            {
                spec.Space.Contains(trial.Values).ShouldBeTrue();
                search.Tell(trial.Id, Loss(trial, spec));
            }
        }
    }

    private static double Loss(ObservedTrial trial, SearchSpec spec)
    {
        var encoding = new SpaceEncoding(spec.Space);
        var point = new double[encoding.Dimensions];
        encoding.TryEncode(trial.Values, point).ShouldBeTrue();
        return point.Where(double.IsFinite).Sum(u => (u - 0.3) * (u - 0.3));
    }

    [Fact]
    public void Serves_a_space_of_one_point()
    {
        var spec = SampleSpaces.Spec("one-point");

        SuggestUpTo(spec, 1)[0].Values.ShouldBe(new ParameterValues([
            KeyValuePair.Create("x", ParameterValue.Real(2)), KeyValuePair.Create("n", ParameterValue.Integer(-3)), KeyValuePair.Create(
                "a", ParameterValue.Text("only"))]));
    }

    [Theory]
    [MemberData(nameof(SpaceNames))]
    public void Suggests_at_least_one_configuration_or_tells_why_not(string name)
    {
        var spec = SampleSpaces.Spec(name);

        foreach (var first in new[] { 0, 1_000, 1_000_000 })
        {
            var batch = Suggest(Create(spec), spec, first, 3);
            batch.Suggestions.Length.ShouldBeLessThanOrEqualTo(3);
            (batch.Suggestions.Length > 0 || batch.Exhausted is not null).ShouldBeTrue();
        }
    }

    [Fact]
    public void Tells_that_a_space_without_an_allowed_configuration_is_exhausted()
    {
        var space = new SearchSpace(
            [new("b", new BooleanDomain())],
            [new ForbiddenCombination([new Condition("b", new OneOfTest([ParameterValue.Boolean(true), ParameterValue.Boolean(false)]))])]);
        var spec = SampleSpaces.Spec("one-point") with { Space = space };

        var batch = Suggest(Create(spec), spec, 0, 3);

        batch.Suggestions.ShouldBeEmpty();
        batch.Exhausted.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Answers_for_a_search_with_finished_failed_diverged_and_pending_trials()
    {
        var spec = SampleSpaces.Spec("mixed");
        var state = SampleSearches.WithEveryKindOfTrial(spec);

        var batch = Create(spec).Suggest(SearchView.Of(state), new SuggestionContext(new TrialId(state.Trials.Count), 2, spec.Seed));

        batch.Suggestions.ShouldAllBe(suggestion => spec.Space.Contains(suggestion.Values));
        (batch.Suggestions[0].Origin.Observed, batch.Suggestions[0].Origin.Pending).ShouldBe((4, 2));
    }

    private List<Suggestion> SuggestUpTo(SearchSpec spec, int count) => [.. Suggest(Create(spec), spec, 0, count).Suggestions];

    private static SuggestionBatch Suggest(ISampler sampler, SearchSpec spec, int first, int count) =>
        sampler.Suggest(SearchView.Of(SampleSearches.New(spec)), new SuggestionContext(new TrialId(first), count, spec.Seed));
}
