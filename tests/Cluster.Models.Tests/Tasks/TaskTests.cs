using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training.Steps;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Tasks;

// Expected numbers are computed by hand from the formulas in the comments.
public sealed class TaskTests
{
    private static readonly double LogisticLoss = Math.Log(1 + Math.Exp(-2));

    public TaskTests() => TorchRuntime.Initialize();

    [Fact]
    public void Cross_entropy_is_the_mean_negative_log_probability()
    {
        var task = Classifier();

        // Scores (2, 0) and (0, 2) for classes 0 and 0: ln(1 + e^-2) and ln(1 + e^2).
        Loss(task, new float[,] { { 2, 0 }, { 0, 2 } }, [0, 0]).ShouldBe((LogisticLoss + LogisticLoss + 2) / 2, 1e-6);
    }

    [Fact]
    public void Hinge_sums_the_margins_of_the_wrong_classes()
    {
        var task = Classifier(("loss", ParameterValue.Text("hinge")));

        // Scores (3, 2.5, 0), class 0: max(0, 1 + 2.5 - 3) + max(0, 1 + 0 - 3) = 0.5.
        Loss(task, new float[,] { { 3, 2.5f, 0 } }, [0]).ShouldBe(0.5, 1e-6);
    }

    [Theory]
    [InlineData("cross-entropy", 2)]
    [InlineData("bce", null)]
    [InlineData("hinge", null)]
    public void Cross_entropy_has_a_loss_of_who_knows_nothing(string loss, int? classes)
    {
        var task = Classifier(("loss", ParameterValue.Text(loss)));

        task.UninformedLoss.ShouldBe(classes is { } count ? Math.Log(count) : null);
        if (task.UninformedLoss is { } expected)
        {
            Loss(task, new float[,] { { 0, 0 } }, [1]).ShouldBe(expected, 1e-6);
        }
    }

    [Fact]
    public void The_cross_entropy_of_each_against_the_rest_counts_one_decision_of_two_classes_once()
    {
        var task = Classifier(("loss", ParameterValue.Text("bce")));

        // Scores (1, -1), class 0: both say it with probability 1 / (1 + e^-1), so the loss is ln(1 + e^-1),
        // and ln 2 where nothing is known.
        Loss(task, new float[,] { { 1, -1 } }, [0]).ShouldBe(Math.Log(1 + Math.Exp(-1)), 1e-6);
        Loss(task, new float[,] { { 0, 0 } }, [1]).ShouldBe(Math.Log(2), 1e-6);
    }

    [Theory]
    [InlineData(10, 3, 0.0, 1.0)]
    [InlineData(10, 5, 0.0, 0.0)]
    [InlineData(10, 1, 1.0, 1.0)]
    [InlineData(3, 2, 0.0, 1.0)]
    [InlineData(2, 1, 1.0, 1.0)]
    public void A_class_within_the_first_two_or_five_answers_counts(int classes, int rank, double top2, double top5)
    {
        var task = new ClassificationTask(
            Hyperparameters.Create(BuiltinWorkloads.Mlp, ParameterValues.Empty, ParameterValues.Empty),
            new(DataShape.OfTable(["x"], [.. Enumerable.Range(0, classes).Select(k => $"{k}")]), TargetScaling.None, [], CPU));

        // Class 0 is the most probable, then 1, …; the true class is the one of that rank, from 0.
        using var output = tensor([.. Enumerable.Range(0, classes).Select(k => (float)-k)], [1, classes]);
        using var targets = tensor(new long[] { rank });
        var scores = task.Summarise(task.Statistics(output, new(output, targets)).data<double>().ToArray());

        scores[task.Scores.ToList().FindIndex(score => score.Name == "top2")].ShouldBe(top2);
        scores[task.Scores.ToList().FindIndex(score => score.Name == "top5")].ShouldBe(top5);
        task.Scores.Count(score => score.Constant is not null).ShouldBe(classes <= 2 ? 2 : classes <= 5 ? 1 : 0);
    }

    [Fact]
    public void Balanced_weights_let_a_rare_class_count_as_much()
    {
        // Three rows of class 0 and one of class 1: weights 4 / (2·3) and 4 / (2·1).
        ClassWeights.Of([3, 1]).ShouldBe([2 / 3.0, 2.0]);
        ClassWeights.Of([4, 0]).ShouldBe([1.0, 0.0]);

        var task = Classifier(("classWeights", ParameterValue.Text("balanced")));
        var right = LogisticLoss;
        var wrong = LogisticLoss + 2;

        // One row of each, weighted mean (2/3·right + 2·wrong) / (2/3 + 2).
        Loss(task, new float[,] { { 2, 0 }, { 2, 0 } }, [0, 1]).ShouldBe(((2 / 3.0 * right) + (2 * wrong)) / (2 + (2 / 3.0)), 1e-6);
    }

    [Fact]
    public void The_weighted_loss_of_a_part_is_that_of_all_its_rows_however_they_are_divided_into_passes()
    {
        var task = Classifier(("classWeights", ParameterValue.Text("balanced")));
        var shape = new DataShape([1 << 15], TargetKind.Class, ["x"], ["a", "b"], []);
        var (outputs, targets) = (new float[40, 2], new long[40]);
        for (var row = 0; row < 40; row++)
        {
            (outputs[row, 0], outputs[row, 1], targets[row]) = (row % 7, row % 3, row < 20 ? 0 : row % 2);
        }

        using var all = tensor(outputs);
        using var truths = tensor(targets);
        var measured = PartEvaluation.Of(
            task,
            shape,
            40,
            (start, count) => (new(all.narrow(0, start, count), truths.narrow(0, start, count)), all.narrow(0, start, count)));

        PartEvaluation.RowsAtOnce(shape).ShouldBe(16);
        measured[0].ShouldBe(task.Loss(all, new(all, truths)).item<float>(), 1e-6);
    }

    [Fact]
    public void Label_smoothing_counts_in_training_only()
    {
        var task = Classifier(("labelSmoothing", ParameterValue.Real(0.2)));
        using var output = tensor(new float[,] { { 2, 0 } }, requires_grad: true);
        using var targets = tensor(new long[] { 0 });

        // 0.9 of the target on the right class, 0.1 on the other.
        task.Loss(output, new(output, targets)).item<float>().ShouldBe((float)((0.9 * LogisticLoss) + (0.1 * (LogisticLoss + 2))), 1e-6f);
        task.Loss(output.detach(), new(output, targets)).item<float>().ShouldBe((float)LogisticLoss, 1e-6f);
    }

    [Fact]
    public void Scores_of_a_classifier_follow_from_the_confusion_matrix()
    {
        // Truth 0: answered 0, 0, 1. Truth 1: answered 1. Truth 2: answered 0.
        var confusion = new ConfusionMatrix([2, 1, 0, 0, 1, 0, 1, 0, 0], 3);

        confusion.Accuracy.ShouldBe(3 / 5.0);
        confusion.Precision(0).ShouldBe(2 / 3.0);
        confusion.Recall(0).ShouldBe(2 / 3.0);
        confusion.Precision(1).ShouldBe(1 / 2.0);
        confusion.Recall(1).ShouldBe(1);
        confusion.F1(2).ShouldBe(0);
        confusion.IntersectionOverUnion(0).ShouldBe(2 / 4.0);
        confusion.Macro(confusion.F1).ShouldBe(((2 / 3.0) + (2 / 3.0) + 0) / 3, 1e-12);
    }

    [Fact]
    public void Statistics_of_batches_add_up_to_those_of_all_rows()
    {
        var task = Classifier();
        using var output = tensor(new float[,] { { 2, 0 }, { 0, 2 }, { 2, 0 } });
        using var targets = tensor(new long[] { 0, 0, 1 });

        var all = task.Summarise(task.Statistics(output, new(output, targets)).data<double>().ToArray());
        var parts = task.Statistics(output.narrow(0, 0, 1), new(output, targets.narrow(0, 0, 1))) + task.Statistics(
            output.narrow(0, 1, 2), new(output, targets.narrow(0, 1, 2)));

        task.Summarise(parts.data<double>().ToArray()).ShouldBe(all);
        all[0].ShouldBe(1 / 3.0, 1e-12);
    }

    [Theory]
    [InlineData("mse", (1 + 9) / 2.0)]
    [InlineData("l1", (1 + 3) / 2.0)]
    [InlineData("huber", (0.5 + 2.5) / 2.0)] // 1²/2; 1·(3 - 1/2)
    public void Losses_of_numbers(string loss, double expected)
    {
        var task = Regressor(loss);
        using var output = tensor(new float[,] { { 1 }, { 3 } });
        using var targets = zeros(2, 1);

        task.Loss(output, new(output, targets)).item<float>().ShouldBe((float)expected, 1e-6f);
    }

    [Fact]
    public void Scores_of_numbers_are_in_the_units_of_the_data()
    {
        // Mean 10, deviation 2: scaled targets -1, 0, 1 are 8, 10, 12; answers -1, 0, 0 are 8, 10, 10.
        var task = Regressor("mse");
        using var output = tensor(new float[,] { { -1 }, { 0 }, { 0 } });
        using var targets = tensor(new float[,] { { -1 }, { 0 }, { 1 } });

        var scores = task.Summarise(task.Statistics(output, new(output, targets)).data<double>().ToArray());

        scores[0].ShouldBe(4 / 3.0, 1e-9);          // (0 + 0 + 2²) / 3
        scores[1].ShouldBe(2 / 3.0, 1e-9);
        scores[2].ShouldBe(1 - (4 / 8.0), 1e-9);    // spread 4 + 0 + 4
        scores[3].ShouldBe(1 / (2 * 4 / 3.0), 1e-9);
        task.Predict(output).data<double>().ToArray().ShouldBe([8f, 10f, 10f]);
    }

    [Fact]
    public void Void_pixels_count_nowhere()
    {
        var descriptor = BuiltinWorkloads.Cnn;
        var task = new SegmentationTask(
            Hyperparameters.Create(descriptor, ParameterValues.Empty, ParameterValues.Empty),
            new(new([1, 1, 3], TargetKind.Mask, [], ["a", "b"], []), TargetScaling.None, [1L, 1L], CPU));
        using var output = tensor(new float[] { 2, 2, 0, 0, 0, 2 }).reshape(1, 2, 1, 3);
        using var targets = tensor(new long[] { 0, -1, 1 }).reshape(1, 1, 3);

        task.Loss(output, new(output, targets)).item<float>().ShouldBe((float)LogisticLoss, 1e-6f);
        task.Summarise(task.Statistics(output, new(output, targets)).data<double>().ToArray()).ShouldBe([1.0, 1.0, 1.0]);
    }

    [Fact]
    public void The_mean_of_sampled_outputs_has_the_mean_probability()
    {
        var task = Classifier();
        using var first = tensor(new float[,] { { 2, 0 } });
        using var second = tensor(new float[,] { { 0, 1 } });

        var mean = task.Predict(task.Average([first, second]));

        mean.data<double>()[0].ShouldBe((first.softmax(1)[0, 0].item<float>() + second.softmax(1)[0, 0].item<float>()) / 2, 1e-6f);
    }

    private static ClassificationTask Classifier(params (string Name, ParameterValue Value)[] values) => new(
        Hyperparameters.Create(BuiltinWorkloads.Mlp, ParameterValues.Empty, Trials.Values(values)),
        new(DataShape.OfTable(["x"], ["a", "b"]), TargetScaling.None, [3L, 1L], CPU));

    private static RegressionTask Regressor(string loss) => new(
        Hyperparameters.Create(BuiltinWorkloads.MlpRegressor, ParameterValues.Empty, Trials.Values(("loss", ParameterValue.Text(loss)))),
        new(new([1], TargetKind.Numbers, ["x"], [], ["y"]), new([10f], [2f]), [], CPU));

    private static double Loss(ClassificationTask task, float[,] scores, long[] classes)
    {
        using var output = tensor(scores);
        using var targets = tensor(classes);
        return task.Loss(output, new(output, targets)).item<float>();
    }
}
