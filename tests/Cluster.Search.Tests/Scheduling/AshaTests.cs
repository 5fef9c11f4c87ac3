using FsCheck.Xunit;
using SearchCluster.Search.Scheduling.Rungs;
using SearchCluster.TestKit.Searches;
using static SearchCluster.Search.Tests.Scheduling.PlayedCurves;

namespace SearchCluster.Search.Tests.Scheduling;

public sealed class AshaTests
{
    private static SearchSpec Asha(int trials, string variant = "stopping") =>
        Spec(trials, "asha", 9, ("max", Whole(9)), ("min", Whole(1)), ("variant", ParameterValue.Text(variant)));

    [Fact]
    public void Stops_a_trial_that_is_not_among_the_best_third_and_says_why()
    {
        var search = Play(Asha(4), 9, [3, 2, 1, 4]);

        search.State.Trials.Select(trial => trial.Resource).ShouldBe([9, 9, 9, 1]);
        var reason = search.State.Trials[3].Reason.ShouldNotBeNull();
        (reason.Rung, reason.Resource, reason.Value, reason.Cutoff, reason.Rank, reason.Competitors).ShouldBe((0, 1, 4.0, 1.0, 4, 4));
        reason.Text.ShouldBe("It stops: rank 4 of 4 on rung 0 (resource 1), cutoff 1, its value 4.");
    }

    [Fact]
    public void Reasons_are_in_the_direction_of_the_objective()
    {
        var spec = Asha(4);
        spec = spec with { Objective = spec.Objective with { Direction = Direction.Maximize } };

        var reason = Play(spec, 9, [1, 2, 3, 0.5]).State.Trials[3].Reason.ShouldNotBeNull();

        (reason.Value, reason.Cutoff).ShouldBe((0.5, 3));
    }

    [Fact]
    public void Promotes_the_best_third_when_nine_trials_reached_the_rung()
    {
        var search = Play(Asha(9, "promotion"), 9, [5, 9, 1, 7, 3, 8, 2, 6, 4]);

        // Three of nine reach rung 1, the best of them trains to its end.
        search.State.Trials.Where(trial => trial.Resource >= 3).Select(trial => trial.Id.Number).Order().ShouldBe([2, 4, 6]);
        search.State.Trials.Single(trial => trial.State == TrialState.Completed).Id.Number.ShouldBe(2);
        search.State.Counts.StoppedEarly.ShouldBe(8);
        search.State.Trials[2].Decisions.Select(decision => decision.Action).ShouldBe(
            [TrialDecisionKind.Pause, TrialDecisionKind.Promote, TrialDecisionKind.Pause, TrialDecisionKind.Promote]);
    }

    [Fact]
    public void A_promoted_trial_that_loses_its_worker_goes_on_to_the_same_level()
    {
        var spec = Asha(3, "promotion");
        var search = new SearchScenario(spec).Suggest();
        foreach (var value in new double[] { 3, 1, 2 })
        {
            var lease = search.LeaseOne();
            search.Measure(lease, 1, 1, value);
            search.Report(lease, 2, new AttemptCompleted(TestSpecs.Result(value), TrainingStop.ResourceLimit));
        }

        var promoted = search.Lease().ShouldHaveSingleItem().ShouldBeOfType<TrialAssignment>();
        search.Measure(promoted.Lease, 1, 2, 1);
        search.Expire(promoted.Lease);
        var again = search.Lease().ShouldHaveSingleItem().ShouldBeOfType<TrialAssignment>();

        (promoted.Lease.Item, promoted.FromResource, promoted.UntilResource).ShouldBe((WorkItem.Trial(new TrialId(1)), 1, 3));
        (again.Lease.Item, again.FromResource, again.UntilResource).ShouldBe((WorkItem.Trial(new TrialId(1)), 2, 3));
        search.ShouldReplay();
    }

    [Property(MaxTest = 25)]
    public bool No_more_than_a_third_of_a_rung_is_ever_promoted(byte[] losses, byte slots, byte seed)
    {
        double[] values = losses is { Length: > 0 } ? [.. losses.Take(60).Select(loss => (double)loss)] : [1];
        var spec = Asha(values.Length, "promotion");
        var search = new SimulatedSearch(spec, TrialSchedulerCatalog.Create(spec), (trial, _) => values[Number(trial)], 9).Run(
            1 + (slots % 8), loss: 0.05, seed: seed);

        // Replayed event by event: the trials promoted from a rung are at most a third of those that reached it by then.
        var reached = new Dictionary<int, int> { [1] = 0, [3] = 0 };
        var promoted = new Dictionary<int, int> { [1] = 0, [3] = 0 };
        foreach (var e in search.Journal)
        {
            if (e is SearchEvents.MeasurementReported { Measurement.Resource: 1 or 3 } measured)
            {
                reached[measured.Measurement.Resource]++;
            }
            else if (e is SearchEvents.TrialPromoted promotion)
            {
                var from = promotion.Reason.Resource!.Value;
                if (++promoted[from] * 3 > reached[from])
                {
                    return false;
                }
            }
        }

        return true;
    }

    [Fact]
    public void Levels_grow_by_the_reduction_and_stay_below_max()
    {
        RungLevels.Of(1, 81, 3).ShouldBe([1, 3, 9, 27]);
        RungLevels.Of(2, 20, 1.1).ShouldBe([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 18]);
        RungLevels.Of(81, 81, 3).ShouldBeEmpty();
    }
}
