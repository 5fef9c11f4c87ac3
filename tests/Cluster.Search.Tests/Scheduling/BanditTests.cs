using SearchCluster.Search.Scheduling.Bandit;
using SearchCluster.TestKit.Searches;
using static SearchCluster.Search.Tests.Scheduling.PlayedCurves;

namespace SearchCluster.Search.Tests.Scheduling;

public sealed class BanditTests
{
    [Theory]
    [InlineData(0.2, null, 2.0, 2.4)]
    [InlineData(0.2, null, -2.4, -2.0)]
    [InlineData(0.2, null, 0.0, 0.0)]
    [InlineData(0.0, null, 2.0, 2.0)]
    [InlineData(null, null, 2.0, 2.2)]
    [InlineData(null, 0.5, 2.0, 2.5)]
    [InlineData(null, 0.5, -2.0, -1.5)]
    [InlineData(null, 0.0, 2.0, 2.0)]
    [InlineData(0.2, 0.05, 2.0, 2.4)]
    [InlineData(0.2, 0.05, 0.0, 0.05)]
    public void The_cutoff_is_the_looser_of_share_and_amount(double? factor, double? amount, double best, double cutoff) =>
        Slack.Cutoff(new BanditOptions { SlackFactor = factor, SlackAmount = amount }, best).ShouldBe(cutoff, 1e-12);

    [Theory]
    [InlineData(Direction.Minimize, 1.0, 1.19, 1.21)]
    [InlineData(Direction.Maximize, 1.2, 1.01, 0.99)]
    [InlineData(Direction.Minimize, -1.2, -1.01, -0.99)]
    [InlineData(Direction.Maximize, -1.0, -1.19, -1.21)]
    public void The_share_is_that_of_the_smaller_value(Direction direction, double best, double near, double far)
    {
        var spec = Spec(3, "bandit", 2, ("slackFactor", ParameterValue.Real(0.2)), ("grace", Whole(0)));

        var search = Play(spec with { Objective = spec.Objective with { Direction = direction } }, [best, best], [near, near], [far, far]);

        search.State.Trials.Select(trial => trial.State)
            .ShouldBe([TrialState.Completed, TrialState.Completed, TrialState.StoppedEarly]);
        search.State.Trials[2].Reason!.Value.ShouldBe(far);
    }

    [Fact]
    public void A_trial_is_compared_with_one_that_still_runs_and_told_with_which()
    {
        var search = Play(Spec(2, "bandit", 4, ("grace", Whole(1))), slots: 2, [4, 2, 2, 2], [4, 2.5, 1, 1]);

        search.State.Trials[1].Resource.ShouldBe(2);
        var reason = search.State.Trials[1].Reason.ShouldNotBeNull();
        (reason.Resource, reason.Value, reason.Cutoff!.Value).ShouldBe((2, 2.5, 2.2));
        reason.Text.ShouldBe("It stops at resource 2: its value 2.5, cutoff 2.2, best value 2 of trial t0000.");
    }

    [Fact]
    public void Only_values_at_the_same_resource_count()
    {
        var search = Play(Spec(2, "bandit", 3, ("grace", Whole(0))), [10, 9, 1], [10.5, 9.5, 1.05]);

        search.State.Counts.Completed.ShouldBe(2);
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 2, 3)]
    [InlineData(3, 0, 3)]
    [InlineData(3, 2, 3)]
    [InlineData(3, 3, 6)]
    public void It_decides_after_the_grace_period_at_multiples_of_the_interval(int interval, int grace, int resource)
    {
        var spec = Spec(2, "bandit", 9, ("interval", Whole(interval)), ("grace", Whole(grace)));

        PlayedCurves.Play(spec, 9, [1, 2]).State.Trials[1].Resource.ShouldBe(resource);
    }

    [Fact]
    public void Values_are_the_aggregate_of_the_objective()
    {
        // The mean of the second is 2 against 1.5, though its second value is the better one.
        var spec = Spec(2, "bandit", 3, ("grace", Whole(1)));

        var search = Play(
            spec with { Objective = spec.Objective with { Aggregate = ObjectiveAggregate.Mean } }, [1.5, 1.5, 1.5], [3, 1, 1]);

        search.State.Trials[1].Resource.ShouldBe(2);
        search.State.Trials[1].Reason!.Value.ShouldBe(2);
    }

    private static SimulatedSearch Play(SearchSpec spec, params double[][] curves) => Play(spec, slots: 1, curves);

    private static SimulatedSearch Play(SearchSpec spec, int slots, params double[][] curves) => new SimulatedSearch(
        spec, TrialSchedulerCatalog.Create(spec), (trial, epoch) => curves[Number(trial)][epoch - 1], curves[0].Length).Run(slots);
}
