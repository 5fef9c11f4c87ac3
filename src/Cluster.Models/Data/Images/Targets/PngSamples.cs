using System.Buffers.Binary;
using System.IO.Compression;

namespace SearchCluster.Models.Data.Images.Targets;

/// <summary>The samples of a PNG as the file has them: all of their bits, and numbers of a palette rather than its colours.</summary>
/// <remarks>
/// The library that decodes images gives eight bits for each channel, which is what a network looks at; a target is a label, of which no
/// bit may go. Source: Portable Network Graphics Specification (Third Edition), W3C, 2025, sections 5, 7, 8 and 9.
/// </remarks>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Channels">Samples of a pixel: 1 for grey or a palette, 2 with opacity, 3 for red, green, blue, 4 with opacity.</param>
/// <param name="Samples">Row-major, height × width × channels.</param>
/// <param name="Palette">Red, green and blue of each entry; empty without one.</param>
internal sealed record PngSamples(int Height, int Width, int Channels, ushort[] Samples, byte[] Palette)
{
    private const int SizeAt = 16, BitsAt = 24, TypeAt = 25, InterlacingAt = 28, FirstChunkAt = 8, ChunkFrame = 12;

    // Where each pass of an interlaced file begins and how far its pixels are apart: x, y, then their steps.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Tells whether a file is a PNG whose pixels are numbers of a palette.</summary>
    public static bool HasPalette(ReadOnlySpan<byte> png) => IsPng(png) && KindOf(png) == MaskKind.Palette;

    /// <summary>What the samples of a PNG are.</summary>
    public static MaskKind KindOf(ReadOnlySpan<byte> png) => (MaskKind)png[TypeAt];

    /// <summary>Bits of a sample of a PNG.</summary>
    public static int BitsOf(ReadOnlySpan<byte> png) => png[BitsAt];

    /// <summary>Tells by its first bytes whether a file is a PNG.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.Length > InterlacingAt && file is [0x89, (byte)'P', (byte)'N', (byte)'G', ..];

    /// <summary>Reads a file that was decoded before, so that its size and its kind are known to be usable.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="EndOfStreamException">It ends early.</exception>
    public static PngSamples Read(ReadOnlySpan<byte> png)
    {
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png[SizeAt..]),
            BinaryPrimitives.ReadInt32BigEndian(png[(SizeAt + 4)..]));
        var (bits, channels) = ((int)png[BitsAt], png[TypeAt] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 });
        var palette = Array.Empty<byte>();
        using var packed = new MemoryStream();
        for (var at = FirstChunkAt; at + ChunkFrame <= png.Length;)
        {
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(png[at..]), (uint)(png.Length - at - ChunkFrame));
            var kind = png.Slice(at + 4, 4);
            var content = png.Slice(at + 8, length);
            palette = kind.SequenceEqual("PLTE"u8) ? content.ToArray() : palette;
            packed.Write(kind.SequenceEqual("IDAT"u8) ? content : []);
            at += ChunkFrame + length;
        }

        packed.Position = 0;
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        var samples = new ushort[height * width * channels];
        foreach (var (left, top, stepX, stepY) in png[InterlacingAt] == 0 ? [(0, 0, 1, 1)] : Passes)
        {
            var (columns, rows) = ((width - left + stepX - 1) / stepX, (height - top + stepY - 1) / stepY);
            var (line, above) = (new byte[((columns * channels * bits) + 7) / 8], new byte[((columns * channels * bits) + 7) / 8]);
            for (var row = 0; row < rows && columns > 0; row++)
            {
                var filter = zlib.ReadByte();
                zlib.ReadExactly(line);
                Unfilter(filter, line, above, Math.Max(1, channels * bits / 8));
                for (var i = 0; i < columns * channels; i++)
                {
                    var pixel = ((top + (row * stepY)) * width) + left + (i / channels * stepX);
                    samples[(pixel * channels) + (i % channels)] = Sample(line, i, bits);
                }

                (line, above) = (above, line);
            }
        }

        return new(height, width, channels, samples, palette);
    }

    private static ushort Sample(byte[] line, int number, int bits) => bits switch
    {
        16 => BinaryPrimitives.ReadUInt16BigEndian(line.AsSpan(2 * number)),
        8 => line[number],
        _ => (ushort)((line[number * bits / 8] >> (8 - bits - (number * bits % 8))) & ((1 << bits) - 1)),
    };

    private static void Unfilter(int filter, byte[] line, byte[] above, int step)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var (left, corner) = i < step ? ((byte)0, (byte)0) : (line[i - step], above[i - step]);
            line[i] += filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (byte)((left + above[i]) / 2),
                4 => Nearest(left, above[i], corner),
                _ => throw new InvalidDataException($"Filter {filter} of a line is not from 0 to 4."),
            };
        }
    }

    // The one of three neighbours that is nearest to left + above - corner.
    private static byte Nearest(byte left, byte above, byte corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
