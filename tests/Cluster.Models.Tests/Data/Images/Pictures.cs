using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SearchCluster.Models.Data.Files;
using SkiaSharp;

namespace SearchCluster.Models.Tests.Data.Images;

/// <summary>Small image files, written byte by byte where the library does not write the kind.</summary>
internal static class Pictures
{
    /// <summary>A PNG of one colour.</summary>
    public static byte[] Png(int width, int height, SKColor colour) => Encode(width, height, (_, _) => colour, SKEncodedImageFormat.Png);

    /// <summary>A picture by pixel.</summary>
    public static byte[] Encode(int width, int height, Func<int, int, SKColor> colour, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var i = 0; i < width * height; i++)
        {
            bitmap.SetPixel(i % width, i / width, colour(i % width, i / width));
        }

        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    /// <summary>A PNG by its raw samples.</summary>
    /// <param name="type">0 grey, 2 colours, 3 palette, 4 grey and opacity, 6 colours and opacity.</param>
    public static byte[] RawPng(int width, int height, byte bits, byte type, byte[] samples, byte[]? palette = null, byte frames = 1,
        bool interlaced = false)
    {
        var line = samples.Length / height;
        byte[] lines = interlaced
            ? [.. Passes.SelectMany(pass => Interlaced(samples, width, height, line / width, pass))]
            : [.. Enumerable.Range(0, height).SelectMany(y => (byte[])[0, .. samples.AsSpan(y * line, line)])];
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(lines);
        }

        byte[] header = [.. Big(width), .. Big(height), bits, type, 0, 0, (byte)(interlaced ? 1 : 0)];
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk("IHDR", header), .. frames > 1
            ? Chunk("acTL", [0, 0, 0, frames, 0, 0, 0, 0])
            : [], .. palette is null ? [] : Chunk("PLTE", palette), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    // Where each pass of an interlaced PNG begins, and its steps: x, y, then x, y.
    private static readonly int[][] Passes = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1,
        1, 2]];

    private static IEnumerable<byte> Interlaced(byte[] samples, int width, int height, int pixel, int[] pass)
    {
        for (var y = pass[1]; y < height && pass[0] < width; y += pass[3])
        {
            yield return 0;
            for (var x = pass[0]; x < width; x += pass[2])
            {
                foreach (var one in samples.AsSpan(((y * width) + x) * pixel, pixel).ToArray())
                {
                    yield return one;
                }
            }
        }
    }

    /// <summary>A JPEG of 8 × 8 pixels of one colour, by the values that are stored for cyan, magenta, yellow
    /// and black (255 for none, as Adobe writes them).</summary>
    public static byte[] CmykJpeg(params byte[] stored)
    {
        var bits = new StringBuilder();
        foreach (var value in stored)
        {
            // The mean times 8, as a number of so many bits; then the end of the block.
            var mean = (value - 128) * 8;
            var length = mean == 0 ? 0 : 32 - int.LeadingZeroCount(Math.Abs(mean));
            bits.Append(Convert.ToString(length, 2).PadLeft(4, '0'));
            bits.Append(length == 0 ? "" : Convert.ToString(mean > 0 ? mean : mean + (1 << length) - 1, 2).PadLeft(length, '0'))
                .Append('0');
        }

        var padded = bits.ToString().PadRight((bits.Length + 7) / 8 * 8, '1');
        var scan = Enumerable.Range(0, padded.Length / 8)
            .Select(i => Convert.ToByte(padded.Substring(i * 8, 8), 2))
            .SelectMany(b => b == 255 ? (byte[])[255, 0] : [b]);
        byte[] components = [.. Enumerable.Range(1, 4).SelectMany(k => (byte[])[(byte)k, 0x11, 0])];
        return
        [
            0xFF, 0xD8,
            .. Marker(0xEE, [.. Encoding.ASCII.GetBytes("Adobe"), 0, 100, 0, 0, 0, 0, 0]),
            .. Marker(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]),
            .. Marker(0xC0, [8, 0, 8, 0, 8, 4, .. components]),
            .. Marker(0xC4, [0x00, 0, 0, 0, 12, .. new byte[12], .. Enumerable.Range(0, 12).Select(k => (byte)k)]),
            .. Marker(0xC4, [0x10, 1, .. new byte[15], 0]),
            .. Marker(0xDA, [4, .. Enumerable.Range(1, 4).SelectMany(k => (byte[])[(byte)k, 0]), 0, 63, 0]),
            .. scan,
            0xFF, 0xD9,
        ];
    }

    /// <summary>The same JPEG, told to be turned.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation) =>
        [
            .. jpeg[..2],
            .. Marker(0xE1, [
                .. Encoding.ASCII.GetBytes("Exif"),
                0,
                0,
                (byte)'M',
                (byte)'M',
                0,
                42,
                0,
                0,
                0,
                8,
                0,
                1,
                0x01,
                0x12,
                0,
                3,
                0,
                0,
                0,
                1,
                0,
                orientation,
                0,
                0,
                0,
                0,
                0,
                0,
            ]),
            .. jpeg[2..],
        ];

    /// <summary>A TIFF without compression, in one strip.</summary>
    public static byte[] Tiff(
        int width,
        int height,
        int samples,
        int bits,
        int photometric,
        byte[] pixels,
        int orientation = 1,
        int format = 1,
        bool hasOpacity = false)
    {
        var longAt = 8 + (samples * 2);
        var fields = new List<(int Tag, int Type, int Count, int Value)>
        {
            (256, 4, 1, width), (257, 4, 1, height), (258, 3, samples, samples == 1
                ? bits
                : samples == 2 ? bits | (bits << 16) : 8), (259, 3, 1, 1), (262, 3, 1, photometric),
            (273, 4, 1, longAt), (
                274, 3, 1, orientation), (277, 3, 1, samples), (278, 4, 1, height), (279, 4, 1, pixels.Length), (284, 3, 1, 1),
        };
        if (hasOpacity)
        {
            fields.Add((338, 3, 1, 2));
        }

        fields.Add((339, 3, 1, format));
        byte[] directory = [
            .. Little16(fields.Count),
            .. fields.SelectMany(
                field => (byte[])[.. Little16(field.Tag), .. Little16(field.Type), .. Little(field.Count), .. Little(field.Value)]),
            .. Little(0),
        ];
        return [
            (byte)'I',
            (byte)'I',
            42,
            0,
            .. Little(longAt + pixels.Length),
            .. Enumerable.Range(0, samples).SelectMany(_ => Little16(bits)),
            .. pixels,
            .. directory,
        ];
    }

    /// <summary>A GIF of one red pixel in each of some frames.</summary>
    public static byte[] Gif(int frames)
    {
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        return [
            .. Encoding.ASCII.GetBytes("GIF89a"),
            1,
            0,
            1,
            0,
            0x80,
            0,
            0,
            255,
            0,
            0,
            0,
            0,
            255,
            .. Enumerable.Repeat(frame, frames).SelectMany(bytes => bytes),
            0x3B,
        ];
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        return [.. Big(content.Length), .. named, .. Big((int)Crc32.Of(named))];
    }

    private static byte[] Marker(byte code, byte[] content) =>
        [0xFF, code, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Little(int value) => BitConverter.GetBytes(value);

    private static byte[] Little16(int value) => BitConverter.GetBytes((short)value);
}
