using System.Globalization;
using System.Runtime.InteropServices;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Images.Targets;
using SkiaSharp;

namespace SearchCluster.Models.Ensembles.Predictors;

/// <summary>The class of each pixel of an image, as a model sees it.</summary>
/// <param name="Name">Name of the image.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Classes">Row-major, height × width: indices of class labels.</param>
public sealed record ImageMask(string Name, int Height, int Width, ValueArray<short> Classes)
{
    /// <summary>Writes the mask as a PNG, each class in its colour, or in grey of 16 bits where a class is a number above 255.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="labels">Class labels: the colours <c>#rrggbb</c> of the training targets, or numbers above 255.</param>
    public void WritePng(Stream stream, ValueArray<string> labels)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Any(label => TargetValue.Parse(label) is { IsLarge: true }))
        {
            var numbers = labels.Select((label, k) => (ushort)(TargetValue.Parse(label)?.Number ?? k)).ToArray();
            DeepPng.Write(stream, Classes.Select(k => numbers[k]).ToArray(), Height, Width);
            return;
        }

        var colours = labels.Select(ColourOf).ToArray();
        var rgba = new byte[Classes.Count * 4];
        for (var i = 0; i < Classes.Count; i++)
        {
            var colour = colours[Classes[i]];
            (rgba[i * 4], rgba[(i * 4) + 1], rgba[(i * 4) + 2], rgba[(i * 4) + 3]) = (
                (byte)(colour >> 16), (byte)(colour >> 8), (byte)colour, byte.MaxValue);
        }

        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Marshal.Copy(rgba, 0, bitmap.GetPixels(), rgba.Length);
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        encoded.SaveTo(stream);
    }

    /// <summary>The nearest pixels: classes have no mean.</summary>
    internal ImageMask Resize(int height, int width) =>
        (height, width) == (Height, Width) ? this : new(Name, height, width, Enumerable.Range(0, height * width)
            .Select(i => Classes[(int)((i / width + 0.5) * Height / height) * Width + (int)((i % width + 0.5) * Width / width)])
            .ToValueArray());

    // A label of the user's own that is no colour gets a shade of grey.
    private static int ColourOf(string label, int number) =>
        label is ['#', ..] && int.TryParse(label.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var colour)
            ? colour
            : 0x010101 * Math.Min(255, number);
}
