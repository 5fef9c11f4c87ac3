using SearchCluster.Search.Sampling;
using SearchCluster.Search.Searches;
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

        var inOne = SuggestUpTo(spec, 40).Select(s => s.Values).ToArray();
        var oneByOne = Enumerable.Range(0, inOne.Length).Select(n => Suggest(Create(spec), spec, n, 1).Suggestions[0].Values);

        oneByOne.ShouldBe(inOne);
    }

    [Fact]
    public void Serves_a_space_of_one_point()
    {
        var spec = SampleSpaces.Spec("one-point");

        SuggestUpTo(spec, 1)[0].Values.ShouldBe(new ParameterValues([
            KeyValuePair.Create("x", ParameterValue.Real(2)), KeyValuePair.Create("n", ParameterValue.Integer(-3)), KeyValuePair.Create("a", ParameterValue.Text("only"))]));
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
