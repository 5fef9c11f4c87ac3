using System.Globalization;
using SearchCluster.Models.Data.Preprocessing;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data;

/// <summary>Shift and scale of the numbers to answer, fitted on the training part; empty where the answer is a class.</summary>
/// <param name="Mean">Mean of each output.</param>
/// <param name="Deviation">Standard deviation of each output; 1 for a constant one.</param>
/// <remarks>Both are of double precision, and so are predictions: of a target like 1700000000 single precision
/// would keep every 128th number only.</remarks>
public sealed record TargetScaling(ValueArray<double> Mean, ValueArray<double> Deviation)
{
    /// <summary>No numbers to answer.</summary>
    public static TargetScaling None { get; } = new([], []);

    /// <summary>Fits the scaling.</summary>
    /// <param name="targets">Row-major, rows × outputs.</param>
    /// <param name="outputs">Numbers of a row.</param>
    /// <param name="train">Numbers of the training rows.</param>
    internal static TargetScaling Fit(double[] targets, int outputs, int[] train)
    {
        var scales = Enumerable.Range(0, outputs)
            .Select(k => NumberScale.Of(Array.ConvertAll(train, row => targets[(row * outputs) + k])))
            .ToList();
        return new(scales.Select(scale => scale.Shift).ToValueArray(), scales.Select(scale => scale.Factor).ToValueArray());
    }

    /// <summary>Scales numbers.</summary>
    /// <param name="targets">Row-major, rows × outputs.</param>
    /// <returns>Float32, shape [rows, outputs], on the host.</returns>
    internal Tensor Apply(double[] targets)
    {
        var scaled = new float[targets.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = ScaleOf(i % Mean.Count).Apply(targets[i]);
        }

        return tensor(scaled, [scaled.Length / Mean.Count, Mean.Count]);
    }

    /// <summary>Brings a scaled number back into the units of the data.</summary>
    internal double Restore(double scaled, int output) => (scaled * Deviation[output]) + Mean[output];

    /// <summary>Says which targets carry nothing, or lose their differences in single precision.</summary>
    /// <param name="name">The data, for the sentences.</param>
    /// <param name="names">Names of the outputs.</param>
    /// <param name="targets">Row-major, rows × outputs.</param>
    /// <param name="train">Numbers of the training rows.</param>
    internal IEnumerable<string> Warn(string name, ValueArray<string> names, double[] targets, int[] train)
    {
        for (var k = 0; k < names.Count; k++)
        {
            var output = k;
            var values = Array.ConvertAll(train, row => targets[(row * names.Count) + output]);
            var what = $"{name}: the target '{DisplayText.Shorten(names[k])}'";
            if (values.Length > 0 && values.All(value => value == values[0]))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what} is {values[0]:R} in all {Counted.Of(values.Length, "row")} of the training part, "
                        + $"so there is nothing to learn; is it the right column?");
            }
            else if (LostDifferences.Tell(
                what,
                values,
                ScaleOf(k),
                "rescale it, for example to its logarithm, or leave out the few numbers that are far from all others") is { } lost)
            {
                yield return lost;
            }
        }
    }

    private NumberScale ScaleOf(int output) => new(Mean[output], Deviation[output]);
}
