using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Steps of a series of numbers, shifted and scaled.</summary>
/// <param name="Columns">Names of the numbers of a step, in order.</param>
/// <param name="Window">Steps that a row shows.</param>
/// <param name="Horizon">How many steps after the window the answer lies.</param>
/// <param name="Mean">Mean of each column over the training part.</param>
/// <param name="Deviation">Standard deviation of each column; 1 for a constant one.</param>
public sealed record SeriesPreprocessing(ValueArray<string> Columns, int Window, int Horizon, ValueArray<double> Mean, ValueArray<double> Deviation) : InputPreprocessing
{
    /// <summary>Scales steps and cuts them into windows, one step apart.</summary>
    /// <param name="steps">Raw values, shape [steps, columns].</param>
    /// <returns>Float32, shape [steps - window + 1, window, columns], on the host.</returns>
    /// <exception cref="DataException">SC4120: too few steps, or other columns.</exception>
    internal Tensor Windows(double[,] steps)
    {
        var (count, columns) = (steps.GetLength(0), steps.GetLength(1));
        if (columns != Columns.Count || count < Window)
        {
            throw new DataException("SC4120", $"The series has {count} steps of {columns} columns, but the model looks at {Window} steps of {Columns.Count} ({string.Join(", ", Columns.Take(10).Select(DisplayText.Shorten))}).");
        }

        var raw = new double[count * columns];
        Buffer.BlockCopy(steps, 0, raw, 0, raw.Length * sizeof(double));
        var scaled = tensor(new TablePreprocessing(Columns, Mean, Deviation).Apply(raw), [count, columns]);
        var places = Scalars.Count(count - Window + 1).unsqueeze(1).Plus(Scalars.Count(Window)).flatten();
        return scaled.index_select(0, places).reshape(count - Window + 1, Window, columns);
    }
}

/// <summary>Characters of a text as their numbers in an alphabet.</summary>
/// <param name="Symbols">The alphabet, in order.</param>
/// <param name="Window">Characters that a row shows.</param>
/// <param name="Horizon">How many characters after the window the answer lies.</param>
public sealed record TextPreprocessing(string Symbols, int Window, int Horizon) : InputPreprocessing
{
    // What a text that is shorter than a window begins with, where the alphabet has it.
    private static readonly char[] Padding = ['\n', ' '];

    /// <summary>Takes the last window of each text.</summary>
    /// <param name="texts">Texts; shorter ones are padded at their start.</param>
    /// <returns>Int64, shape [texts, window], on the host.</returns>
    /// <exception cref="DataException">SC4121: a character that the alphabet lacks.</exception>
    internal Tensor Encode(IReadOnlyList<string> texts)
    {
        var codes = Symbols.Select((symbol, code) => (symbol, code)).ToDictionary(entry => entry.symbol, entry => (long)entry.code);
        var padding = Padding.FirstOrDefault(codes.ContainsKey, Symbols[0]);
        var inputs = new long[texts.Count * Window];
        for (var i = 0; i < texts.Count; i++)
        {
            var text = texts[i].Length >= Window ? texts[i][^Window..] : texts[i].PadLeft(Window, padding);
            for (var step = 0; step < Window; step++)
            {
                inputs[(i * Window) + step] = codes.TryGetValue(text[step], out var code) ? code
                    : throw new DataException("SC4121", $"The text has the character {DisplayText.Shorten(text[step].ToString())} (U+{(int)text[step]:X4}), which the training text never had; the model knows {Symbols.Length} characters.");
            }
        }

        return tensor(inputs, [texts.Count, Window]);
    }
}
