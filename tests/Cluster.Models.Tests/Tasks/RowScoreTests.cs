using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Tasks;

/// <summary>The mean of what rows score is what the task says of all of them.</summary>
public sealed class RowScoreTests
{
    public RowScoreTests() => TorchRuntime.Initialize();

    [Fact]
    public void Loss_and_accuracy_are_those_of_the_true_class()
    {
        var task = new ClassificationTask(
            Default(BuiltinWorkloads.Mlp), new(DataShape.OfTable(["x"], ["a", "b"]), TargetScaling.None, [], CPU));

        var scores = Score(task, tensor(new[,] { { 0.5, 0.5 }, { 0.25, 0.75 } }).log(), tensor(new long[] { 1, 1 }));

        scores["loss"].ShouldBe((Math.Log(2) - Math.Log(0.75)) / 2, 1e-6);
        scores["accuracy"].ShouldBe(0.5);
    }

    [Theory]
    [InlineData("cross-entropy", "none")]
    [InlineData("hinge", "none")]
    [InlineData("bce", "none")]
    [InlineData("cross-entropy", "balanced")]
    [InlineData("hinge", "balanced")]
    [InlineData("bce", "balanced")]
    public void Rows_of_classes_add_up_to_what_the_task_says(string loss, string weights)
    {
        var options = Trials.Values(("loss", ParameterValue.Text(loss)), ("classWeights", ParameterValue.Text(weights)));
        string[] labels = [.. Enumerable.Range(0, 7).Select(k => $"{k}")];
        var task = new ClassificationTask(
            Hyperparameters.Create(BuiltinWorkloads.Mlp, ParameterValues.Empty, options),
            new(DataShape.OfTable(["x"], [.. labels]), TargetScaling.None, [1, 2, 3, 4, 5, 6, 7], CPU));

        AddsUp(task, rand(40, 7, dtype: float64).mul(4), arange(40).remainder(7));
    }

    [Theory]
    [InlineData("mse")]
    [InlineData("l1")]
    [InlineData("huber")]
    public void Rows_of_numbers_add_up_to_what_the_task_says(string loss)
    {
        var shape = DataShape.OfTable(["x"], []) with { TargetNames = ["p", "q"] };
        var task = new RegressionTask(
            Hyperparameters.Create(
                BuiltinWorkloads.MlpRegressor, ParameterValues.Empty, Trials.Values(("loss", ParameterValue.Text(loss)))),
            new(shape, new([5, 6], [2, 3]), [], CPU));

        AddsUp(task, rand(40, 2), rand(40, 2));
    }

    [Fact]
    public void Images_are_scored_by_their_known_pixels()
    {
        // Two images of two pixels: one right and one wrong of class 0 and 1; the other has one void pixel and one that is right.
        var scores = MaskScores.Of([0, 0, 1, 1], [0, 1, -1, 1], [0.5, 1.5, 0, 1], images: 2, classes: 2)
            .ToDictionary(score => score.Metric, score => score.Mean);

        scores["loss"].ShouldBe(3.0 / 3, 1e-12);
        scores["accuracy"].ShouldBe(2.0 / 3, 1e-12);
        scores["imageIou"].ShouldBe((0.25 + 1) / 2, 1e-12);
    }

    private static Hyperparameters Default(Contracts.Workloads.WorkloadDescriptor workload) =>
        Hyperparameters.Create(workload, ParameterValues.Empty, ParameterValues.Empty);

    private static void AddsUp(ITask task, Tensor output, Tensor targets)
    {
        var scores = Score(task, output, targets);

        var batch = new Batch(output, targets);
        scores["loss"].ShouldBe(task.Loss(output, batch).to(float64).item<double>(), 1e-5);
        var measured = task.Summarise(task.Statistics(output, batch).data<double>().ToArray());
        foreach (var (score, value) in task.Scores.Zip(measured).Where(score => scores.ContainsKey(score.First.Name)))
        {
            scores[score.Name].ShouldBe(value, 1e-5, score.Name);
        }
    }

    private static Dictionary<string, double> Score(ITask task, Tensor output, Tensor targets) =>
        task.ScoreRows(output, new(output, targets)).ToDictionary(score => score.Metric, score => score.Mean);
}
