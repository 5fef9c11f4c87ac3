using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Models.Tests.Ensembles.Methods;

/// <summary>Ensembles that train their members.</summary>
public sealed class TrainedMembersTests : EnsembleFixture
{
    [Fact]
    public void Every_method_has_someone_who_makes_its_members() =>
        Models.Ensembles.Methods.MemberMakers.Names.ShouldBe(
            Contracts.Ensembles.EnsembleMethods.All.Select(method => method.Name), ignoreOrder: true);

    [Fact]
    public void Bagging_trains_on_bootstrap_samples_and_measures_out_of_bag()
    {
        Train(2);

        var report = Build(3, "bagging", candidates: 2).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Members.ShouldBe([new TrialId(0), new TrialId(1), new TrialId(0)]);
        report.Metrics["oob/accuracy"].ShouldBe(report.Metrics["test/accuracy"], 0.05);
        using var ensemble = EnsembleModel.Load(Path.Combine(_root, report.Artifact));
        ensemble.Method.ShouldBe("bagging");
        ensemble.Card.ShouldContain("bootstrap");
        _store.Exists($"{ArtifactPaths.Search(Trials.Search)}/bagging/000/{ArtifactPaths.Model(Trials.Search, new TrialId(0))}")
            .ShouldBeTrue();
    }

    [Fact]
    public void Out_of_bag_rows_are_combined_as_the_ensemble_combines()
    {
        Train(2);
        var mean = Build(5, "bagging", candidates: 2).ShouldBeOfType<EnsembleCompleted>().Report.Metrics;

        var vote = Build(5, "bagging", candidates: 2, combine: EnsembleCombination.Vote).ShouldBeOfType<EnsembleCompleted>().Report.Metrics;

        vote["test/loss"].ShouldNotBe(mean["test/loss"]);
        vote["oob/loss"].ShouldNotBe(mean["oob/loss"]);
    }

    [Fact]
    public void Boosting_weighs_votes_by_errors()
    {
        Train(1);

        var report = Build(3, "adaboost", candidates: 1, combine: EnsembleCombination.Vote).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Members.Count.ShouldBeInRange(1, 3);
        report.Metrics["test/accuracy"].ShouldBeGreaterThan(report.BestSingle["test/accuracy"] - 0.02);
        report.Weights!.Distinct().Count().ShouldBe(report.Members.Count);
    }

    [Fact]
    public void Folds_measure_each_row_by_the_member_that_did_not_see_it()
    {
        Train(1);

        var report = Build(4, "folds", candidates: 1).ShouldBeOfType<EnsembleCompleted>().Report;

        report.Metrics["oof/accuracy"].ShouldBe(report.Metrics["test/accuracy"], 0.05);
        report.Metrics.Select(metric => metric.Key).ShouldNotContain(
            metric => metric.StartsWith("val/", StringComparison.Ordinal), "most members learned from each validation row");
    }

    [Fact]
    public void Another_number_of_folds_uses_none_of_the_members_before()
    {
        Train(1);
        var three = Build(3, "folds", candidates: 1).ShouldBeOfType<EnsembleCompleted>().Report;
        Build(4, "folds", candidates: 1).ShouldBeOfType<EnsembleCompleted>();

        Directory.Delete(Path.Combine(_root, "searches/digits/folds-3"), recursive: true);
        Build(3, "folds", candidates: 1).ShouldBeOfType<EnsembleCompleted>().Report.Metrics.ShouldBe(three.Metrics);
    }
}
