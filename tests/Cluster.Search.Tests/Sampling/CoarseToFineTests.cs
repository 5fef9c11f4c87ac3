using SearchCluster.Search.Sampling.CoarseToFine;
using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Sampling;

public sealed class CoarseToFineTests
{
    private static readonly SearchSpec Spec = SampleSpaces.Spec("mixed") with
    {
        Budget = new BudgetSpec(60),
        Algorithm = new AlgorithmSpec(
            "coarse-to-fine",
            ParameterValues.Empty,
            [
                new StageSpec("random", ParameterValues.Empty, Trials: 30, DataFraction: 0.3),
                new StageSpec("random", ParameterValues.Empty, Trials: 20, DataFraction: 0.6),
                new StageSpec("random", ParameterValues.Empty),
            ]),
    };

    private static double Loss(ParameterValues values)
    {
        values.Entries["lr"].TryGetNumber(out var rate);
        return Math.Pow(Math.Log10(rate) + 3, 2) + (values.Entries["act"] == ParameterValue.Text("b") ? 0 : 1);
    }

    private static PlayedSearch Play(int trials, Func<ObservedTrial, double?>? loss = null)
    {
        var search = new PlayedSearch(Spec, SamplerCatalog.Create(Spec));
        for (var i = 0; i < trials; i++)
        {
            var trial = search.Ask();
            search.Tell(trial.Id, loss is null ? Loss(trial.Values) : loss(trial));
        }

        return search;
    }

    private static RealDomain Rate(SearchSpace space) => (RealDomain)space.Parameters.First(parameter => parameter.Name == "lr").Domain;

    [Fact]
    public void Each_stage_uses_its_share_of_the_data_and_the_last_all_of_it()
    {
        var search = Play(60);

        search.State.Trials.Select(trial => trial.DataFraction).Distinct().ShouldBe([0.3, 0.6, null]);
        search.State.Trials.GroupBy(trial => trial.DataFraction).Select(stage => stage.Count()).ShouldBe([30, 20, 10]);
    }

    [Fact]
    public void Narrows_each_range_to_where_the_best_trials_were_and_stays_inside_it()
    {
        var search = Play(60);

        var narrowings = search.State.Narrowings;
        narrowings.Select(narrowing => (narrowing.Stage, narrowing.FirstTrial.Number)).ShouldBe([(1, 30), (2, 50)]);
        Rate(narrowings[0].Space).Min.ShouldBeGreaterThan(Rate(Spec.Space).Min);
        Rate(narrowings[0].Space).Max.ShouldBeLessThan(Rate(Spec.Space).Max);
        (Math.Log10(Rate(narrowings[0].Space).Min), Math.Log10(Rate(narrowings[0].Space).Max)).ShouldSatisfyAllConditions(
            range => range.Item1.ShouldBeLessThan(-3), range => range.Item2.ShouldBeGreaterThan(-3));
        search.State.Trials.Skip(30).Take(20).ShouldAllBe(trial => narrowings[0].Space.Contains(trial.Values));
        search.State.Trials.Skip(50).ShouldAllBe(trial => narrowings[1].Space.Contains(trial.Values));
        narrowings[0].Explanation.ShouldStartWith("By the best 6 of 30 trials: ");
        narrowings[0].Explanation.ShouldContain("lr ");
    }

    [Fact]
    public void A_sampler_made_anew_goes_on_in_the_recorded_part()
    {
        var search = Play(40);
        var again = SamplerCatalog.Create(Spec);

        var batch = again.Suggest(search.View, search.Next(5));

        batch.Narrowing.ShouldBeNull();
        batch.Suggestions.ShouldBe(search.Propose(5).Suggestions);
    }

    [Fact]
    public void Keeps_the_whole_space_when_hardly_any_trial_has_a_result()
    {
        var search = Play(31, trial => trial.Id.Number < 2 ? 1 : null);

        search.State.Narrowings.ShouldHaveSingleItem().Space.ShouldBe(Spec.Space);
        search.State.Narrowings[0].Explanation.ShouldBe("Only 2 trials had a result, so the space stays as it was.");
    }

    [Fact]
    public void A_range_never_shrinks_below_a_tenth_in_one_stage()
    {
        var search = Play(31, trial => 1 + trial.Id.Number);

        var part = search.State.Narrowings[0].Space;
        part.Parameters.Count.ShouldBe(Spec.Space.Parameters.Count);
        (Math.Log10(Rate(part).Max) - Math.Log10(Rate(part).Min)).ShouldBeGreaterThanOrEqualTo(6 * Narrowing.SmallestShare * 0.999);
    }

    [Fact]
    public void A_stage_without_a_further_configuration_makes_way_for_the_next_one()
    {
        var spec = Spec with
        {
            Space = new([new("n", new IntegerDomain(0, 9)), new("x", new RealDomain(0, 1), GridPoints: 1)]),
            Algorithm = new(
                "coarse-to-fine",
                ParameterValues.Empty,
                [new("grid", ParameterValues.Empty, Trials: 30, DataFraction: 0.5), new("random", ParameterValues.Empty)]),
        };
        var search = new PlayedSearch(spec, SamplerCatalog.Create(spec));
        for (var i = 0; i < 14; i++)
        {
            search.Tell(search.Ask().Id, i);
        }

        search.State.Narrowings.ShouldHaveSingleItem().FirstTrial.ShouldBe(new TrialId(10));
        search.State.Trials.Select(trial => trial.DataFraction).Count(fraction => fraction == 0.5).ShouldBe(10);
    }

    [Fact]
    public void Stages_count_configurations_when_each_is_repeated()
    {
        var spec = Spec with { Repeats = 2, Budget = new BudgetSpec(120) };
        var search = new PlayedSearch(spec, SamplerCatalog.Create(spec));
        for (var i = 0; i < 110; i++)
        {
            var trial = search.Ask();
            search.Tell(trial.Id, Loss(trial.Values));
        }

        search.State.Narrowings.Select(narrowing => narrowing.FirstTrial.Number).ShouldBe([60, 100]);
    }

    [Fact]
    public void Fewer_than_two_stages_are_refused()
    {
        var spec = Spec with { Algorithm = Spec.Algorithm with { Stages = [] } };

        Should.Throw<ArgumentException>(() => SamplerCatalog.Create(spec)).Message
            .ShouldStartWith("Algorithm coarse-to-fine has 0 stages, but needs at least 2");
    }

    [Fact]
    public void Replays_from_its_journal_and_from_its_snapshot()
    {
        var search = Play(60);

        var again = SearchSnapshots.FromSnapshot(SearchSnapshots.ToSnapshot(search.State));

        again.Narrowings.ShouldBe(search.State.Narrowings);
        again.FinishOrder.ShouldBe(search.State.FinishOrder);
        again.Trials.Select(trial => trial.DataFraction).ShouldBe(search.State.Trials.Select(trial => trial.DataFraction));
    }
}
