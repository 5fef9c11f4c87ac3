using SearchCluster.Models.Data.Images.Formats;

namespace SearchCluster.Models.Data.Images.Targets;

/// <summary>Decodes targets, in which a pixel is the name of a class: no two values that differ in the file become one.</summary>
/// <remarks>
/// Grey is a number: that of eight bits (fewer are spread over 0 to 255, as everywhere), or all sixteen. Colours of sixteen bits become
/// eight where they are eight written twice, and are refused elsewhere. A palette is its colours, and refused where two entries that occur
/// have the same one.
/// </remarks>
internal static class TargetDecoder
{
    // Eight bits written as sixteen: each byte twice.
    private const int Doubled = 257;

    /// <summary>Decodes a file.</summary>
    /// <exception cref="DataException">As <see cref="ImageDecoder.Decode"/>; SC3105: its values cannot be kept apart.</exception>
    public static TargetImage Decode(byte[] content, string name)
    {
        var image = ImageDecoder.Decode(content, name);
        var (entries, palette) = ((Dictionary<TargetValue, int>?)null, (string?)null);
        try
        {
            if (image.IsDeep)
            {
                return Deep(content, name, image);
            }

            if (PngSamples.HasPalette(content))
            {
                var png = PngSamples.Read(content);
                entries = Entries(png, name);
                palette = Convert.ToHexStringLower(png.Palette);
            }
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException)
        {
            throw new DataException(DataCodes.DamagedImage, $"{DisplayText.Shorten(name)} ends early or is damaged (PNG); replace it.",
                damaged);
        }

        var (plane, bytes) = (image.Height * image.Width, image.WithChannels(3).Bytes);
        var values = new TargetValue[plane];
        for (var i = 0; i < plane; i++)
        {
            values[i] = TargetValue.OfColour(bytes[i], bytes[plane + i], bytes[(2 * plane) + i]);
        }

        var file = PngSamples.IsPng(content)
            ? new TargetFile(PngSamples.KindOf(content), PngSamples.BitsOf(content), palette)
            : new TargetFile(KindOf(image.Channels), 8);
        return new(image.Height, image.Width, values, OpacityOf(image), new(IsLossy(content), 8)) { File = file, Entries = entries };
    }

    private static MaskKind KindOf(int channels) => channels switch
    {
        1 => MaskKind.Grey,
        2 => MaskKind.GreyWithOpacity,
        3 => MaskKind.Colours,
        _ => MaskKind.ColoursWithOpacity,
    };

    private static ushort[]? OpacityOf(PlainImage image) =>
        image.HasOpacity ? Array.ConvertAll(image.Opacity().ToArray(), value => (ushort)(value * Doubled)) : null;

    // JPEG, and WebP unless it says that it is lossless.
    private static bool IsLossy(ReadOnlySpan<byte> content) => content is [0xFF, 0xD8, ..] || (content.StartsWith("RIFF"u8)
        && content.IndexOf("VP8L"u8) < 0);

    private static TargetImage Deep(byte[] content, string name, PlainImage image)
    {
        var (samples, width, height, channels) = PngSamples.IsPng(content)
            ? PngSamples.Read(content) is var png ? (png.Samples, png.Width, png.Height, png.Channels) : default
            : TiffDecoder.Samples(content, name);
        var (plane, colours) = (image.Height * image.Width, PlainImage.ColoursOf(channels));
        var values = new TargetValue[plane];

        // One value is transparent by a chunk of its own: eight bits say which pixels those are.
        var opacity = channels > colours ? new ushort[plane] : OpacityOf(image);
        for (var i = 0; i < plane; i++)
        {
            var (x, y) = StoredOrder.Source(image.Origin, width, height, i % image.Width, i / image.Width);
            var pixel = samples.AsSpan(((y * width) + x) * channels, channels);
            values[i] = colours == 1 ? TargetValue.OfNumber(pixel[0]) : OfColour(pixel, name);
            if (opacity is not null && channels > colours)
            {
                opacity[i] = pixel[^1];
            }
        }

        return new(image.Height, image.Width, values, opacity, new(IsLossy: false, 16)) { File = new(KindOf(channels), 16) };
    }

    private static TargetValue OfColour(ReadOnlySpan<ushort> pixel, string name) =>
        pixel[0] % Doubled == 0 && pixel[1] % Doubled == 0 && pixel[2] % Doubled == 0
            ? TargetValue.OfColour(pixel[0] / Doubled, pixel[1] / Doubled, pixel[2] / Doubled)
            : throw new DataException(DataCodes.Targets, $"Target {DisplayText.Shorten(name)} has a pixel of the colour ({pixel[0]}, "
                + $"{pixel[1]}, {pixel[2]}) in 16 bits for each channel, which 8 bits do not hold, so that different classes could "
                + "become one; save targets as colours of 8 bits, or as grey of 16 bits, whose numbers up to "
                + $"{TargetValue.MaximumNumber} are classes.");

    private static Dictionary<TargetValue, int> Entries(PngSamples png, string name)
    {
        var seen = new Dictionary<TargetValue, int>();
        foreach (var entry in png.Samples.Distinct().Where(entry => (entry * 3) + 2 < png.Palette.Length))
        {
            var (red, green, blue) = (png.Palette[entry * 3], png.Palette[(entry * 3) + 1], png.Palette[(entry * 3) + 2]);
            var colour = TargetValue.OfColour(red, green, blue);
            if (!seen.TryAdd(colour, entry))
            {
                throw new DataException(DataCodes.Targets, $"Target {DisplayText.Shorten(name)} has pixels of the entries {seen[colour]} "
                    + $"and {entry} of its palette, which are the same colour ({red}, {green}, {blue}), so that "
                    + "they would be one class; give each entry a colour of its own, or save targets as grey, whose numbers are classes.");
            }
        }

        return seen;
    }
}
