using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Steps of a series of numbers, shifted and scaled.</summary>
/// <param name="Columns">Names of the numbers of a step, in order.</param>
/// <param name="Window">Steps that a row shows.</param>
/// <param name="Horizon">How many steps after the window the answer lies.</param>
/// <param name="Mean">Mean of each column over the training part.</param>
/// <param name="Deviation">Standard deviation of each column; 1 for a constant one.</param>
/// <param name="Stride">Steps from one row of the training data to the next; null in files of early releases, and for 1.</param>
public sealed record SeriesPreprocessing(
    ValueArray<string> Columns,
    int Window,
    int Horizon,
    ValueArray<double> Mean,
    ValueArray<double> Deviation,
    int? Stride = null) : InputPreprocessing
{
    /// <summary>Scales steps and cuts them into windows.</summary>
    /// <param name="steps">Raw values, shape [steps, columns].</param>
    /// <param name="stride">Steps from one window to the next.</param>
    /// <returns>Float32, shape [windows, window, columns], on the host.</returns>
    /// <exception cref="DataException">SC4120: too few steps, or other columns.</exception>
    internal Tensor Windows(double[,] steps, int stride = 1)
    {
        var (count, columns) = (steps.GetLength(0), steps.GetLength(1));
        if (columns != Columns.Count || count < Window)
        {
            throw new DataException(
                ModelCodes.OtherData,
                $"The series has {count} steps of {columns} columns, but the model looks at {Window} steps of {Columns.Count} "
                    + $"({string.Join(", ", Columns.Take(10).Select(DisplayText.Shorten))}).");
        }

        var raw = new double[count * columns];
        Buffer.BlockCopy(steps, 0, raw, 0, raw.Length * sizeof(double));
        var scaled = tensor(new TablePreprocessing(Columns, Mean, Deviation).Apply(raw), [count, columns]);
        var windows = ((count - Window) / stride) + 1;
        var places = Scalars.Count(windows).mul(Scalars.Of((long)stride)).unsqueeze(1).Plus(Scalars.Count(Window)).flatten();
        return scaled.index_select(0, places).reshape(windows, Window, columns);
    }

    internal override double[,] Restore(Tensor prepared)
    {
        var values = ToRows(prepared);
        for (var row = 0; row < values.GetLength(0); row++)
        {
            for (var i = 0; i < values.GetLength(1); i++)
            {
                var column = i % Columns.Count;
                values[row, i] = (values[row, i] * Deviation[column]) + Mean[column];
            }
        }

        return values;
    }
}
