using SearchCluster.Models.Ensembles;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Ensembles;

/// <summary>What an ensemble says of itself, and who votes in it.</summary>
public sealed class EnsembleReportTests : EnsembleFixture
{
    [Fact]
    public void An_ensemble_is_scored_beside_its_best_member_saved_and_loaded_again()
    {
        var results = Train(3);

        var report = Build(3).ShouldBeOfType<EnsembleCompleted>().Report;
        using var ensemble = EnsembleModel.Load(Path.Combine(_root, report.Artifact));

        report.Members.ShouldBe([new TrialId(0), new TrialId(1), new TrialId(2)]);
        report.Metrics.Keys.ShouldBe(results[0].Metrics.Keys.Where(metric => metric != "train/loss"));
        report.BestSingle["val/loss"].ShouldBe(results[0].Metrics["val/loss"], 1e-5);
        report.BestSingle["test/accuracy"].ShouldBe(results[0].Metrics["test/accuracy"], 1e-9);
        report.Metrics["val/loss"].ShouldBeLessThan(results.Average(result => result.Metrics["val/loss"]));
        ensemble.Metrics.ShouldBe(report.Metrics);
        ensemble.Members.ShouldBe(report.Members);
        ensemble.Card.ShouldContain("Members are the best trials");
        report.Weights.ShouldBeNull();
        report.Gains!["test/loss"].Value.ShouldBe(report.BestSingle["test/loss"] - report.Metrics["test/loss"], 1e-6);
        report.Gains["test/loss"].Low.ShouldBeLessThan(report.Gains["test/loss"].Value);
        ensemble.Gains.ShouldBe(report.Gains);
        report.TestRows.ShouldBe(EnsembleManifest.Read(Path.Combine(_root, report.Artifact)).TestRows);
        report.TestRows.ShouldNotBeNull().ShouldBeGreaterThan(GainEstimate.FewestRows);
        report.Gains["test/loss"].HasWidth.ShouldBeTrue();
    }

    [Fact]
    public void Fewer_trials_than_members_asked_for_are_told()
    {
        Train(2);
        var told = new List<string>();
        var assignment = new EnsembleAssignment(
            new LeaseKey(Trials.Search, WorkItem.Ensemble, 1, 1),
            new EnsembleSpec("top-k", 50),
            [.. Enumerable.Range(0, 2).Select(trial => new EnsembleMember(new(trial), Trials.Sane(epochs: 5), 0.1))],
            Trials.Plan());

        new WorkExecutor().Run(assignment, Context with { Warn = told.Add }).ShouldBeOfType<EnsembleCompleted>();

        told.ShouldContain(
            "The ensemble asks for 50 members, but the search has 2 finished trials with a saved model: the ensemble has 2.");
    }

    [Fact]
    public void A_member_without_a_model_does_not_vote()
    {
        Train(2);
        File.Delete(Path.Combine(_root, ArtifactPaths.Model(Trials.Search, new TrialId(0))));

        Build(2).ShouldBeOfType<EnsembleCompleted>().Report.Members.ShouldBe([new TrialId(1)]);
    }

    [Fact]
    public void Without_any_model_there_is_no_ensemble() =>
        Build(2).ShouldBeOfType<AttemptFailed>().Failure.Message.ShouldContain("None of the 2 members");

    [Fact]
    public void Numbers_are_averaged()
    {
        var file = Path.Combine(_root, "plane.csv");
        var stream = new RandomStream(1);
        double[][] points = [.. Enumerable.Range(0, 200).Select(_ => new[] { stream.NextDouble(), stream.NextDouble() })];
        File.WriteAllLines(
            file, points.Select(p => FormattableString.Invariant($"{p[0]},{p[1]},{100 + (30 * p[0]) - (20 * p[1])}")).Prepend("x,y,price"));
        var data = new DataSpec(file, "price", new SplitSpec(), Table: new() { Answer = TargetKind.Numbers });
        var plan = Trials.Plan(workload: "mlp-regressor") with { Data = data };
        ParameterValues[] values = [.. new[] { 0.01, 0.02 }.Select(
            rate => Trials.Values(("epochs", ParameterValue.Integer(40)), ("learningRate", ParameterValue.Real(rate))))];
        for (var trial = 0; trial < 2; trial++)
        {
            new WorkExecutor().Run(Trials.Assignment(values[trial], plan, trial: trial), Context).ShouldBeOfType<AttemptCompleted>();
        }

        var members = values.Select((configuration, trial) => new EnsembleMember(new TrialId(trial), configuration, trial)).ToValueArray();
        var assignment = new EnsembleAssignment(
            new LeaseKey(Trials.Search, WorkItem.Ensemble, 1, 1), new EnsembleSpec("top-k", 2, EnsembleCombination.Mean), members, plan);
        var report = new WorkExecutor().Run(assignment, Context).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Metrics.Keys.ShouldBe(
            ["test/loss", "test/mae", "test/mse", "test/r2", "test/score", "val/loss", "val/mae", "val/mse", "val/r2", "val/score"]);
        report.Metrics["test/mse"].ShouldBeLessThan(4);
        using var ensemble = EnsembleModel.Load(Path.Combine(_root, report.Artifact));
        ensemble.Predict(new[,] { { 0.5, 0.5 } })[0, 0].ShouldBe(105, 2);
    }
}
