using SearchCluster.Models.Data;
using SearchCluster.Models.Ensembles.Predictors;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>What the rows of a part should get.</summary>
internal sealed class RowAnswers
{
    private readonly long[] _classes;
    private readonly double[] _numbers;

    private RowAnswers(long[] classes, double[] numbers, int cells) => (_classes, _numbers, Cells) = (classes, numbers, cells);

    /// <summary>True classes, of each pixel where the rows are images with masks; empty for numbers.</summary>
    public ReadOnlySpan<long> Classes => _classes;

    /// <summary>Predictions for each row: its pixels for masks, 1 otherwise.</summary>
    public int Cells { get; }

    /// <summary>Predictions for each row of a data set.</summary>
    /// <param name="shape">Its shape.</param>
    public static int CellsOf(DataShape shape) => shape.Target == TargetKind.Mask ? (int)(shape.Input[1] * shape.Input[2]) : 1;

    /// <summary>Reads the targets of a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="data">Its data set.</param>
    public static RowAnswers Of(DataPart part, DataSet data)
    {
        using var scope = NewDisposeScope();
        if (data.Shape.Target != TargetKind.Numbers)
        {
            return new(part.Targets.cpu().to(int64).contiguous().data<long>().ToArray(), [], CellsOf(data.Shape));
        }

        var outputs = data.Shape.Outputs;
        var scaled = part.Targets.cpu().contiguous().data<float>().ToArray();
        return new([], [.. scaled.Select((value, i) => data.TargetScaling.Restore(value, i % outputs))], 1);
    }

    /// <summary>Classes, of rows or of pixels.</summary>
    /// <param name="classes">Row-major.</param>
    /// <param name="cells">Predictions for each row.</param>
    public static RowAnswers Of(long[] classes, int cells) => new(classes, [], cells);

    /// <summary>Numbers.</summary>
    /// <param name="numbers">Row-major, in the units of the data.</param>
    public static RowAnswers Of(double[] numbers) => new([], numbers, 1);

    /// <summary>Scores predictions.</summary>
    /// <param name="predictions">Shape [rows × cells, outputs].</param>
    public RowScore[] Score(double[,] predictions) => _classes.Length == 0 ? RowScore.OfNumbers(predictions, _numbers)
        : Cells > 1 ? RowScore.OfMasks(predictions, _classes, Cells)
        : RowScore.OfClasses(predictions, _classes);

    /// <summary>How often each true class was answered by each, row-major, classes × classes; empty unless the answers are masks.</summary>
    /// <param name="predictions">Shape [rows × cells, classes].</param>
    public double[] CountPixels(double[,] predictions)
    {
        if (Cells == 1)
        {
            return [];
        }

        var classes = predictions.GetLength(1);
        var counts = new double[classes * classes];
        for (var i = 0; i < _classes.Length; i++)
        {
            if (_classes[i] >= 0)
            {
                counts[(_classes[i] * classes) + Voting.BestClass(predictions, i)]++;
            }
        }

        return counts;
    }

    /// <summary>Some of the rows.</summary>
    public RowAnswers Take(IReadOnlyList<int> rows, int outputs) => new(
        _classes.Length == 0 ? [] : [.. rows.SelectMany(row => _classes.AsSpan(row * Cells, Cells).ToArray())],
        _numbers.Length == 0 ? [] : [.. rows.SelectMany(row => _numbers.AsSpan(row * outputs, outputs).ToArray())],
        Cells);
}
