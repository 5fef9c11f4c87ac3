using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Ensembles;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Ensembles;

public sealed class EnsembleTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("searchcluster-models-").FullName;

    private readonly FolderArtifactStore _store;

    public EnsembleTests() => _store = new(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_soft_vote_is_the_mean_and_a_hard_vote_counts_heads()
    {
        float[][,] members = [new[,] { { 0.9f, 0.1f } }, new[,] { { 0.4f, 0.6f } }, new[,] { { 0.4f, 0.6f } }];

        var soft = Voting.Combine(members, EnsembleCombination.MeanProbability);
        var hard = Voting.Combine(members, EnsembleCombination.Vote);

        soft[0, 0].ShouldBe(1.7f / 3, 1e-6f);
        Voting.BestClass(soft, 0).ShouldBe(0);
        hard[0, 1].ShouldBe((2 + (1.3f / 3)) / 4, 1e-6f);
        Voting.BestClass(hard, 0).ShouldBe(1);
        (hard[0, 0] + hard[0, 1]).ShouldBe(1f, 1e-6f);
    }

    [Fact]
    public void A_tie_of_heads_goes_to_the_larger_mean_probability()
    {
        float[][,] members = [new[,] { { 0.6f, 0.4f } }, new[,] { { 0.1f, 0.9f } }];

        Voting.BestClass(Voting.Combine(members, EnsembleCombination.Vote), 0).ShouldBe(1);
    }

    [Fact]
    public void Loss_and_accuracy_are_those_of_the_true_class()
    {
        var scores = EnsembleScores.Of("val", new[,] { { 0.5f, 0.5f }, { 0.25f, 0.75f } }, [1, 1]).ToDictionary(StringComparer.Ordinal);

        scores["val/loss"].ShouldBe((Math.Log(2) - Math.Log(0.75)) / 2, 1e-6);
        scores["val/accuracy"].ShouldBe(0.5);
    }

    [Fact]
    public void An_ensemble_is_scored_beside_its_best_member_saved_and_loaded_again()
    {
        var results = Train(3);

        var report = Build(3).ShouldBeOfType<EnsembleCompleted>().Report;
        using var ensemble = EnsembleModel.Load(Path.Combine(_root, report.Artifact));

        report.Members.ShouldBe([new TrialId(0), new TrialId(1), new TrialId(2)]);
        report.Metrics.Keys.ShouldBe(["test/accuracy", "test/loss", "val/accuracy", "val/loss"]);
        report.BestSingle["val/loss"].ShouldBe(results[0].Metrics["val/loss"], 1e-5);
        report.BestSingle["test/accuracy"].ShouldBe(results[0].Metrics["test/accuracy"], 1e-9);
        report.Metrics["val/loss"].ShouldBeLessThan(results.Average(result => result.Metrics["val/loss"]));
        ensemble.Metrics.ShouldBe(report.Metrics);
        ensemble.Members.ShouldBe(report.Members);
        ensemble.Card.ShouldContain("3 best trials");
    }

    [Fact]
    public void A_loaded_model_predicts_raw_rows_as_well_as_it_was_scored()
    {
        Train(1);
        var samples = (TableSamples)SampleReader.Read(Trials.Digits);
        var rows = samples.Table;
        var test = DataSplit.Create(samples, new SplitSpec(), 42).Test;
        var raw = new float[test.Length, 64];
        for (var i = 0; i < test.Length * 64; i++)
        {
            raw[i / 64, i % 64] = rows.Features[(test[i / 64] * 64) + (i % 64)];
        }

        using var model = TrainedModel.Load(Path.Combine(_root, ArtifactPaths.Model(Trials.Search, new TrialId(0))));
        var probabilities = model.Predict(raw);

        var right = Enumerable.Range(0, test.Length).Count(row => model.ClassLabels[Voting.BestClass(probabilities, row)] == rows.Answer.ClassLabels[rows.Answer.Classes[test[row]]]);
        (right / (double)test.Length).ShouldBe(model.Metrics["test/accuracy"], 1e-9);
        Should.Throw<ArtifactException>(() => model.Predict(new float[1, 3])).Code.ShouldBe("SC4120");
    }

    [Fact]
    public void A_member_without_a_model_does_not_vote()
    {
        Train(2);
        _store.Delete(ArtifactPaths.Model(Trials.Search, new TrialId(0)));

        Build(2).ShouldBeOfType<EnsembleCompleted>().Report.Members.ShouldBe([new TrialId(1)]);
    }

    [Fact]
    public void Without_any_model_there_is_no_ensemble() =>
        Build(2).ShouldBeOfType<AttemptFailed>().Failure.Message.ShouldContain("None of the 2 members");

    [Fact]
    public void A_folder_that_is_no_ensemble_is_refused()
    {
        Should.Throw<ArtifactException>(() => EnsembleModel.Load(_root)).Code.ShouldBe("SC4000");
        File.WriteAllText(Path.Combine(_root, "ensemble.json"), "{\"format\":7}");
        Should.Throw<ArtifactException>(() => EnsembleModel.Load(_root)).Code.ShouldBe("SC4003");
        File.WriteAllText(Path.Combine(_root, "ensemble.json"), "{");
        Should.Throw<ArtifactException>(() => EnsembleModel.Load(_root)).Code.ShouldBe("SC4011");
    }

    private WorkContext Context => new(_store, _ => { }, TimeProvider.System, CancellationToken.None);

    private TrialResult[] Train(int count) => [.. Enumerable.Range(0, count)
        .Select(trial => new WorkExecutor().Run(Trials.Assignment(Trials.Sane(epochs: 5), trial: trial, seed: (ulong)trial), Context))
        .Select(outcome => outcome.ShouldBeOfType<AttemptCompleted>().Result)];

    private WorkOutcome Build(int members) => new WorkExecutor().Run(
        new EnsembleAssignment(
            new LeaseKey(Trials.Search, WorkItem.Ensemble, 1, 1),
            new EnsembleSpec("top-k", members),
            Enumerable.Range(0, members).Select(trial => new EnsembleMember(new TrialId(trial), Trials.Sane(epochs: 5), trial)).ToValueArray(),
            Trials.Plan()),
        Context);
}
