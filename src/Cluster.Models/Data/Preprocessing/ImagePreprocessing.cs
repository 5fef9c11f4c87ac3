using System.Text.Json.Serialization;
using SearchCluster.Models.Native;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>Images are kept as bytes and normalised batch by batch on the device, which takes a quarter of the memory.</summary>
/// <param name="Channels">1 for grey, 3 for red, green, blue.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Mean">Mean of each channel over the training part, of bytes as numbers from 0 to 1; zeros when only rescaled.</param>
/// <param name="Deviation">Standard deviation of each channel likewise; ones when only rescaled.</param>
/// <param name="ColumnScale">Factor from the numbers of a table, whose columns are the pixels, to bytes; null for images.</param>
/// <param name="ImageFit">How images of another size were fitted to this one, so that new ones are fitted alike; null where they were
/// refused, and in models of releases that did not keep it.</param>
public sealed record ImagePreprocessing(
    int Channels,
    int Height,
    int Width,
    ValueArray<float> Mean,
    ValueArray<float> Deviation,
    float? ColumnScale = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImageFit? ImageFit = null) : InputPreprocessing
{
    private const double Largest = 255;
    private const long NumbersAtOnce = 1 << 22;

    /// <summary>Fits mean and deviation of each channel.</summary>
    /// <param name="images">Bytes, shape [rows, channels, height, width], on the host.</param>
    /// <param name="train">Numbers of the training rows.</param>
    /// <param name="normalise">False to rescale to 0 … 1 only.</param>
    internal static ImagePreprocessing Fit(Tensor images, int[] train, bool normalise)
    {
        var (channels, height, width) = ((int)images.size(1), (int)images.size(2), (int)images.size(3));
        var (mean, deviation) = (new float[channels], Enumerable.Repeat(1f, channels).ToArray());
        if (normalise)
        {
            using var scope = NewDisposeScope();
            var (sum, square) = (zeros(channels, float64), zeros(channels, float64));
            var size = (int)Math.Clamp(NumbersAtOnce / ((long)channels * height * width), 1, 1024);
            for (var start = 0; start < train.Length; start += size)
            {
                using var chunk = NewDisposeScope();
                var pixels = images
                    .index_select(0, tensor([.. train.Skip(start).Take(size).Select(row => (long)row)]))
                    .to(float64)
                    .div(Scalars.Of(Largest));
                sum.Increase(pixels.sum([0, 2, 3]));
                square.Increase(pixels.Squared().sum([0, 2, 3]));
            }

            var count = (double)train.Length * height * width;
            var average = sum.div(Scalars.Of(count));
            mean = average.to(float32).data<float>().ToArray();
            var spread = square
                .div(Scalars.Of(count))
                .sub(average.Squared())
                .clamp_min(Scalars.Of(0.0))
                .sqrt()
                .to(float32)
                .data<float>()
                .ToArray();
            deviation = [.. spread.Select(d => d > 1e-6f ? d : 1)];
        }

        return new(channels, height, width, mean.ToValueArray(), deviation.ToValueArray());
    }

    /// <summary>Turns a number of a table into a pixel; numbers outside those of the training table end at black or white.</summary>
    internal byte ToPixel(double value) => (byte)Math.Clamp(Math.Round((float)value * (ColumnScale ?? 1)), 0, Largest);

    internal override double[,] Restore(Tensor prepared)
    {
        var (values, plane) = (ToRows(prepared), Height * Width);
        for (var row = 0; row < values.GetLength(0); row++)
        {
            for (var i = 0; i < values.GetLength(1); i++)
            {
                var pixel = Math.Round(((values[row, i] * Deviation[i / plane]) + Mean[i / plane]) * Largest);
                values[row, i] = Math.Clamp(pixel, 0, Largest) / (ColumnScale ?? 1);
            }
        }

        return values;
    }

    internal override Tensor Prepare(Tensor inputs)
    {
        if (inputs.dtype != ScalarType.Byte)
        {
            return inputs;
        }

        // (x / 255 - mean) / deviation as one multiplication and one addition per pixel.
        var scale = tensor([.. Deviation.Select(d => (float)(1 / (Largest * d)))]).to(inputs.device).reshape(1, Channels, 1, 1);
        var shift = tensor([.. Mean.Zip(Deviation, (m, d) => -m / d)]).to(inputs.device).reshape(1, Channels, 1, 1);
        return addcmul(shift, inputs.to(float32), scale, Scalars.Of(1.0));
    }
}
