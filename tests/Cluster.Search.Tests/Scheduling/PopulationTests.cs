using SearchCluster.TestKit.Searches;
using static SearchCluster.Search.Tests.Scheduling.PlayedCurves;

namespace SearchCluster.Search.Tests.Scheduling;

public sealed class PopulationTests
{
    private static SearchSpec Pbt(int trials, int population = 4) =>
        Spec(trials, "pbt", 6, ("interval", Whole(2)), ("population", Whole(population)), ("quantile", ParameterValue.Real(0.25)));

    private static SearchScenario OneGeneration(params double[] losses)
    {
        var search = new SearchScenario(Pbt(losses.Length)).Suggest();
        foreach (var loss in losses)
        {
            Train(search, search.LeaseOne(), 0, loss);
        }

        return search;
    }

    private static void Train(SearchScenario search, LeaseKey lease, int from, double loss)
    {
        search.Measure(lease, 1, from + 1, loss);
        search.Measure(lease, 2, from + 2, loss);
        search.Report(
            lease,
            3,
            new AttemptCompleted(TestSpecs.Result(loss, from + 2) with { BestResource = from + 1 }, TrainingStop.ResourceLimit));
    }

    private static TrialAssignment LeaseTrial(SearchScenario search, int number) =>
        search.Lease(slots: 4).OfType<TrialAssignment>().Single(assignment => assignment.Lease.Item == WorkItem.Trial(new TrialId(number)));

    [Fact]
    public void The_worst_takes_the_checkpoint_and_changed_values_of_the_best_over_and_its_lineage_is_kept()
    {
        var search = OneGeneration(2, 1, 4, 3);
        var before = search.Journal.OfType<SearchEvents.TrialSuggested>().ElementAt(2).Values;

        var assignment = search.Lease().ShouldHaveSingleItem().ShouldBeOfType<TrialAssignment>();

        (assignment.Lease.Item, assignment.CheckpointOf, assignment.FromResource, assignment.UntilResource)
            .ShouldBe((WorkItem.Trial(new TrialId(2)), new TrialId(1), 2, 4));
        assignment.Values.ShouldNotBe(search.Trial(1).Values);
        search.Trial(2).Values.ShouldBe(assignment.Values);
        search.Trial(2).Lineage.ShouldHaveSingleItem().ShouldBe(new LineageStep(2, new TrialId(1), before));
        search.Trial(2).Reason!.Text.ShouldContain("takes over trial t0001 (rank 1, 1)");
        search.ShouldReplay();
    }

    [Fact]
    public void A_checkpoint_that_is_wanted_stays_as_it_is_until_it_was_taken_over()
    {
        var search = OneGeneration(2, 1, 4, 3);
        var loser = search.LeaseOne();

        var others = new[] { search.LeaseOne(), search.LeaseOne() }.Select(lease => lease.Item.TrialId!.Value.Number);
        others.ShouldBe([0, 3]);
        search.Lease().ShouldBeEmpty("trial 1 is held");
        search.Measure(loser, 1, 3, 1);

        search.LeaseOne().Item.ShouldBe(WorkItem.Trial(new TrialId(1)));
    }

    [Theory]
    [InlineData(5, 4, 1)]
    [InlineData(0.5, 0.5, 4)]
    public void Objective_level_model_and_values_of_a_trial_that_took_over_belong_together(double since, double objective, int level)
    {
        var search = OneGeneration(2, 1, 4, 3);
        var first = search.Trial(2).SuggestedValues;
        var taken = LeaseTrial(search, 2);
        taken.TakenOver.ShouldBe(new TakenOver(2, 4));

        search.Measure(taken.Lease, 1, 3, since + 1);
        search.Measure(taken.Lease, 2, 4, since);
        search.Report(taken.Lease, 3, new AttemptCompleted(TestSpecs.Result(since, 4, hasModel: since < 4), TrainingStop.ResourceLimit));

        var trial = search.Trial(2);
        var result = trial.Result.ShouldNotBeNull();
        (result.Objective, result.BestResource, result.LastResource, result.HasModel).ShouldBe((objective, level, 4, true));
        result.Metrics["value"].ShouldBe(objective);
        trial.ResultValues.ShouldBe(since < 4 ? taken.Values : first);
        trial.Values.ShouldBe(taken.Values);
        search.ShouldReplay();
    }

    [Fact]
    public void A_lost_worker_does_not_undo_the_take_over()
    {
        var search = OneGeneration(2, 1, 4, 3);
        var first = LeaseTrial(search, 2);
        search.Expire(first.Lease);

        var second = LeaseTrial(search, 2);
        search.Measure(second.Lease, 1, 3, 1);
        search.Expire(second.Lease);
        var third = LeaseTrial(search, 2);

        (second.CheckpointOf, second.FromResource, second.UntilResource, second.Values).ShouldBe((first.CheckpointOf, 2, 4, first.Values));
        (third.CheckpointOf, third.FromResource, third.UntilResource, third.Values).ShouldBe((first.CheckpointOf, 3, 4, first.Values));
        search.Measure(third.Lease, 1, 4, 1);
        search.Report(third.Lease, 2, new AttemptCompleted(TestSpecs.Result(1, 4), TrainingStop.ResourceLimit));
        search.Trial(2).CheckpointOf.ShouldBeNull("it has its own now");
        search.ShouldReplay();
    }

    [Fact]
    public void A_generation_waits_for_its_last_member()
    {
        var search = new SearchScenario(Pbt(4)).Suggest();
        var leases = search.Lease(slots: 4).Select(assignment => assignment.Lease).ToArray();
        foreach (var lease in leases[..3])
        {
            Train(search, lease, 0, lease.Fence);
        }

        search.Lease(slots: 4).ShouldBeEmpty();
        Train(search, leases[3], 0, 9);

        search.Lease().ShouldHaveSingleItem().ShouldBeOfType<TrialAssignment>().CheckpointOf.ShouldBe(new TrialId(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(12)]
    public void Who_takes_over_from_whom_does_not_depend_on_the_number_of_workers(int slots)
    {
        Lineages(slots).ShouldBe(Lineages(5));

        static string[] Lineages(int slots)
        {
            var spec = Pbt(12, population: 6);
            var search = new SimulatedSearch(
                spec, TrialSchedulerCatalog.Create(spec), (trial, epoch) => (Number(trial) * 7 % 5) + (1.0 / epoch), 6).Run(slots);
            return [.. search.State.Trials.Select(
                trial => $"{trial.Id}: {string.Join(", ", trial.Lineage.Select(step => $"{step.Resource} from {step.From}"))}: "
                    + $"{trial.Values}")];
        }
    }

    [Fact]
    public void A_population_ends_when_the_space_is_exhausted()
    {
        var spec = Pbt(10, population: 10) with
        {
            Space = new SearchSpace([new("x", new ItemDomain([.. Enumerable.Range(0, 3).Select(i => ParameterValue.Integer(i))]))]),
            Algorithm = new AlgorithmSpec("grid", ParameterValues.Empty),
        };

        var search = Play(spec, 6, [1, 2, 3], slots: 2);

        search.State.Counts.Completed.ShouldBe(3);
    }
}
