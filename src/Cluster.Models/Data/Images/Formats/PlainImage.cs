namespace SearchCluster.Models.Data.Images.Formats;

/// <summary>A decoded image: 8 bits for each channel.</summary>
/// <param name="Channels">1 for grey, 2 for grey and opacity, 3 for red, green, blue, 4 for these and opacity.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Bytes">Row-major, channels × height × width.</param>
internal sealed record PlainImage(int Channels, int Height, int Width, byte[] Bytes)
{
    /// <summary>Channels without opacity.</summary>
    public int Colours => ColoursOf(Channels);

    /// <summary>Whether the last channel is opacity.</summary>
    public bool HasOpacity => Channels is 2 or 4;

    /// <summary>Whether the file has more than 8 bits for each channel, of which the upper 8 are kept.</summary>
    public bool IsDeep { get; init; }

    /// <summary>How the file was turned; see <see cref="StoredOrder"/>.</summary>
    public int Origin { get; init; } = 1;

    /// <summary>Channels without opacity, of so many.</summary>
    public static int ColoursOf(int channels) => channels <= 2 ? 1 : 3;

    /// <summary>
    /// Turns colours into grey (ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B), or grey into three equal channels;
    /// keeps opacity, leaves it out, or fills it where the image has none, which is opaque.
    /// </summary>
    public PlainImage WithChannels(int channels)
    {
        if (channels == Channels)
        {
            return this;
        }

        var plane = Height * Width;
        var bytes = new byte[channels * plane];
        var colours = ColoursOf(channels);
        for (var channel = 0; channel < colours; channel++)
        {
            Plane(colours, channel).CopyTo(bytes.AsSpan(channel * plane));
        }

        if (channels > colours)
        {
            Opacity().CopyTo(bytes.AsSpan(colours * plane));
        }

        return this with { Channels = channels, Bytes = bytes };
    }

    /// <summary>One channel for each pixel; 255 where the image has no opacity.</summary>
    public ReadOnlySpan<byte> Opacity()
    {
        var plane = Height * Width;
        if (HasOpacity)
        {
            return Bytes.AsSpan(Colours * plane, plane);
        }

        var opaque = new byte[plane];
        Array.Fill(opaque, byte.MaxValue);
        return opaque;
    }

    private ReadOnlySpan<byte> Plane(int colours, int channel)
    {
        var plane = Height * Width;
        if (colours == Colours || Colours == 1)
        {
            return Bytes.AsSpan(colours == Colours ? channel * plane : 0, plane);
        }

        var grey = new byte[plane];
        for (var i = 0; i < plane; i++)
        {
            grey[i] = (byte)Math.Round((0.299 * Bytes[i]) + (0.587 * Bytes[plane + i]) + (0.114 * Bytes[(2 * plane) + i]));
        }

        return grey;
    }

    /// <summary>Cuts, or pads, about the centre.</summary>
    /// <param name="height">Pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <returns>The image; pixels from outside are 0.</returns>
    public PlainImage Crop(int height, int width)
    {
        var bytes = new byte[Channels * height * width];
        Crop<byte>(Bytes, bytes, Channels, (Height, Width), (height, width));
        return this with { Height = height, Width = width, Bytes = bytes };
    }

    /// <summary>Copies the middle of planes of pixels.</summary>
    public static void Crop<T>(ReadOnlySpan<T> from, Span<T> to, int planes, (int Height, int Width) source, (int Height, int Width) target)
    {
        var (top, left) = ((source.Height - target.Height) / 2, (source.Width - target.Width) / 2);
        for (var plane = 0; plane < planes; plane++)
        {
            for (var y = Math.Max(0, -top); y < target.Height && y + top < source.Height; y++)
            {
                var x = Math.Max(0, -left);
                var count = Math.Min(target.Width, source.Width - left) - x;
                from.Slice((((plane * source.Height) + y + top) * source.Width) + x + left, count)
                    .CopyTo(to[((((plane * target.Height) + y) * target.Width) + x)..]);
            }
        }
    }
}
