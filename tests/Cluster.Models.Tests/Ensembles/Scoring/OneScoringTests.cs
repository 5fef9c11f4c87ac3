using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Ensembles.Scoring;

/// <summary>What a trial measures, what the report of an ensemble says, and what <c>evaluate</c> says are the same numbers.</summary>
public sealed class OneScoringTests : EnsembleFixture
{
    private const double Close = 2e-5;

    private static readonly SplitSpec Parts = new(TrainRows: new(0, 299), ValidationRows: new(300, 399), TestRows: new(400, 599));

    [Theory]
    [InlineData("loss", "cross-entropy")]
    [InlineData("loss", "hinge")]
    [InlineData("classWeights", "balanced")]
    public void Every_metric_of_classes_agrees(string name, string value)
    {
        var values = Trials.Sane(epochs: 3).With(name, ParameterValue.Text(value));
        var samples = ((TableSamples)SampleReader.Read(Trials.Digits)).Table;
        var rows = new double[200, 64];
        Buffer.BlockCopy(samples.Features, 400 * 64 * sizeof(double), rows, 0, rows.Length * sizeof(double));
        var labels = samples.Answer.Classes.Skip(400).Take(200).Select(k => samples.Answer.ClassLabels[k]).ToList();

        Agree(
            Trials.Plan(data: Trials.Digits with { Split = Parts }),
            values,
            EnsembleCombination.MeanProbability,
            model => model.Evaluate(new PredictorInput.Rows(rows), KnownAnswers.OfClasses(labels, model.ClassLabels)));
    }

    [Fact]
    public void A_model_that_is_sure_and_wrong_keeps_its_loss()
    {
        var values = Trials.Sane(epochs: 3).With("learningRate", ParameterValue.Real(0.4));
        var plan = Trials.Plan(data: Trials.Digits with { Split = Parts });
        var trial = new WorkExecutor().Run(Trials.Assignment(values, plan), Context).ShouldBeOfType<AttemptCompleted>().Result;
        var assignment = new EnsembleAssignment(
            new LeaseKey(Trials.Search, WorkItem.Ensemble, 1, 1),
            new EnsembleSpec("top-k", 1),
            [new EnsembleMember(new(0), values, 0.1)],
            plan);

        var report = new WorkExecutor().Run(assignment, Context).ShouldBeOfType<EnsembleCompleted>().Report;

        // Logarithms of single precision, or of probabilities that are cut at 1e-12, end at 103 and at 28 for each row.
        trial.Metrics["test/loss"].ShouldBeGreaterThan(5);
        report.Metrics["test/loss"].ShouldBe(trial.Metrics["test/loss"], 1e-4 * trial.Metrics["test/loss"]);
    }

    [Theory]
    [InlineData("mse")]
    [InlineData("l1")]
    [InlineData("huber")]
    public void Every_metric_of_numbers_agrees(string loss)
    {
        var stream = new RandomStream(1);
        double[][] points = [.. Enumerable.Range(0, 120).Select(_ => new[] { stream.NextDouble(), stream.NextDouble() })];
        static double Price(double[] p) => 100 + (30 * p[0]) - (20 * p[1]);
        var file = Path.Combine(_root, "plane.csv");
        File.WriteAllLines(file, points.Select(p => FormattableString.Invariant($"{p[0]},{p[1]},{Price(p)}")).Prepend("x,y,price"));
        var split = new SplitSpec(TrainRows: new(0, 79), ValidationRows: new(80, 99), TestRows: new(100, 119));
        var data = new DataSpec(file, "price", split, Table: new() { Answer = TargetKind.Numbers });
        var plan = Trials.Plan(workload: "mlp-regressor") with { Data = data };
        var (rows, truth) = (new double[20, 2], new double[20, 1]);
        for (var i = 0; i < 20; i++)
        {
            (rows[i, 0], rows[i, 1], truth[i, 0]) = (points[100 + i][0], points[100 + i][1], Price(points[100 + i]));
        }

        Agree(
            plan,
            Trials.Values(("epochs", ParameterValue.Integer(3)), ("loss", ParameterValue.Text(loss))),
            EnsembleCombination.Mean,
            model => model.Evaluate(new PredictorInput.Rows(rows), KnownAnswers.OfNumbers(truth)));
    }

    private void Agree(TrialPlan plan, ParameterValues values, EnsembleCombination combine, Func<IPredictor, ModelScores> evaluate)
    {
        var trial = new WorkExecutor().Run(Trials.Assignment(values, plan), Context).ShouldBeOfType<AttemptCompleted>().Result;
        var assignment = new EnsembleAssignment(
            new LeaseKey(Trials.Search, WorkItem.Ensemble, 1, 1),
            new EnsembleSpec("top-k", 1, combine),
            [new EnsembleMember(new(0), values, 0.1)],
            plan);
        var outcome = new WorkExecutor().Run(assignment, Context);
        var report = outcome.ShouldBeOfType<EnsembleCompleted>((outcome as AttemptFailed)?.Failure.ToString()).Report;
        using var model = TrainedModel.Load(Path.Combine(_root, ArtifactPaths.Model(Trials.Search, new TrialId(0))));
        using var ensemble = EnsembleModel.Load(Path.Combine(_root, report.Artifact));

        var (one, together) = (evaluate(model).Metrics, evaluate(ensemble).Metrics);

        foreach (var (metric, value) in trial.Metrics.Where(metric => metric.Key != "train/loss"))
        {
            ShouldBeClose(report.Metrics[metric], value, metric + " of the ensemble");
            ShouldBeClose(report.BestSingle[metric], value, metric + " of the best single trial");
            if (metric.StartsWith("test/", StringComparison.Ordinal))
            {
                ShouldBeClose(one[metric[5..]], value, metric + " by evaluate");
                ShouldBeClose(together[metric[5..]], value, metric + " of the ensemble by evaluate");
            }
        }

        report.Metrics.Count.ShouldBe(trial.Metrics.Count - 1);

        // One network scored in two ways differs by rounding at most, and where no draw differs there is no interval.
        (report.Gains ?? ValueMap<Gain>.Empty).ShouldAllBe(gain => Math.Abs(gain.Value.Value) < Close);
    }

    private static void ShouldBeClose(double found, double expected, string what) =>
        found.ShouldBe(expected, Close * Math.Max(1, Math.Abs(expected)), what);
}
