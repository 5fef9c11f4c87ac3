using SearchCluster.Models.Ensembles;

namespace SearchCluster.Models.Tests.Ensembles.Methods;

public sealed class GreedyMembersTests : EnsembleFixture
{
    [Fact]
    public void Greedy_selection_takes_what_helps_most_and_may_take_it_again()
    {
        // Of one row with truth 1: two poor candidates first, then the one that is right.
        double[][,] candidates = [new[,] { { 0.5, 0.5 } }, new[,] { { 0.6, 0.4 } }, new[,] { { 0.1, 0.9 } }];

        GreedySelection.Choose(candidates, 5, mixed => (1 - mixed[0, 1], 0)).ShouldBe([1, 1, 3]);
    }

    [Fact]
    public void Greedy_selection_takes_no_model_that_makes_it_worse()
    {
        double[][,] candidates = [new[,] { { 0.1, 0.9 } }, new[,] { { 0.6, 0.4 } }];

        GreedySelection.Choose(candidates, 4, mixed => (1 - mixed[0, 1], 0)).ShouldBe([1, 0]);

        // Both are right, so that the second number decides.
        GreedySelection.Choose([candidates[1], candidates[0]], 1, mixed => (0, 1 - mixed[0, 1])).ShouldBe([1, 0]);
        GreedySelection.Choose([candidates[1], candidates[0]], 3, mixed => (0, 1 - mixed[0, 1])).ShouldBe([1, 2]);
    }

    [Fact]
    public void A_greedy_ensemble_is_no_worse_on_the_validation_part_and_keeps_predictions_for_the_next_one()
    {
        Train(4);

        var report = Build(6, "greedy", candidates: 4).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Metrics["val/loss"].ShouldBeLessThanOrEqualTo(Build(2).ShouldBeOfType<EnsembleCompleted>().Report.Metrics["val/loss"]);
        report.Weights?.Sum().ShouldBe(1, 1e-9);
        Enumerable.Range(0, 4).ShouldAllBe(trial => _store.Exists(ArtifactPaths.Predictions(Trials.Search, new TrialId(trial))));
        Build(6, "greedy", candidates: 4).ShouldBeOfType<EnsembleCompleted>().Report.Metrics.ShouldBe(report.Metrics);
    }
}
