namespace SearchCluster.Models.Data.Images;

/// <summary>A decoded image: 8 bits for each channel.</summary>
/// <param name="Channels">1 for grey, 3 for red, green, blue.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Bytes">Row-major, channels × height × width.</param>
internal sealed record PlainImage(int Channels, int Height, int Width, byte[] Bytes)
{
    /// <summary>Turns colours into grey (ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B), or grey into three equal channels.</summary>
    public PlainImage WithChannels(int channels)
    {
        if (channels == Channels)
        {
            return this;
        }

        var plane = Height * Width;
        var bytes = new byte[channels * plane];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = channels == 1 ? (byte)Math.Round((0.299 * Bytes[i]) + (0.587 * Bytes[plane + i]) + (0.114 * Bytes[(2 * plane) + i])) : Bytes[i % plane];
        }

        return new(channels, Height, Width, bytes);
    }

    /// <summary>Cuts, or pads, about the centre.</summary>
    /// <param name="height">Pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <returns>The image; pixels from outside are 0.</returns>
    public PlainImage Crop(int height, int width)
    {
        var bytes = new byte[Channels * height * width];
        Crop<byte>(Bytes, bytes, Channels, (Height, Width), (height, width));
        return new(Channels, height, width, bytes);
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
                from.Slice((((plane * source.Height) + y + top) * source.Width) + x + left, count).CopyTo(to[((((plane * target.Height) + y) * target.Width) + x)..]);
            }
        }
    }
}
