using System.Numerics;
using SearchCluster.Search.Sampling.Grid;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling.Grid;

public sealed class SpreadGridConformance : SamplerConformance
{
    protected override IEnumerable<string> LargeSpaces => ["fifty"];

    protected override ISampler Create(SearchSpec spec) => new GridSampler(spec.Space, new GridOptions { Order = GridOrder.Spread });
}

public sealed class GridOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(97)]
    [InlineData(1_000)]
    public void A_spread_order_meets_every_number_once(int count)
    {
        var order = new SpreadOrder(count, seed: 5);

        Enumerable.Range(0, count).Select(i => (int)order.At(i)).Order().ShouldBe(Enumerable.Range(0, count));
    }

    [Fact]
    public void A_grid_beyond_all_counting_has_an_order_too()
    {
        var order = new SpreadOrder(BigInteger.Pow(10, 50), ulong.MaxValue);

        Enumerable.Range(0, 1_000).Select(i => order.At(i)).Distinct().Count().ShouldBe(1_000);
    }

    [Fact]
    public void A_tenth_of_a_spread_grid_has_seen_nearly_every_value_of_every_parameter()
    {
        SearchSpace space = new([new("a", new IntegerDomain(1, 12)), new("b", new IntegerDomain(1, 12))]);
        var sampler = new GridSampler(space, new GridOptions { Order = GridOrder.Spread });
        var spec = SampleSpaces.Spec("mixed") with { Space = space };

        var first = sampler.Suggest(SearchView.Of(SampleSearches.New(spec)), new SuggestionContext(new TrialId(0), 14, 3)).Suggestions;

        Values(first, "a").ShouldBeGreaterThanOrEqualTo(10);
        Values(first, "b").ShouldBeGreaterThanOrEqualTo(10);
    }

    private static int Values(IEnumerable<Suggestion> suggestions, string name) =>
        suggestions.Select(suggestion => suggestion.Values.Entries.Single(entry => entry.Key == name).Value).Distinct().Count();
}
