using System.Numerics;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling;

public sealed class GridSpaceTests
{
    public static TheoryData<string> SpaceNames { get; } = [.. SampleSpaces.All.Keys];

    /// <summary>The slow and obvious way: every combination of points, inactive parameters left out, forbidden ones dropped.</summary>
    private static List<ParameterValues> Enumerate(SearchSpace space)
    {
        List<ParameterValues> all = [ParameterValues.Empty];
        foreach (var parameter in space.Parameters)
        {
            var axis = GridAxis.Of(parameter)!;
            all = [.. all.SelectMany(values => parameter.IsActive(values)
                ? Enumerable.Range(0, (int)axis.Count).Select(i => values.With(parameter.Name, axis.At((UInt128)i)))
                : [values])];
        }

        return [.. all.Where(values => !space.IsForbidden(values))];
    }

    [Theory]
    [MemberData(nameof(SpaceNames))]
    public void Numbers_exactly_the_configurations_that_an_enumeration_finds(string name)
    {
        var space = SampleSpaces.All[name];
        var expected = Enumerate(space);

        var grid = new GridSpace(space);

        grid.Count.ShouldBe(expected.Count);
        Enumerable.Range(0, expected.Count).Select(index => grid.At(index)).ShouldBe(expected);
        expected.Distinct().Count().ShouldBe(expected.Count);
    }

    [Fact]
    [Trait("Promise", "R26")]
    public void Counts_and_numbers_a_grid_of_ten_to_the_twelve_points_without_memory()
    {
        var space = new SearchSpace(
            [new("a", new IntegerDomain(1, 1_000_000)), new("b", new IntegerDomain(1, 1_000_000))],
            [new([new("a", new RangeTest(500_001, null)), new("b", new OneOfTest([ParameterValue.Integer(7)]))])]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var grid = new GridSpace(space);
        var last = grid.At(grid.Count - 1);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
        grid.Count.ShouldBe((BigInteger)1_000_000_000_000 - 500_000);
        last.Entries.Values.ShouldBe([ParameterValue.Integer(1_000_000), ParameterValue.Integer(1_000_000)]);
        grid.At(500_000L * 1_000_000 + 6).Entries["b"].ShouldBe(ParameterValue.Integer(8));
    }

    [Fact]
    public void Counts_the_full_range_of_whole_numbers_exactly()
    {
        var full = new IntegerDomain(long.MinValue, long.MaxValue);

        new GridSpace(new([new("a", full), new("b", full)])).Count.ShouldBe(BigInteger.One << 128);
    }

    [Fact]
    public void Refuses_a_parameter_without_countable_values()
    {
        Should.Throw<ArgumentException>(() => new GridSpace(new([new("lr", new RealDomain(0, 1))]))).Message
            .ShouldStartWith("Parameter \"lr\" has no countable values");
    }

    [Fact]
    public void Refuses_forbidden_combinations_that_interact_in_too_many_ways()
    {
        // Sixty pairs (x0, y0) … whose first halves all come before their second halves: what is still possible doubles with each.
        var names = Enumerable.Range(0, 60).Select(i => $"x{i}").Concat(Enumerable.Range(0, 60).Select(i => $"y{i}"));
        var yes = new OneOfTest([ParameterValue.Boolean(true)]);
        var forbidden = Enumerable.Range(0, 60).Select(i => new ForbiddenCombination([new($"x{i}", yes), new($"y{i}", yes)]));
        var space = new SearchSpace(
            names.Select(name => new ParameterSpec(name, new BooleanDomain())).ToValueArray(), forbidden.ToValueArray());

        Should.Throw<GridTooEntangledException>(() => new GridSpace(space)).Message
            .ShouldContain("use fewer forbid entries, or algorithm random");
    }

    [Fact]
    public void Refuses_a_number_that_is_not_below_the_count()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new GridSpace(SampleSpaces.All["one-point"]).At(1));
    }
}

public sealed class GridAxisTests
{
    private static string Points(ParameterDomain domain, int? points = null)
    {
        var axis = GridAxis.Of(new ParameterSpec("p", domain, GridPoints: points))!;
        return string.Join(" ", Enumerable.Range(0, (int)axis.Count).Select(i => axis.At((UInt128)i)));
    }

    [Fact]
    public void Spaces_real_numbers_evenly_with_exact_bounds() => Points(new RealDomain(0.1, 0.5), 3).ShouldBe("0.1 0.3 0.5");

    [Fact]
    public void Takes_the_middle_of_the_scale_for_one_point()
    {
        Points(new RealDomain(0, 1), 1).ShouldBe("0.5");
        Points(new IntegerDomain(0, 10), 1).ShouldBe("5");
    }

    [Fact]
    public void Takes_all_values_of_a_countable_domain()
    {
        Points(new IntegerDomain(2, 11, Step: 3)).ShouldBe("2 5 8 11");
        Points(new RealDomain(0, 0.3, Step: 0.1)).ShouldBe("0 0.1 0.2 0.3");
        Points(new BooleanDomain()).ShouldBe("false true");
    }

    [Fact]
    public void Spreads_fewer_points_over_a_countable_domain() => Points(new IntegerDomain(0, 10), 3).ShouldBe("0 5 10");

    [Fact]
    public void Never_repeats_a_whole_number_on_a_log_scale() =>
        Points(new IntegerDomain(1, 64, IsLog: true), 10).ShouldBe("1 2 3 4 6 10 16 25 40 64");

    [Fact]
    public void Is_missing_for_real_numbers_without_step_and_points() => GridAxis.Of(new("p", new RealDomain(0, 1))).ShouldBeNull();
}
