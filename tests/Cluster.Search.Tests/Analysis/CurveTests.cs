using SearchCluster.Search.Analysis.Curves;

namespace SearchCluster.Search.Tests.Analysis;

public sealed class CurveTests
{
    [Fact]
    public void The_best_so_far_counts_failed_trials_as_finished_and_starts_with_the_first_result()
    {
        var steps = BestSoFar.Of([Trial(0, double.NaN), Trial(2, 5), Trial(1, 7), Trial(3, 3), Trial(4, 3)]);

        steps.Select(step => (step.Finished, step.Trial.Number, step.Loss, step.IsImprovement)).ShouldBe(
            [(2, 2, 5, true), (3, 2, 5, false), (4, 3, 3, true), (5, 3, 3, false)]);
    }

    [Fact]
    public void The_regret_is_the_distance_from_the_optimum()
    {
        var regret = BestSoFar.Regret(BestSoFar.Of([Trial(0, 5), Trial(1, 2.5)]), 2);

        regret.Select(step => step.Loss).ShouldBe([3, 0.5]);
    }

    [Fact]
    public void The_distribution_has_one_step_for_each_loss_and_failed_trials_keep_it_below_one()
    {
        var steps = EmpiricalDistribution.Of([3, 1, double.PositiveInfinity, 1]);

        steps.ShouldBe([new DistributionStep(1, 0.5), new DistributionStep(3, 0.75)]);
    }

    [Fact]
    public void Nothing_finished_gives_nothing()
    {
        BestSoFar.Of([]).ShouldBeEmpty();
        EmpiricalDistribution.Of([]).ShouldBeEmpty();
    }

    private static SearchCluster.Search.Analysis.EvaluatedTrial Trial(int number, double loss) => Samples.Trial(number, loss);
}
