using SearchCluster.Search.Analysis;

namespace SearchCluster.Search.Tests.Analysis;

public sealed class AnalysisSampleTests
{
    private static SearchSpace Conditional { get; } = new(
    [
        new("kind", Samples.Items("sgd", "adam")),
        new("momentum", new RealDomain(0, 1), When: [new("kind", new OneOfTest([ParameterValue.Text("sgd")]))]),
    ]);

    [Fact]
    public void Keeps_only_trials_with_a_finite_loss_inside_the_space()
    {
        var trials = Enumerable.Range(0, 12).Select(i => Samples.Trial(i, i, ("x", ParameterValue.Real(i / 12.0)))).ToList();
        trials.Add(Samples.Trial(12, double.NaN, ("x", ParameterValue.Real(0.5))));
        trials.Add(Samples.Trial(13, double.PositiveInfinity, ("x", ParameterValue.Real(0.5))));
        trials.Add(Samples.Trial(14, 1, ("x", ParameterValue.Real(7))));

        var sample = Samples.Create(TestSpecs.Line, trials);

        sample.Count.ShouldBe(12);
        sample.Trials.ToArray().Select(id => id.Number).ShouldBe(Enumerable.Range(0, 12));
    }

    [Fact]
    public void The_order_in_which_trials_finished_changes_nothing()
    {
        var trials = Enumerable.Range(0, 12).Select(i => Samples.Trial(i, i * 7 % 5, ("x", ParameterValue.Real(i / 12.0)))).ToList();

        var (one, other) = (Samples.Create(TestSpecs.Line, trials), Samples.Create(TestSpecs.Line, trials.AsEnumerable().Reverse()));

        other.Trials.ToArray().ShouldBe(one.Trials.ToArray());
        other.Losses.ToArray().ShouldBe(one.Losses.ToArray());
    }

    [Fact]
    public void Refuses_too_few_trials_and_says_how_many_are_needed()
    {
        var trials = Enumerable.Range(0, 9).Select(i => Samples.Trial(i, i, ("x", ParameterValue.Real(0))));

        AnalysisSample.TryCreate(TestSpecs.Line, trials, out _, out var refusal).ShouldBeFalse();

        refusal.ShouldBe("9 finished trials have a finite objective, but an analysis needs at least 10.");
    }

    [Fact]
    public void Refuses_trials_that_all_have_the_same_loss()
    {
        var trials = Enumerable.Range(0, 20).Select(i => Samples.Trial(i, 0.5, ("x", ParameterValue.Real(i / 20.0))));

        AnalysisSample.TryCreate(TestSpecs.Line, trials, out _, out var refusal).ShouldBeFalse();

        refusal.ShouldBe("All 20 finished trials have the same objective value, so no parameter makes a difference.");
    }

    [Fact]
    public void An_inactive_parameter_has_no_place_and_is_filled_with_the_middle()
    {
        var trials = Enumerable.Range(0, 10).Select(i => i % 2 == 0
            ? Samples.Trial(i, i, ("kind", ParameterValue.Text("sgd")), ("momentum", ParameterValue.Real(0.9)))
            : Samples.Trial(i, i, ("kind", ParameterValue.Text("adam"))));

        var sample = Samples.Create(Conditional, trials);

        (sample.Point(0)[1], sample.Filled(0)[1]).ShouldBe((0.9, 0.9));
        double.IsNaN(sample.Point(1)[1]).ShouldBeTrue();
        sample.Filled(1)[1].ShouldBe(0.5);
    }

    [Fact]
    public void The_best_values_are_ranges_for_numbers_and_counts_for_items()
    {
        var trials = Enumerable.Range(0, 10).Select(i => i < 3
            ? Samples.Trial(i, i, ("kind", ParameterValue.Text("sgd")), ("momentum", ParameterValue.Real(0.5 + (i / 10.0))))
            : Samples.Trial(i, i, ("kind", ParameterValue.Text("adam"))));

        var regions = BestRegion.Of(Samples.Create(Conditional, trials), best: 5);

        regions[0].Levels.ShouldBe([new LevelCount(ParameterValue.Text("sgd"), 3), new LevelCount(ParameterValue.Text("adam"), 2)]);
        (regions[1].Low, regions[1].High, regions[1].Trials).ShouldBe((ParameterValue.Real(0.5), ParameterValue.Real(0.7), 3));
    }
}
