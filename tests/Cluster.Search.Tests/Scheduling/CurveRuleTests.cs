using SearchCluster.TestKit.Searches;
using static SearchCluster.Search.Tests.Scheduling.PlayedCurves;

namespace SearchCluster.Search.Tests.Scheduling;

public sealed class CurveRuleTests
{
    private static SimulatedSearch Play(SearchSpec spec, params double[][] curves) =>
        new SimulatedSearch(
            spec, TrialSchedulerCatalog.Create(spec), (trial, epoch) => curves[Number(trial)][epoch - 1], curves[0].Length).Run(slots: 1);

    [Fact]
    public void Median_compares_the_best_value_with_the_median_of_running_averages()
    {
        // Running averages at epoch 2: 3, 5 and 1; their median is 3. The fourth trial's best value is 3.5.
        var search = Play(Spec(4, "median", 3, ("grace", Whole(1)), ("minTrials", Whole(3))), [4, 2, 2], [6, 4, 4], [1, 1, 1], [5, 3.5, 0]);

        search.State.Trials.Select(trial => trial.Resource).ShouldBe([3, 3, 3, 2]);
        var reason = search.State.Trials[3].Reason.ShouldNotBeNull();
        (reason.Value, reason.Cutoff, reason.Rank, reason.Competitors).ShouldBe((3.5, 3.0, 3, 4));
    }

    [Fact]
    public void Percentile_compares_best_values_and_interpolates()
    {
        // Best values at epoch 2: 1, 2 and 4; a quarter of the way from the best lies at 1.5.
        var search = Play(
            Spec(4, "percentile", 3, ("grace", Whole(1)), ("minTrials", Whole(3)), ("percentile", Whole(25))),
            [2, 2, 2],
            [4, 4, 4],
            [1, 3, 3],
            [1.6, 9, 9]);

        search.State.Trials[3].Reason!.Cutoff.ShouldBe(1.5);
        search.State.Trials[3].Reason!.Value.ShouldBe(1.6);
        search.State.Trials[3].State.ShouldBe(TrialState.StoppedEarly);
    }

    [Fact]
    public void Patience_counts_reports_since_the_last_improvement()
    {
        var search = Play(
            Spec(1, "patience", 8, ("patience", Whole(3)), ("minDelta", ParameterValue.Real(0.1))), [5, 4, 3.95, 4, 3.5, 3.45, 3.6, 3.41]);

        search.State.Trials[0].Resource.ShouldBe(8, "the third report without improvement is the eighth");
        search.State.Trials[0].Reason!.Text.ShouldContain("no improvement on 3.5 for 3 reports");
    }

    [Fact]
    public void Threshold_looks_at_the_best_value_after_the_grace_period()
    {
        var search = Play(Spec(2, "threshold", 4, ("bound", Whole(1)), ("grace", Whole(2))), [5, 4, 2, 0], [5, 0.5, 2, 2]);

        search.State.Trials
            .Select(trial => (trial.State, trial.Resource))
            .ShouldBe([(TrialState.StoppedEarly, 3), (TrialState.Completed, 4)]);
    }

    [Fact]
    public void Wilcoxon_stops_a_trial_that_is_worse_on_the_same_folds()
    {
        // Four folds, all worse: p = 1/16. Trial 2 is worse on three of them by little and better on one by much, so its mean is better.
        var spec = Spec(3, "wilcoxon", 6, ("grace", Whole(2)), ("p", ParameterValue.Real(0.07)));
        var search = Play(spec, [1, 2, 3, 4, 5, 6], [1.5, 2.1, 3.2, 4.3, 5, 6], [1.1, 2.1, 3.1, 0, 5.1, 6.1]);

        search.State.Trials.Select(trial => trial.Resource).ShouldBe([6, 4, 6]);
        search.State.Trials[1].Reason!.Text.ShouldContain("p 0.0625 against 0.07");
    }
}
