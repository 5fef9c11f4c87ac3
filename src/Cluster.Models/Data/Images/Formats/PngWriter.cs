using System.Buffers.Binary;
using System.IO.Compression;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images.Targets;

namespace SearchCluster.Models.Data.Images.Formats;

/// <summary>Writes samples as a PNG holds them: grey, a palette and sixteen bits stay what they are, which the library that encodes
/// pictures does not do.</summary>
internal static class PngWriter
{
    private const byte NoFilter = 0;

    /// <summary>Writes a PNG.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="kind">What the samples are.</param>
    /// <param name="bits">Of a sample: 1, 2, 4, 8 or 16.</param>
    /// <param name="size">Height and width in pixels.</param>
    /// <param name="samples">Row-major, height × width × channels of the kind.</param>
    /// <param name="palette">Red, green and blue of each entry; empty without one.</param>
    public static void Write(
        Stream stream, MaskKind kind, int bits, (int Height, int Width) size, ReadOnlySpan<ushort> samples, byte[] palette)
    {
        var perLine = size.Width * MaskForm.ChannelsOf(kind);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var line = new byte[1 + (((perLine * bits) + 7) / 8)];
            for (var y = 0; y < size.Height; y++)
            {
                Fill(line.AsSpan(1), samples.Slice(y * perLine, perLine), bits);
                line[0] = NoFilter;
                zlib.Write(line);
            }
        }

        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        stream.Write(Chunk("IHDR"u8, [.. Big((uint)size.Width), .. Big((uint)size.Height), (byte)bits, (byte)kind, 0, 0, 0]));
        stream.Write(kind == MaskKind.Palette ? Chunk("PLTE"u8, palette) : []);
        stream.Write(Chunk("IDAT"u8, packed.ToArray()));
        stream.Write(Chunk("IEND"u8, []));
    }

    private static void Fill(Span<byte> line, ReadOnlySpan<ushort> samples, int bits)
    {
        line.Clear();
        for (var i = 0; i < samples.Length; i++)
        {
            if (bits == 16)
            {
                BinaryPrimitives.WriteUInt16BigEndian(line[(2 * i)..], samples[i]);
            }
            else
            {
                line[i * bits / 8] |= (byte)(samples[i] << (8 - bits - (i * bits % 8)));
            }
        }
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] named = [.. name, .. content];
        return [.. Big((uint)content.Length), .. named, .. Big(Crc32.Of(named))];
    }

    private static byte[] Big(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
