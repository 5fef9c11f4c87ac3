using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tasks;

/// <summary>Counts of true class (row) against predicted class (column), and the scores that follow from them.</summary>
/// <param name="counts">Row-major, classes × classes.</param>
/// <param name="classes">Number of classes, at least 1.</param>
public sealed class ConfusionMatrix(ReadOnlySpan<double> counts, int classes)
{
    private readonly double[] _counts = counts[..(classes * classes)].ToArray();

    /// <summary>Number of classes.</summary>
    public int Classes => classes;

    /// <summary>Share of right answers; NaN without any answer.</summary>
    public double Accuracy => Enumerable.Range(0, classes).Sum(k => this[k, k]) / _counts.Sum();

    /// <summary>How often class <paramref name="truth"/> was answered by class <paramref name="answer"/>.</summary>
    public double this[int truth, int answer] => _counts[(truth * classes) + answer];

    /// <summary>Right answers among the answers of a class; 0 when it was never answered.</summary>
    public double Precision(int k) => Share(this[k, k], Enumerable.Range(0, classes).Sum(truth => this[truth, k]));

    /// <summary>Right answers among the rows of a class; 0 when it has none.</summary>
    public double Recall(int k) => Share(this[k, k], Enumerable.Range(0, classes).Sum(answer => this[k, answer]));

    /// <summary>Harmonic mean of precision and recall; 0 when both are.</summary>
    public double F1(int k) => Share(2 * Precision(k) * Recall(k), Precision(k) + Recall(k));

    /// <summary>Intersection over union of a class; NaN when it neither occurs nor is answered.</summary>
    public double IntersectionOverUnion(int k)
    {
        var union = Enumerable.Range(0, classes).Sum(j => this[k, j] + this[j, k]) - this[k, k];
        return union == 0 ? double.NaN : this[k, k] / union;
    }

    /// <summary>Mean of a score over the classes that occur in the data or in the answers (macro average); NaN without any.</summary>
    /// <param name="score">Score of a class.</param>
    public double Macro(Func<int, double> score)
    {
        var present = Enumerable.Range(0, classes).Where(k => !double.IsNaN(IntersectionOverUnion(k))).Select(score).ToList();
        return present.Count == 0 ? double.NaN : present.Average();
    }

    /// <summary>Counts on the device.</summary>
    /// <param name="answers">Predicted classes, int64, one-dimensional.</param>
    /// <param name="truths">True classes, int64, one-dimensional, all from 0 to classes - 1.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>Float64, shape [classes × classes].</returns>
    internal static Tensor Count(Tensor answers, Tensor truths, int classes) =>
        truths.mul(Scalars.Of((long)classes)).Plus(answers).bincount(null, minlength: (long)classes * classes).to(float64);

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}
