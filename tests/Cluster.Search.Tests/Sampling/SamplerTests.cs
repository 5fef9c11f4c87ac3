using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.Grid;
using SearchCluster.Search.Sampling.Random;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling;

public sealed class RandomSamplerConformance : SamplerConformance
{
    protected override ISampler Create(SearchSpec spec) => new RandomSampler(spec.Space);
}

public sealed class GridSamplerConformance : SamplerConformance
{
    // Two hundred parameters whose conditions interact are a grid that nobody can count; the spec reader refuses it.
    protected override IEnumerable<string> LargeSpaces => ["fifty"];

    protected override ISampler Create(SearchSpec spec) => new GridSampler(spec.Space);
}

public sealed class CatalogTests
{
    [Fact]
    public void Each_sampler_has_the_name_of_its_entry()
    {
        // Auto takes the name of its choice; coarse-to-fine needs stages and has tests of its own.
        foreach (var name in SamplerCatalog.Names.Except(["auto", "coarse-to-fine"]))
        {
            SamplerCatalog.Create(SampleSpaces.Spec("mixed") with { Algorithm = new(name, ParameterValues.Empty) }).Name.ShouldBe(name);
        }
    }

    [Fact]
    public void An_unknown_sampler_is_refused_with_the_names_there_are()
    {
        var spec = SampleSpaces.Spec("mixed") with { Algorithm = new("gird", ParameterValues.Empty) };

        Should.Throw<ArgumentException>(() => SamplerCatalog.Create(spec)).Message
            .ShouldStartWith($"Algorithm \"gird\" does not exist; use one of {string.Join(", ", SamplerCatalog.Names)}.");
    }
}

public sealed class EnqueueSamplerTests
{
    private static readonly SearchSpec Spec = SampleSpaces.Spec("mixed") with
    {
        Enqueue = [
            ParameterValues.Empty.With("act", ParameterValue.Text("b")).With("layers", ParameterValue.Integer(2)),
            ParameterValues.Empty,
        ],
    };

    private static ImmutableArray<Suggestion> Suggest(SearchSpec spec, int first, int count) => SamplerCatalog.Create(spec)
        .Suggest(SearchView.Of(SampleSearches.New(spec)), new SuggestionContext(new TrialId(first), count, spec.Seed)).Suggestions;

    [Fact]
    public void Serves_the_entries_first_and_draws_what_they_leave_out()
    {
        var suggestions = Suggest(Spec, 0, 4);

        // The sampler of the later trials is asked when it can see the first ones.
        suggestions.Select(s => s.Origin.Source).ShouldBe(["enqueue", "enqueue"]);
        Suggest(Spec, 2, 2).Select(s => s.Origin.Source).ShouldBe(["random", "random"]);
        suggestions[0].Values.Entries["act"].ShouldBe(ParameterValue.Text("b"));
        suggestions[0].Values.Entries["layers"].ShouldBe(ParameterValue.Integer(2));
        suggestions.ShouldAllBe(s => Spec.Space.Contains(s.Values));
    }

    [Fact]
    public void Leaves_the_other_random_trials_as_they_are_without_entries()
    {
        Suggest(Spec, 2, 3).Select(s => s.Values).ShouldBe(Suggest(Spec with { Enqueue = null }, 2, 3).Select(s => s.Values));
    }

    [Fact]
    public void Leaves_all_of_the_grid_but_the_entries_to_the_trials_after_them()
    {
        var grid = SampleSpaces.Spec("forbidden") with { Algorithm = new("grid", ParameterValues.Empty) };
        var enqueued = grid with { Enqueue = [ParameterValues.Empty.With("a", ParameterValue.Integer(1))] };

        var search = new SearchScenario(enqueued with { Budget = new BudgetSpec(1000) }).Suggest(1000);

        var first = search.Trial(0).Values;
        search.State.Trials.Skip(1).Select(trial => trial.Values)
            .ShouldBe(Suggest(grid, 0, 1000).Select(s => s.Values).Where(values => !values.Equals(first)));
    }
}

public sealed class RandomSamplerTests
{
    private static IEnumerable<ParameterValue> Draw(ParameterDomain domain, int count)
    {
        var stream = new RandomStream(1);
        return Enumerable.Range(0, count).Select(_ => DomainSampling.Draw(domain, stream));
    }

    private static double Number(ParameterValue value) =>
        value.TryGetNumber(out var number) ? number : throw new InvalidOperationException("not a number");

    [Fact]
    public void Draws_log_uniform_numbers_evenly_over_the_decades()
    {
        var decades = Draw(new RealDomain(1e-4, 1, IsLog: true), 40_000)
            .GroupBy(v => Math.Floor(Math.Log10(Number(v))))
            .ToDictionary(g => g.Key, g => g.Count());

        // 10,000 expected in each; five standard deviations are 433.
        decades.Where(d => d.Key < 0).ShouldAllBe(d => Math.Abs(d.Value - 10_000) < 433);
    }

    [Theory]
    [InlineData(0.1, 0.3, false)]
    [InlineData(1e-5, 0.1, true)]
    [InlineData(3, 3.0000000000000004, true)]
    public void Never_exceeds_the_bounds(double min, double max, bool isLog)
    {
        Draw(new RealDomain(min, max, isLog), 20_000).Select(Number).ShouldAllBe(value => value >= min && value <= max);
    }

    [Fact]
    public void Draws_both_neighbouring_bounds()
    {
        var values = Draw(new RealDomain(1, Math.BitIncrement(1)), 100).Select(Number).Distinct().Order();

        values.ShouldBe([1, Math.BitIncrement(1)]);
    }

    [Fact]
    public void Draws_every_step_equally_often_on_a_linear_scale()
    {
        var counts = Draw(new RealDomain(0, 1, Step: 0.25), 25_000).GroupBy(Number).ToDictionary(g => g.Key, g => g.Count());

        counts.Keys.Order().ShouldBe([0, 0.25, 0.5, 0.75, 1]);
        counts.Values.ShouldAllBe(count => Math.Abs(count - 5_000) < 320);
    }

    [Fact]
    public void Draws_whole_numbers_on_a_log_scale_by_the_width_of_their_interval()
    {
        var counts = Draw(new IntegerDomain(1, 4, IsLog: true), 40_000).GroupBy(Number).ToDictionary(g => g.Key, g => g.Count());

        foreach (var n in Enumerable.Range(1, 4))
        {
            var expected = 40_000 * Math.Log((n + 0.5) / (n - 0.5)) / Math.Log(4.5 / 0.5);
            ((double)counts[n]).ShouldBe(expected, 5 * Math.Sqrt(expected));
        }
    }

    [Fact]
    public void Draws_from_the_whole_range_of_whole_numbers()
    {
        var values = Draw(new IntegerDomain(long.MinValue, long.MaxValue), 1000).Select(Number).ToArray();

        values.Count(value => value < 0).ShouldBeInRange(420, 580);
        values.Max(Math.Abs).ShouldBeGreaterThan(9e18);
    }

    [Fact]
    public void Draws_the_bounds_of_a_wide_log_range_of_whole_numbers_without_leaving_it()
    {
        var domain = new IntegerDomain(1, long.MaxValue, IsLog: true);

        Draw(domain, 20_000).ShouldAllBe(value => domain.Contains(value));
    }

    [Fact]
    public void Draws_differ_between_trials_and_between_seeds()
    {
        var spec = SampleSpaces.Spec("mixed");
        var view = SearchView.Of(SampleSearches.New(spec));
        var sampler = new RandomSampler(spec.Space);

        var values = new ulong[] { 1, 2 }.SelectMany(
            seed => sampler.Suggest(view, new SuggestionContext(new TrialId(0), 50, seed)).Suggestions);

        values.Select(s => s.Values).Distinct().Count().ShouldBe(100);
    }
}
