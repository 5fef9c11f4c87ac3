using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.Native;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Ensembles.Scoring;

/// <summary>The interval of a gain in scores that are no means over rows.</summary>
public sealed class MetricGainTests
{
    private const int Resamples = 2_000;

    public MetricGainTests() => TorchRuntime.Initialize();

    [Fact]
    public void The_interval_of_F1_is_that_of_the_definition_on_the_rows_drawn()
    {
        var (truths, good, bad) = (Draw(60, 3, seed: 1), new long[60], new long[60]);
        var stream = new RandomStream(2);
        for (var row = 0; row < 60; row++)
        {
            good[row] = stream.NextDouble() < 0.9 ? truths[row] : (truths[row] + 1) % 3;
            bad[row] = stream.NextDouble() < 0.6 ? truths[row] : (truths[row] + 2) % 3;
        }

        var gains = GainEstimate.Of(Classified(truths, good), Classified(truths, bad), new RandomStream(7));

        var (gain, low, high) = Expected(rows => F1(rows, truths, good) - F1(rows, truths, bad), 60, seed: 7);
        gains["f1"].Value.ShouldBe(gain, 1e-12);
        gains["f1"].Low.ShouldBe(low, 1e-12);
        gains["f1"].High.ShouldBe(high, 1e-12);

        // Of three classes the five best always hold the right one, so that no draw differs in top5.
        gains.Keys.ShouldBe(["accuracy", "f1", "loss", "precision", "recall", "top2"]);
    }

    [Fact]
    public void The_interval_of_R2_is_that_of_the_definition_on_the_rows_drawn()
    {
        var stream = new RandomStream(3);
        double[] truths = [.. Enumerable.Range(0, 40).Select(_ => stream.NextGaussian())];
        double[] good = [.. truths.Select(truth => truth + (0.2 * stream.NextGaussian()))];
        double[] bad = [.. truths.Select(truth => truth + (0.5 * stream.NextGaussian()))];

        var gains = GainEstimate.Of(Regressed(truths, good), Regressed(truths, bad), new RandomStream(7));

        var (gain, low, high) = Expected(rows => R2(rows, truths, good) - R2(rows, truths, bad), 40, seed: 7);
        gains["r2"].Value.ShouldBe(gain, 1e-5);
        gains["r2"].Low.ShouldBe(low, 1e-5);
        gains["r2"].High.ShouldBe(high, 1e-5);
        gains["r2"].IsClear.ShouldBeTrue();
        gains["mse"].IsClear.ShouldBeTrue();
    }

    [Fact]
    public void Masks_have_intervals_of_their_intersection_over_union_image_by_image()
    {
        // One answers each image of two pixels rightly, the other the first half of them: of the rest both pixels are wrong.
        const int images = 40;
        var (truths, task) = (tensor(Enumerable.Repeat(new long[] { 0, 1 }, images).SelectMany(pair => pair).ToArray()), Segmentation());
        var half = cat([truths.narrow(0, 0, images), ones_like(truths).sub(truths).narrow(0, images, images)]);
        var (right, wrong) = (new RowSums(images), new RowSums(images));
        foreach (var (sums, answers) in new[] { (right, truths), (wrong, half) })
        {
            sums.Add(
                task,
                0,
                new(zeros(images, 1, 1, 2), truths.reshape(images, 1, 2)),
                Logits(answers).reshape(images, 1, 2, 2).permute(0, 3, 1, 2));
        }

        var gain = GainEstimate.Of(right, wrong, new RandomStream(7))["iou"];

        // Of a share p of right images each class has the intersection p and the union 2 - p.
        var (_, low, high) = Expected(
            rows => rows.Count(row => row < images / 2) / (double)images is var p ? 1 - (p / (2 - p)) : 0, images, seed: 7);
        gain.Value.ShouldBe(1 - (0.5 / 1.5), 1e-12);
        gain.Low.ShouldBe(low, 1e-12);
        gain.High.ShouldBe(high, 1e-12);
    }

    [Fact]
    public void A_gain_in_accuracy_is_the_same_by_rows_and_by_counts()
    {
        var (truths, good, bad) = (Draw(200, 3, seed: 1), Draw(200, 3, seed: 2), Draw(200, 3, seed: 3));
        RowScore Rows(long[] answers) =>
            new("accuracy", Direction.Maximize, [.. answers.Zip(truths, (answer, truth) => answer == truth ? 1.0 : 0)]);

        var counted = GainEstimate.Of(Classified(truths, good), Classified(truths, bad), new RandomStream(5))["accuracy"];
        var byRow = GainEstimate.Of(Rows(good), Rows(bad), new RandomStream(5)).ShouldNotBeNull();

        (counted.Value, counted.Low, counted.High).ShouldSatisfyAllConditions(
            found => found.Value.ShouldBe(byRow.Value, 1e-12),
            found => found.Low.ShouldBe(byRow.Low, 1e-12),
            found => found.High.ShouldBe(byRow.High, 1e-12));
    }

    [Fact]
    public void Of_many_rows_blocks_are_drawn_and_the_interval_stays_as_wide_as_theory_says()
    {
        const int rows = 40_000;
        var (truths, stream) = (Draw(rows, 2, seed: 1), new RandomStream(2));
        long[] answers = [.. truths.Select(truth => stream.NextDouble() < 0.8 ? truth : 1 - truth)];
        var sums = Classified(truths, answers);

        var gain = GainEstimate.Of(sums, Classified(truths, [.. truths.Select(truth => 1 - truth)]), new RandomStream(3))["accuracy"];

        sums.Count.ShouldBe(RowSums.MostBlocks);
        gain.Value.ShouldBe(0.8, 0.01);

        // Against one that is always wrong the gain is the accuracy: a mean of so many rows with p = 0.8.
        (gain.High - gain.Low).ShouldBe(2 * 1.96 * Math.Sqrt(0.8 * 0.2 / rows), 0.1 * 2 * 1.96 * Math.Sqrt(0.8 * 0.2 / rows));
    }

    [Fact]
    public void A_metric_that_many_draws_do_not_define_has_no_interval()
    {
        // Three draws in eight lack the only row that differs, and the others have no spread.
        double[] truths = [.. Enumerable.Repeat(1.0, 39), 2];
        var gains = GainEstimate.Of(
            Regressed(truths, [.. truths.Select((truth, row) => truth + (0.1 * (row % 3)))]),
            Regressed(truths, [.. truths.Select((truth, row) => truth + (0.2 * (row % 5)))]),
            new RandomStream(1));

        gains.ContainsKey("r2").ShouldBeFalse();
        gains.ContainsKey("mse").ShouldBeTrue();
    }

    private static long[] Draw(int rows, int classes, ulong seed)
    {
        var stream = new RandomStream(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => (long)(stream.NextDouble() * classes))];
    }

    // In two passes, as a part is scored.
    private static RowSums Added(ITask task, Tensor targets, Tensor output)
    {
        var (rows, sums) = ((int)targets.size(0), new RowSums((int)targets.size(0)));
        var first = (rows / 2) + 1;
        sums.Add(task, 0, new(zeros(first, 1), targets.narrow(0, 0, first)), output.narrow(0, 0, first));
        if (rows > first)
        {
            sums.Add(
                task,
                first,
                new(zeros(rows - first, 1), targets.narrow(0, first, rows - first)),
                output.narrow(0, first, rows - first));
        }

        return sums;
    }

    private static RowSums Classified(long[] truths, long[] answers)
    {
        string[] labels = [.. Enumerable.Range(0, 3).Select(k => $"{k}")];
        var task = new ClassificationTask(
            Hyperparameters.Create(BuiltinWorkloads.Mlp, ParameterValues.Empty, ParameterValues.Empty),
            new(DataShape.OfTable(["x"], [.. labels]), TargetScaling.None, [], CPU));
        return Added(task, tensor(truths), Logits(tensor(answers), 3));
    }

    private static RowSums Regressed(double[] truths, double[] answers)
    {
        var shape = DataShape.OfTable(["x"], []) with { TargetNames = ["y"] };
        var task = new RegressionTask(
            Hyperparameters.Create(BuiltinWorkloads.MlpRegressor, ParameterValues.Empty, ParameterValues.Empty),
            new(shape, new([0], [1]), [], CPU));
        return Added(task, tensor(truths).to(float32).reshape(-1, 1), tensor(answers).to(float32).reshape(-1, 1));
    }

    private static SegmentationTask Segmentation() => new(
        Hyperparameters.Create(BuiltinWorkloads.Segmentation, ParameterValues.Empty, ParameterValues.Empty),
        new(DataShape.OfTable(["x"], ["a", "b"]) with { Input = [1, 1, 2], Target = TargetKind.Mask }, TargetScaling.None, [], CPU));

    private static Tensor Logits(Tensor answers, int classes = 2) => nn.functional.one_hot(answers, classes).to(float32).mul(3);

    private static (double Gain, double Low, double High) Expected(Func<int[], double> gain, int rows, ulong seed)
    {
        var stream = new RandomStream(seed);
        var gains = Enumerable.Range(0, Resamples)
            .Select(_ => gain([.. Enumerable.Range(0, rows).Select(_ => (int)(stream.NextDouble() * rows))]))
            .Order()
            .ToArray();
        return (gain([.. Enumerable.Range(0, rows)]), gains[50], gains[1_949]);
    }

    private static double F1(int[] rows, long[] truths, long[] answers) =>
        Enumerable.Range(0, 3).Where(k => rows.Any(row => truths[row] == k || answers[row] == k)).Average(k =>
            2.0 * rows.Count(row => truths[row] == k && answers[row] == k) / (rows.Count(row => truths[row] == k) + rows.Count(
                row => answers[row] == k)));

    private static double R2(int[] rows, double[] truths, double[] answers)
    {
        var mean = rows.Average(row => truths[row]);
        return 1 - (rows.Sum(row => Math.Pow(truths[row] - answers[row], 2)) / rows.Sum(row => Math.Pow(truths[row] - mean, 2)));
    }
}
