using SearchCluster.Search.Encoding;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling;

/// <summary>What every sampler of the catalogue does with the trials of an earlier search.</summary>
public sealed class WarmStartConformanceTests
{
    private const int Few = 5;
    private const int Many = 30;

    public static TheoryData<string, string, int> Searches { get; } = [.. from sampler in SamplerCatalog.Names
        from space in SampleSpaces.All.Keys.Except(["one-point"])
        from donors in new[] { Few, Many }
        select (sampler, space, donors)];

    public static TheoryData<string> Samplers { get; } = [.. SamplerCatalog.Names];

    [Theory]
    [MemberData(nameof(Searches))]
    public void Tries_no_configuration_of_the_earlier_search_again(string sampler, string space, int donors)
    {
        var spec = Spec(sampler, space);
        var earlier = Earlier(spec, donors);

        // The seed is the same, so whatever looks at the seed and the trial's number alone begins with the same points.
        var tried = Play(With(spec, earlier), 30);

        var taken = earlier.Select(observation => observation.Values).ToHashSet();
        tried.Count.ShouldBe(CountLeft(spec, taken) is { } left ? Math.Min(30, left) : 30);
        tried.ShouldAllBe(trial => !taken.Contains(trial.Values));
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Tells_how_many_trials_of_the_earlier_search_it_learned_from_beside_its_own(string sampler)
    {
        var spec = Spec(sampler, "mixed");

        var tried = Play(With(spec, Earlier(spec, Few)), 3);

        tried.ShouldAllBe(trial => trial.Origin.Earlier == (Learns(sampler) ? Few : 0));
        tried.Select(trial => trial.Origin.Observed).ShouldBe([0, 1, 2]);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Chooses_by_its_model_and_not_by_chance_what_the_earlier_search_left(string sampler)
    {
        // A model that does not know what was tried proposes the best of it for ever, and each proposal becomes a random draw.
        var spec = Spec(sampler, "steps");
        Assert.SkipUnless(Learns(sampler), "It does not learn from an earlier search.");

        Play(With(spec, Earlier(spec, Many)), 20).ShouldAllBe(
            trial => trial.Origin.Explanation != "Drawn at random: its proposal was tried already.");
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_space_that_the_earlier_search_exhausted_is_exhausted(string sampler)
    {
        var spec = Spec(sampler, "one-point");

        Play(With(spec, Earlier(spec, Few)), 3).ShouldBeEmpty();
    }

    [Fact]
    public void A_stage_on_part_of_the_data_learns_nothing_from_trials_on_all_of_it()
    {
        var spec = Spec("coarse-to-fine", "mixed") with
        {
            Algorithm = new(
                "coarse-to-fine",
                ParameterValues.Empty,
                [new("tpe", ParameterValues.Empty, 4, DataFraction: 0.5), new("tpe", ParameterValues.Empty)]),
        };

        Play(With(spec, Earlier(Spec("random", "mixed"), Many)), 8).Select(trial => trial.Origin.Earlier > 0)
            .ShouldBe([false, false, false, false, true, true, true, true]);
    }

    // What does not learn from an earlier search only leaves out what that one tried.
    private static bool Learns(string sampler) =>
        SamplerCatalog.Descriptors.Single(entry => entry.Name == sampler) is { LearnsFromTrials: true, LearnsFromEarlierSearch: true };

    private static SearchSpec Spec(string sampler, string space) => SampleSpaces.Spec(space) with
    {
        Algorithm = new(sampler, ParameterValues.Empty, sampler == "coarse-to-fine"
            ? [new("evolution", ParameterValues.Empty, 40), new("tpe", ParameterValues.Empty)]
            : null),
        Budget = new BudgetSpec(60),
    };

    private static SearchSpec With(SearchSpec spec, ValueArray<PriorObservation> earlier) =>
        spec with { Name = new SearchId("later"), WarmStart = new(new SearchId("earlier"), Observations: earlier) };

    private static ValueArray<PriorObservation> Earlier(SearchSpec spec, int count) =>
        [.. Play(spec, count).Select(trial => new PriorObservation(trial.Values, Loss(trial, spec)))];

    private static List<ObservedTrial> Play(SearchSpec spec, int count)
    {
        var search = new PlayedSearch(spec, SamplerCatalog.Create(spec));
        var trials = new List<ObservedTrial>();
        while (trials.Count < count && search.TryAsk(out var trial))
        {
            trials.Add(trial);
            search.Tell(trial.Id, Loss(trial, spec));
        }

        return trials;
    }

    private static int? CountLeft(SearchSpec spec, HashSet<ParameterValues> taken)
    {
        var isCountable = spec.Algorithm.Type == "grid" || double.IsFinite(new SpaceEncoding(spec.Space).Size);
        return isCountable && new GridSpace(spec.Space) is var grid && grid.Count < 1_000
            ? Enumerable.Range(0, (int)grid.Count).Count(index => !taken.Contains(grid.At(index)))
            : null;
    }

    private static double Loss(ObservedTrial trial, SearchSpec spec)
    {
        var encoding = new SpaceEncoding(spec.Space);
        var point = new double[encoding.Dimensions];
        encoding.TryEncode(trial.Values, point).ShouldBeTrue();
        return point.Where(double.IsFinite).Sum(u => (u - 0.3) * (u - 0.3));
    }
}
