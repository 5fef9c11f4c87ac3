using SearchCluster.Models.Data.Images.Targets;

namespace SearchCluster.Models.Data.Images.Formats;

/// <summary>Writes the pixels that a model gives as pictures.</summary>
public static class PictureFile
{
    /// <summary>Writes a PNG.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="pixels">From 0 to 255, channel by channel, each row-major.</param>
    /// <param name="shape">Of the model: 1 channel is grey, 3 are red, green and blue.</param>
    /// <exception cref="DataException">SC4120: pictures have other channels.</exception>
    public static void WritePng(Stream stream, IReadOnlyList<double> pixels, DataShape shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(shape);
        var (channels, height, width) = ((int)shape.Input[0], (int)shape.Input[1], (int)shape.Input[2]);
        if (channels is not (1 or 3))
        {
            throw new DataException(
                ModelCodes.OtherData, $"The model's images have {channels} channels, but a picture has 1 or 3; ask for the code instead.");
        }

        var (plane, samples) = (height * width, new ushort[height * width * channels]);
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (ushort)Math.Clamp(Math.Round(pixels[(i % channels * plane) + (i / channels)]), 0, byte.MaxValue);
        }

        PngWriter.Write(stream, channels == 1 ? MaskKind.Grey : MaskKind.Colours, 8, (height, width), samples, []);
    }
}
