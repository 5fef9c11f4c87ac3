using SearchCluster.Models.Data;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles;

/// <summary>Scores predictions against the truth, row by row, so that differences can be resampled.</summary>
/// <param name="Name">Name after <c>val/</c> and <c>test/</c>.</param>
/// <param name="Direction">Which end is better.</param>
/// <param name="Rows">The score of each row; the score of a part is their mean.</param>
internal sealed record RowScore(string Name, Direction Direction, double[] Rows)
{
    // The smallest probability that single-precision softmax distinguishes from 0 would make the loss infinite for one confident error.
    private const double SmallestProbability = 1e-12;

    /// <summary>The mean.</summary>
    public double Mean => Rows.Average();

    /// <summary>Loss (negative logarithm of the true class's probability) and accuracy.</summary>
    /// <param name="probabilities">Shape [rows, classes].</param>
    /// <param name="classes">True class of each row.</param>
    public static RowScore[] OfClasses(float[,] probabilities, long[] classes) =>
    [
        new("loss", Direction.Minimize, [.. classes.Select((k, row) => -Math.Log(Math.Max(probabilities[row, k], SmallestProbability)))]),
        new("accuracy", Direction.Maximize, [.. classes.Select((k, row) => Voting.BestClass(probabilities, row) == k ? 1.0 : 0)]),
    ];

    /// <summary>Mean squared and mean absolute error over the outputs.</summary>
    /// <param name="numbers">Shape [rows, outputs].</param>
    /// <param name="truth">Row-major, rows × outputs.</param>
    public static RowScore[] OfNumbers(float[,] numbers, double[] truth)
    {
        var (rows, outputs) = (numbers.GetLength(0), numbers.GetLength(1));
        double Mean(int row, Func<double, double> of) => Enumerable.Range(0, outputs).Average(k => of(numbers[row, k] - truth[(row * outputs) + k]));
        return
        [
            new("mse", Direction.Minimize, [.. Enumerable.Range(0, rows).Select(row => Mean(row, error => error * error))]),
            new("mae", Direction.Minimize, [.. Enumerable.Range(0, rows).Select(row => Mean(row, Math.Abs))]),
        ];
    }
}

/// <summary>What the rows of a part should get.</summary>
internal sealed class Answers
{
    private readonly long[] _classes;
    private readonly double[] _numbers;

    private Answers(long[] classes, double[] numbers) => (_classes, _numbers) = (classes, numbers);

    /// <summary>True classes; empty for numbers.</summary>
    public ReadOnlySpan<long> Classes => _classes;

    /// <summary>Reads the targets of a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="data">Its data set.</param>
    public static Answers Of(DataPart part, DataSet data)
    {
        using var scope = NewDisposeScope();
        if (data.Shape.Target == TargetKind.Class)
        {
            return new(part.Targets.cpu().data<long>().ToArray(), []);
        }

        var outputs = data.Shape.Outputs;
        var scaled = part.Targets.cpu().contiguous().data<float>().ToArray();
        return new([], [.. scaled.Select((value, i) => ((double)value * data.TargetScaling.Deviation[i % outputs]) + data.TargetScaling.Mean[i % outputs])]);
    }

    /// <summary>Scores predictions.</summary>
    public RowScore[] Score(float[,] predictions) => _classes.Length > 0 ? RowScore.OfClasses(predictions, _classes) : RowScore.OfNumbers(predictions, _numbers);

    /// <summary>Some of the rows.</summary>
    public Answers Take(IReadOnlyList<int> rows, int outputs) =>
        new(_classes.Length == 0 ? [] : [.. rows.Select(row => _classes[row])], _numbers.Length == 0 ? [] : [.. rows.SelectMany(row => _numbers.AsSpan(row * outputs, outputs).ToArray())]);
}
