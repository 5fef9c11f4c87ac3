using System.Runtime.InteropServices;
using SkiaSharp;

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

        var (plane, rgba) = (height * width, new byte[height * width * 4]);
        for (var i = 0; i < plane; i++)
        {
            byte Of(int channel) => (byte)Math.Clamp(Math.Round(pixels[(Math.Min(channel, channels - 1) * plane) + i]), 0, byte.MaxValue);
            (rgba[i * 4], rgba[(i * 4) + 1], rgba[(i * 4) + 2], rgba[(i * 4) + 3]) = (Of(0), Of(1), Of(2), byte.MaxValue);
        }

        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Marshal.Copy(rgba, 0, bitmap.GetPixels(), rgba.Length);
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        encoded.SaveTo(stream);
    }
}
