using SearchCluster.Cli.Json;
using SearchCluster.Models.Data;
using SearchCluster.Models.Tasks;

namespace SearchCluster.Cli.Predictions;

/// <summary>Metrics of predictions against the truth.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Metrics">Accuracy, loss, macro F1; or mean squared and absolute error and R².</param>
/// <param name="Confusion">Rows of each true class by predicted class; null for numbers.</param>
/// <param name="PerClass">Scores of each class; null for numbers.</param>
internal sealed record Evaluation(int Rows, IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<IReadOnlyList<long>>? Confusion, IReadOnlyList<ClassScoreJson>? PerClass = null)
{
    private const double SmallestProbability = 1e-12;

    public static Evaluation OfClasses(double[,] probabilities, IReadOnlyList<string> labels, ValueArray<string> classes)
    {
        var (rows, count) = (labels.Count, classes.Count);
        var confusion = Enumerable.Range(0, count).Select(_ => new long[count]).ToArray();
        double loss = 0, right = 0;
        for (var row = 0; row < rows; row++)
        {
            var truth = classes.IndexOf(labels[row]);
            if (truth < 0)
            {
                throw new DataException("SC3009", $"Row {row + 1} has the label '{Output.SafeText.Of(labels[row])}', which the model does not know; it knows {string.Join(", ", classes.Take(20).Select(name => Output.SafeText.Of(name)))}.");
            }

            var answer = Enumerable.Range(0, count).Aggregate(0, (best, k) => probabilities[row, k] > probabilities[row, best] ? k : best);
            confusion[truth][answer]++;
            loss -= Math.Log(Math.Max(probabilities[row, truth], SmallestProbability));
            right += answer == truth ? 1 : 0;
        }

        // Means over classes as trials measure them, so that the same rows give the same scores.
        var matrix = new ConfusionMatrix([.. confusion.SelectMany(row => row.Select(number => (double)number))], count);
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["accuracy"] = right / rows,
            ["loss"] = loss / rows,
            ["precision"] = matrix.Macro(matrix.Precision),
            ["recall"] = matrix.Macro(matrix.Recall),
            ["f1"] = matrix.Macro(matrix.F1),
        };
        return new(rows, metrics, confusion, PerClassOf(matrix, classes, isMask: false));
    }

    /// <summary>Accuracy of the pixels, and intersection over union as a mean and for each class.</summary>
    public static Evaluation OfMasks(int images, ConfusionMatrix pixels, ValueArray<string> classes)
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["accuracy"] = pixels.Accuracy,
            ["iou"] = pixels.Macro(pixels.IntersectionOverUnion),
            ["f1"] = pixels.Macro(pixels.F1),
        };
        return new(
            images,
            metrics,
            [.. Enumerable.Range(0, classes.Count).Select(truth => Enumerable.Range(0, classes.Count).Select(answer => (long)pixels[truth, answer]).ToArray())],
            PerClassOf(pixels, classes, isMask: true));
    }

    private static ClassScoreJson[] PerClassOf(ConfusionMatrix matrix, ValueArray<string> classes, bool isMask) =>
    [
        .. classes.Select((label, k) => new ClassScoreJson(
            label,
            (long)Enumerable.Range(0, classes.Count).Sum(answer => matrix[k, answer]),
            matrix.Precision(k),
            matrix.Recall(k),
            matrix.F1(k),
            isMask && matrix.IntersectionOverUnion(k) is var union && !double.IsNaN(union) ? union : null)),
    ];

    public static Evaluation OfNumbers(double[,] predictions, double[,] truth)
    {
        var (rows, outputs) = (truth.GetLength(0), truth.GetLength(1));
        double squared = 0, absolute = 0, explained = 0;
        for (var k = 0; k < outputs; k++)
        {
            var mean = Enumerable.Range(0, rows).Average(row => truth[row, k]);
            var error = Enumerable.Range(0, rows).Sum(row => Math.Pow(predictions[row, k] - truth[row, k], 2));
            squared += error / (rows * outputs);
            absolute += Enumerable.Range(0, rows).Sum(row => Math.Abs(predictions[row, k] - truth[row, k])) / (rows * outputs);

            // Of a constant target there is nothing to explain.
            var spread = Enumerable.Range(0, rows).Sum(row => Math.Pow(truth[row, k] - mean, 2));
            explained += spread > 0 ? (1 - (error / spread)) / outputs : double.NaN;
        }

        return new(rows, new Dictionary<string, double>(StringComparer.Ordinal) { ["mse"] = squared, ["mae"] = absolute, ["r2"] = explained }, null);
    }
}
