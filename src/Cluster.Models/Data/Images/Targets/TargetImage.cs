using SearchCluster.Models.Data.Images.Formats;

namespace SearchCluster.Models.Data.Images.Targets;

/// <summary>A target as its file has it, with nothing rounded.</summary>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Values">What marks the class of each pixel, row-major.</param>
/// <param name="Opacity">Opacity of each pixel, 65535 for opaque; null where the file has none.</param>
/// <param name="Colours">How the values were read.</param>
internal sealed record TargetImage(int Height, int Width, TargetValue[] Values, ushort[]? Opacity, TargetColours Colours)
{
    /// <summary>What the file is like.</summary>
    public required TargetFile File { get; init; }

    /// <summary>Entries of the palette by their colours, of those that occur; null without a palette.</summary>
    public IReadOnlyDictionary<TargetValue, int>? Entries { get; init; }

    /// <summary>Fits the classes of the pixels to a size.</summary>
    public void Write(Span<short> classes, ImageSize size, ImageFit? fit, TargetClasses known)
    {
        var own = Array.ConvertAll(Values, known.Of);
        if (fit == ImageFit.Resize)
        {
            // The nearest pixel: classes have no mean.
            for (var i = 0; i < classes.Length; i++)
            {
                var (y, x) = (i / size.Width, i % size.Width);
                classes[i] = own[((int)((y + 0.5) * Height / size.Height) * Width) + (int)((x + 0.5) * Width / size.Width)];
            }

            return;
        }

        PlainImage.Crop<short>(own, classes, 1, (Height, Width), (size.Height, size.Width));
    }
}

/// <summary>What a target's file is like.</summary>
/// <param name="IsLossy">Whether its format changes colours.</param>
/// <param name="Bits">Bits for each channel: 16, or 8 for all that have fewer.</param>
internal readonly record struct TargetColours(bool IsLossy, int Bits);

/// <summary>What a target's file is like, as far as a mask can be written in the same way.</summary>
/// <param name="Kind">What its samples are.</param>
/// <param name="Bits">Bits of a sample.</param>
/// <param name="Palette">Its palette as hexadecimal digits; null without one.</param>
internal readonly record struct TargetFile(MaskKind Kind, int Bits, string? Palette = null);
