using SearchCluster.Contracts.Metrics;
using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>Scores predictions against the truth, row by row, so that differences can be resampled.</summary>
/// <param name="Name">Name after <c>val/</c> and <c>test/</c>.</param>
/// <param name="Direction">Which end is better.</param>
/// <param name="Rows">The score of each row; the score of a part is their mean.</param>
/// <param name="Weights">Weight of each row in the mean, not all 0; null for equal ones.</param>
internal sealed record RowScore(string Name, Direction Direction, double[] Rows, double[]? Weights = null)
{
    // The smallest probability that single-precision softmax distinguishes from 0 would make the loss infinite for one confident error.
    private const double SmallestProbability = 1e-12;

    /// <summary>Scores of a metric of the product.</summary>
    private static RowScore Of(string name, double[] rows, double[]? weights = null) => new(name, MetricCatalog.Find(name)!.Direction, rows, weights);

    /// <summary>The mean.</summary>
    public double Mean => Weights is null ? Rows.Average() : Rows.Zip(Weights, (row, weight) => row * weight).Sum() / Weights.Sum();

    /// <summary>Loss (negative logarithm of the true class's probability) and accuracy.</summary>
    /// <param name="probabilities">Shape [rows, classes].</param>
    /// <param name="classes">True class of each row.</param>
    public static RowScore[] OfClasses(double[,] probabilities, long[] classes) =>
    [
        Of("loss", [.. classes.Select((k, row) => LossOf(probabilities, row, k))]),
        Of("accuracy", [.. classes.Select((k, row) => Voting.BestClass(probabilities, row) == k ? 1.0 : 0)]),
    ];

    /// <summary>Loss and accuracy of the pixels of each image, weighted by how many of them have a class, and the image's mean intersection over union.</summary>
    /// <param name="probabilities">Shape [images × pixels, classes].</param>
    /// <param name="classes">True class of each pixel; negative for void.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <remarks>Loss and accuracy of a part are thereby those of all its pixels. The union is over classes that occur in the truth or the answer; an image without any class scores 1 with weight 0.</remarks>
    public static RowScore[] OfMasks(double[,] probabilities, long[] classes, int pixels)
    {
        var (images, count) = (classes.Length / pixels, probabilities.GetLength(1));
        var (loss, accuracy, union, weights) = (new double[images], new double[images], new double[images], new double[images]);
        var (both, either) = (new int[count], new int[count]);
        for (var image = 0; image < images; image++)
        {
            Array.Clear(both);
            Array.Clear(either);
            var (known, right) = (0, 0);
            for (var i = image * pixels; i < (image + 1) * pixels; i++)
            {
                if (classes[i] < 0)
                {
                    continue;
                }

                var (truth, answer) = ((int)classes[i], Voting.BestClass(probabilities, i));
                known++;
                loss[image] += LossOf(probabilities, i, truth);
                either[truth]++;
                if (truth == answer)
                {
                    right++;
                    both[truth]++;
                }
                else
                {
                    either[answer]++;
                }
            }

            var shares = Enumerable.Range(0, count).Where(k => either[k] > 0).Select(k => (double)both[k] / either[k]).ToArray();
            (weights[image], union[image]) = (known, shares.Length == 0 ? 1 : shares.Average());
            (loss[image], accuracy[image]) = known == 0 ? (0, 1) : (loss[image] / known, (double)right / known);
        }

        // Where no pixel of any image has a class, nothing is known: all images are alike.
        weights = weights.All(weight => weight == 0) ? [.. weights.Select(_ => 1.0)] : weights;
        return
        [
            Of("loss", loss, weights),
            Of("accuracy", accuracy, weights),
            Of("imageIou", union, [.. weights.Select(weight => weight > 0 ? 1.0 : 0)]),
        ];
    }

    /// <summary>Mean squared and mean absolute error over the outputs.</summary>
    /// <param name="numbers">Shape [rows, outputs].</param>
    /// <param name="truth">Row-major, rows × outputs.</param>
    public static RowScore[] OfNumbers(double[,] numbers, double[] truth)
    {
        var (rows, outputs) = (numbers.GetLength(0), numbers.GetLength(1));
        double Mean(int row, Func<double, double> of) => Enumerable.Range(0, outputs).Average(k => of(numbers[row, k] - truth[(row * outputs) + k]));
        return
        [
            Of("mse", [.. Enumerable.Range(0, rows).Select(row => Mean(row, error => error * error))]),
            Of("mae", [.. Enumerable.Range(0, rows).Select(row => Mean(row, Math.Abs))]),
        ];
    }

    /// <summary>Puts the scores of parts behind each other.</summary>
    /// <param name="parts">Scores of each part, in the same order.</param>
    public static RowScore[] Concat(IReadOnlyList<RowScore[]> parts) =>
    [
        .. Enumerable.Range(0, parts[0].Length).Select(i => parts[0][i] with
        {
            Rows = [.. parts.SelectMany(part => part[i].Rows)],
            Weights = parts[0][i].Weights is null ? null : [.. parts.SelectMany(part => part[i].Weights!)],
        }),
    ];

    private static double LossOf(double[,] probabilities, int row, long truth) => -Math.Log(Math.Max(probabilities[row, truth], SmallestProbability));
}
