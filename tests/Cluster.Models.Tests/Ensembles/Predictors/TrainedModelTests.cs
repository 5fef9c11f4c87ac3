using SearchCluster.Artifacts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Splits;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Ensembles.Predictors;

public sealed class TrainedModelTests : EnsembleFixture
{
    [Fact]
    public void A_loaded_model_predicts_raw_rows_as_well_as_it_was_scored()
    {
        Train(1);
        var samples = (TableSamples)SampleReader.Read(Trials.Digits);
        var rows = samples.Table;
        var test = DataSplit.Create(samples, new SplitSpec(), 42).Test;
        var raw = new double[test.Length, 64];
        for (var i = 0; i < test.Length * 64; i++)
        {
            raw[i / 64, i % 64] = rows.Features[(test[i / 64] * 64) + (i % 64)];
        }

        using var model = TrainedModel.Load(Path.Combine(_root, ArtifactPaths.Model(Trials.Search, new TrialId(0))));
        var probabilities = model.Predict(raw);

        var right = Enumerable.Range(0, test.Length).Count(
            row => model.ClassLabels[Voting.BestClass(probabilities, row)] == rows.Answer.ClassLabels[rows.Answer.Classes[test[row]]]);
        (right / (double)test.Length).ShouldBe(model.Metrics["test/accuracy"], 1e-9);
        Should.Throw<ArtifactException>(() => model.Predict(new double[1, 3])).Code.ShouldBe("SC4120");
    }

    [Theory]
    [InlineData("loss", "bce")]
    [InlineData("loss", "hinge")]
    [InlineData("classWeights", "balanced")]
    [InlineData("dropoutSamples", "")]
    public void A_saved_model_is_scored_as_its_trial_was_whatever_it_was_trained_for(string name, string text)
    {
        var value = text.Length > 0 ? ParameterValue.Text(text) : ParameterValue.Integer(3);
        var data = Trials.Digits with
        {
            Split = new SplitSpec(TrainRows: new(0, 299), ValidationRows: new(300, 399), TestRows: new(400, 599)),
        };
        var values = Trials.Sane(epochs: 2).With("dropout", ParameterValue.Real(0.3)).With(name, value);
        var result = new WorkExecutor().Run(
            Trials.Assignment(values, Trials.Plan(data: data), seed: 11), Context).ShouldBeOfType<AttemptCompleted>().Result;
        var samples = ((TableSamples)SampleReader.Read(Trials.Digits)).Table;
        var rows = new double[200, 64];
        Buffer.BlockCopy(samples.Features, 400 * 64 * sizeof(double), rows, 0, rows.Length * sizeof(double));
        var labels = samples.Answer.Classes.Skip(400).Take(200).Select(k => samples.Answer.ClassLabels[k]).ToList();

        using var model = TrainedModel.Load(Path.Combine(_root, ArtifactPaths.Model(Trials.Search, new TrialId(0))));
        var scores = model.Evaluate(new PredictorInput.Rows(rows), KnownAnswers.OfClasses(labels, model.ClassLabels));

        scores.Rows.ShouldBe(200);
        foreach (var (metric, score) in scores.Metrics)
        {
            score.ShouldBe(result.Metrics["test/" + metric], 1e-6, metric);
        }
    }
}
