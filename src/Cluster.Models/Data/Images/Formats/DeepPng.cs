using System.Buffers.Binary;
using System.IO.Compression;
using SearchCluster.Models.Data.Files;

namespace SearchCluster.Models.Data.Images.Formats;

/// <summary>Writes grey of sixteen bits, which the library that encodes pictures does not.</summary>
internal static class DeepPng
{
    private const byte Bits = 16, Grey = 0, NoFilter = 0;

    /// <summary>Writes a PNG.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="pixels">Row-major, height × width.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="width">Pixels.</param>
    public static void Write(Stream stream, ushort[] pixels, int height, int width)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var line = new byte[1 + (2 * width)];
            line[0] = NoFilter;
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    BinaryPrimitives.WriteUInt16BigEndian(line.AsSpan(1 + (2 * x)), pixels[(y * width) + x]);
                }

                zlib.Write(line);
            }
        }

        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        stream.Write(Chunk("IHDR"u8, [.. Big((uint)width), .. Big((uint)height), Bits, Grey, 0, 0, 0]));
        stream.Write(Chunk("IDAT"u8, packed.ToArray()));
        stream.Write(Chunk("IEND"u8, []));
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
