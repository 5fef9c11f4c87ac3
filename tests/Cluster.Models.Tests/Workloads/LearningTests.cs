using SearchCluster.Artifacts;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Workloads;

/// <summary>Each workload learns real data, resumes to the same bits, and its model predicts raw rows.</summary>
public sealed class LearningTests : IDisposable
{
    private static readonly DataSpec Images = Trials.Digits with { Images = new ImageSpec(8, 8) };

    private readonly string _root = Directory.CreateTempSubdirectory("searchcluster-learning-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Logistic_regression_learns_the_digits_with_either_loss()
    {
        foreach (var loss in new[] { "cross-entropy", "hinge" })
        {
            var values = Trials.Values(
                ("epochs", ParameterValue.Integer(15)), ("learningRate", ParameterValue.Real(0.01)), ("loss", ParameterValue.Text(loss)));
            Trials.Run(Trials.Assignment(values, Plan("logistic-regression", Trials.Digits))).Result.Metrics["test/accuracy"]
                .ShouldBeGreaterThan(0.93);
        }
    }

    [Fact]
    public void Logistic_regression_is_fitted_by_l_bfgs_in_few_epochs()
    {
        var values = Trials.Values(
            ("epochs", ParameterValue.Integer(30)),
            ("learningRate", ParameterValue.Real(1)),
            ("optimizer", ParameterValue.Text("lbfgs")),
            ("reg", ParameterValue.Real(1e-3)));

        var run = Trials.Run(Trials.Assignment(values, Plan("logistic-regression", Trials.Digits)));

        run.Result.Metrics["test/accuracy"].ShouldBeGreaterThan(0.93);
    }

    [Fact]
    public void A_convolutional_network_learns_the_digits_and_predicts_the_rows_of_their_table()
    {
        var values = Trials.Values(
            ("epochs", ParameterValue.Integer(10)),
            ("learningRate", ParameterValue.Real(0.005)),
            ("batchNorm", ParameterValue.Boolean(true)),
            ("dropout", ParameterValue.Real(0.2)));
        var store = new StoredArtifacts(new FolderArtifactStore(_root));
        var outcome = new WorkExecutor().Run(
            Trials.Assignment(values, Plan("cnn", Images)), new WorkContext(store, _ => { }, TimeProvider.System, CancellationToken.None));
        var result = outcome.ShouldBeOfType<AttemptCompleted>((outcome as AttemptFailed)?.Failure.ToString()).Result;
        result.Metrics["test/accuracy"].ShouldBeGreaterThan(0.95);

        using var model = TrainedModel.Load(Path.Combine(_root, ArtifactPaths.Model(Trials.Search, new TrialId(0))));
        model.Columns.Count.ShouldBe(64);
        var probabilities = model.Predict(new double[3, 64]);
        probabilities.GetLength(0).ShouldBe(3);
        Enumerable.Range(0, 10).Sum(k => (double)probabilities[1, k]).ShouldBe(1, 1e-5);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    public void A_trial_with_dropout_and_augmentation_resumes_to_the_same_bits(string workload)
    {
        var values = workload == "mlp"
            ? Trials.Values(
                ("epochs", ParameterValue.Integer(6)), ("dropout", ParameterValue.Real(0.3)), ("lrSchedule", ParameterValue.Text("cosine")))
            : Trials.Values(
                ("epochs", ParameterValue.Integer(6)),
                ("dropout", ParameterValue.Real(0.3)),
                ("spatialDropout", ParameterValue.Real(0.2)),
                ("batchNorm", ParameterValue.Boolean(true)),
                ("crop", ParameterValue.Integer(1)),
                ("shear", ParameterValue.Real(5)),
                ("blur", ParameterValue.Real(0.5)));
        var plan = Plan(workload, Images with { Limit = 400 });
        var whole = Trials.Run(Trials.Assignment(values, plan));

        var store = new MemoryArtifactStore();
        Trials.Run(Trials.Assignment(values, plan, until: 3), store);
        var rest = Trials.Run(Trials.Assignment(values, plan, from: 3), store);

        rest.Curve.ShouldBe(whole.Curve[3..]);
    }

    [Fact]
    public void Monte_Carlo_dropout_averages_to_the_same_answer_every_time()
    {
        var values = Trials.Values(
            ("epochs", ParameterValue.Integer(3)), ("dropout", ParameterValue.Real(0.4)), ("dropoutSamples", ParameterValue.Integer(10)));

        var first = Trials.Run(Trials.Assignment(values)).Result;

        first.Metrics.ShouldBe(Trials.Run(Trials.Assignment(values)).Result.Metrics);
        first.Metrics["val/loss"].ShouldNotBe(
            Trials.Run(Trials.Assignment(values.With("dropoutSamples", ParameterValue.Integer(0)))).Result.Metrics["val/loss"]);
    }

    [Fact]
    public void A_regressor_learns_a_plane_and_answers_in_the_units_of_the_data()
    {
        var file = Path.Combine(_root, "plane.csv");
        var stream = new RandomStream(1);
        double[][] points = [.. Enumerable.Range(0, 300).Select(_ => new[] { stream.NextDouble(), stream.NextDouble() })];
        File.WriteAllLines(
            file,
            points.Select(p => FormattableString.Invariant($"{p[0]},{p[1]},{1000 + (300 * p[0]) - (200 * p[1])}")).Prepend("x,y,price"));
        var data = new DataSpec(file, "price", new SplitSpec(), Table: new TableSpec { Answer = TargetKind.Numbers });
        var values = Trials.Values(("epochs", ParameterValue.Integer(60)), ("learningRate", ParameterValue.Real(0.01)));
        var store = new StoredArtifacts(new FolderArtifactStore(_root));

        var outcome = new WorkExecutor().Run(
            Trials.Assignment(values, Plan("mlp-regressor", data)),
            new WorkContext(store, _ => { }, TimeProvider.System, CancellationToken.None));

        var result = outcome.ShouldBeOfType<AttemptCompleted>((outcome as AttemptFailed)?.Failure.ToString()).Result;
        result.Metrics["test/r2"].ShouldBeGreaterThan(0.98);
        result.Metrics["test/mse"].ShouldBeLessThan(250);
        using var model = TrainedModel.Load(Path.Combine(_root, ArtifactPaths.Model(Trials.Search, new TrialId(0))));
        model.TargetNames.ShouldBe(["price"]);
        model.Predict(new[,] { { 0.5, 0.5 } })[0, 0].ShouldBe(1050, 30);
    }

    [Fact]
    public void Data_that_ask_for_something_else_are_refused_in_one_sentence()
    {
        Trials.Run(Trials.Assignment(Trials.Sane(), Plan("mlp-regressor", Trials.Digits))).Failure.Message
            .ShouldContain("answers numbers, but the data ask for one class");
        Trials.Run(Trials.Assignment(ParameterValues.Empty, Plan("cnn", Trials.Digits))).Failure.Message.ShouldContain("give data.images");
    }

    private static TrialPlan Plan(string workload, DataSpec data) => Trials.Plan(workload: workload) with { Data = data };
}
