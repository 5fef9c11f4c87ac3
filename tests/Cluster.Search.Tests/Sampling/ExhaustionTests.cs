using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling;

public sealed class ExhaustionTests
{
    private static readonly SearchSpec Small = SampleSpaces.Spec("forbidden");

    private static readonly SearchSpec Twelve = SampleSpaces.Spec("mixed") with
    {
        Space = new SearchSpace([new("n", new IntegerDomain(1, 4)), new("m", new IntegerDomain(1, 3))]),
        Enqueue = [Point(1, 1)],
        Budget = new BudgetSpec(12),
        Objectives = null,
    };

    public static TheoryData<string> Algorithms { get; } = [.. SamplerCatalog.Names.Except(["auto", "coarse-to-fine"])];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void All_algorithms_say_the_same_of_a_space_of_which_nothing_is_left(string algorithm)
    {
        var spec = Twelve with { Algorithm = new(algorithm, ParameterValues.Empty), Enqueue = null, Budget = new BudgetSpec(40) };

        PlayToEnd(spec).ShouldBe((12, "All 12 configurations of the space were suggested."));
    }

    [Theory]
    [InlineData("grid")]
    [InlineData("auto")]
    public void An_enqueued_configuration_is_not_tried_again_by_the_grid_and_none_is_missed(string algorithm)
    {
        var spec = Twelve with { Algorithm = new(algorithm, ParameterValues.Empty) };
        var search = new PlayedSearch(spec, SamplerCatalog.Create(spec));
        while (search.State.Trials.Count < 12)
        {
            search.AskBatch(5);
        }

        search.State.Trials[0].Origin.Source.ShouldBe("enqueue");
        search.State.Trials.Skip(1).ShouldAllBe(trial => trial.Origin.Source == "grid");
        search.State.Trials.Select(trial => trial.Values).Distinct().Count().ShouldBe(12);
        search.Propose(1).Suggestions.ShouldBeEmpty();
    }

    [Fact]
    public void A_grid_with_repeats_leaves_out_what_was_enqueued_too()
    {
        var spec = Twelve with { Algorithm = new("grid", ParameterValues.Empty), Repeats = 2, Budget = new BudgetSpec(24) };

        PlayToEnd(spec).Trials.ShouldBe(24);
    }

    [Fact]
    public void A_grid_of_some_values_is_no_space()
    {
        var spec = Twelve with
        {
            Space = new SearchSpace([new("n", new IntegerDomain(1, 9), GridPoints: 3)]),
            Enqueue = null,
            Algorithm = new("grid", ParameterValues.Empty),
        };

        PlayToEnd(spec).ShouldBe((3, "All 3 configurations of the grid were suggested."));
    }

    [Fact]
    public void A_grid_of_a_later_stage_begins_at_its_first_configuration()
    {
        var spec = Twelve with
        {
            Algorithm = new AlgorithmSpec(
                "coarse-to-fine",
                ParameterValues.Empty,
                [
                    new StageSpec("random", ParameterValues.Empty, Trials: 5, DataFraction: 0.5),
                    new StageSpec("grid", ParameterValues.Empty),
                ]),
            Budget = new BudgetSpec(30),
        };
        var search = new PlayedSearch(spec, SamplerCatalog.Create(spec));
        while (search.TryAsk(out var trial))
        {
            search.Tell(trial.Id, trial.Id.Number);
        }

        search.State.Trials.Count(trial => trial.DataFraction is null).ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Each_suggestion_of_a_batch_knows_those_before_it_as_pending()
    {
        var search = new PlayedSearch(Small, SamplerCatalog.Create(Small));

        search.AskBatch(4).Select(trial => search.State.Trials[trial.Id.Number].Origin.Pending).ShouldBe([0, 1, 2, 3]);
    }

    private static (int Trials, string? Exhausted) PlayToEnd(SearchSpec spec)
    {
        var search = new PlayedSearch(spec, SamplerCatalog.Create(spec));
        while (search.State.Trials.Count < 100)
        {
            var batch = search.Propose(3);
            foreach (var trial in search.AskBatch(3))
            {
                search.Tell(trial.Id, trial.Id.Number);
            }

            if (batch.Exhausted is { } exhausted)
            {
                return (search.State.Trials.Count, exhausted);
            }
        }

        return (search.State.Trials.Count, null);
    }

    private static ParameterValues Point(int n, int m) =>
        ParameterValues.Empty.With("n", ParameterValue.Integer(n)).With("m", ParameterValue.Integer(m));
}
