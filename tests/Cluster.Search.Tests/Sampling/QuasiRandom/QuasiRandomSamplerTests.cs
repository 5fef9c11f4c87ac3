using SearchCluster.Search.Sampling.QuasiRandom;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.QuasiRandom;

public sealed class SobolSamplerConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => QuasiRandomSampler.Sobol(spec);
}

public sealed class HaltonSamplerConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => QuasiRandomSampler.Halton(spec);
}

public sealed class LatinHypercubeSamplerConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => QuasiRandomSampler.LatinHypercube(spec);
}

public sealed class QuasiRandomSamplerTests
{
    private static ImmutableArray<Suggestion> Suggest(SearchSpec spec, int first, int count) => SamplerCatalog.Create(spec)
        .Suggest(SearchView.Of(SampleSearches.New(spec)), new SuggestionContext(new TrialId(first), count, spec.Seed)).Suggestions;

    [Theory]
    [InlineData("sobol")]
    [InlineData("halton")]
    [InlineData("lhs")]
    public void Leaves_the_first_points_to_the_trials_after_the_enqueued_ones(string name)
    {
        var spec = SampleSpaces.Spec("mixed") with { Algorithm = new(name, ParameterValues.Empty) };
        var enqueued = spec with
        {
            Enqueue = [ParameterValues.Empty, ParameterValues.Empty],
            Budget = new BudgetSpec(spec.Budget.Trials + 2),
        };

        Suggest(enqueued, 2, 20).Select(s => s.Values).ShouldBe(Suggest(spec, 0, 20).Select(s => s.Values));
    }

    // The sampler itself: the one of a search would also replace what was tried already.
    private static ImmutableArray<Suggestion> Bare(SearchSpec spec, int first, int count) => SamplerCatalog.CreateBare(spec)
        .Suggest(SearchView.Of(SampleSearches.New(spec)), new SuggestionContext(new TrialId(first), count, spec.Seed)).Suggestions;

    [Theory]
    [InlineData("sobol")]
    [InlineData("halton")]
    [InlineData("lhs")]
    public void Leaves_forbidden_points_out_and_goes_on_with_the_next_ones_of_the_sequence(string algorithm)
    {
        var spec = SampleSpaces.Spec("forbidden") with { Algorithm = new(algorithm, ParameterValues.Empty) };
        var free = Bare(spec with { Space = new(spec.Space.Parameters) }, 0, 256);

        var suggestions = Bare(spec, 0, 64);

        var expected = free.Where(point => !spec.Space.IsForbidden(point.Values)).Take(64).Select(point => point.Values).ToList();
        expected.Count.ShouldBe(64);
        suggestions.Select(s => s.Values).ShouldBe(expected);
        free.Take(64).ShouldContain(point => spec.Space.IsForbidden(point.Values));
        Bare(spec, 40, 24).Select(s => s.Values).ShouldBe(expected[40..], "whoever starts in the middle finds the same");
    }

    [Fact]
    public void Sobol_points_spread_over_a_categorical_parameter_evenly()
    {
        var spec = SampleSpaces.Spec("mixed") with { Algorithm = new("sobol", ParameterValues.Empty) };

        var counts = Suggest(spec, 0, 64).GroupBy(s => s.Values.Entries["layers"]).Select(g => g.Count());

        counts.ShouldBe([16, 16, 16, 16]);
    }
}
