using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace SearchCluster.Models.Data.Images.Formats;

/// <summary>Decodes TIFF files of one picture: 1 to 16 bits, grey, palette, colours or CMYK, with the usual compressions.</summary>
internal static class TiffDecoder
{
    private const int Red = 0, Green = 8, Blue = 16;

    [ThreadStatic]
    private static bool _isDamaged;

    static TiffDecoder() => Tiff.SetErrorHandler(new Silence());

    /// <summary>Decodes a file.</summary>
    /// <exception cref="DataException">As <see cref="ImageDecoder.Decode"/>.</exception>
    public static PlainImage Decode(byte[] content, string name) => Open(content, name, tiff => Read(tiff, name));

    /// <summary>Reads all bits of a file of sixteen for each channel that <see cref="Decode"/> has read.</summary>
    /// <returns>Row-major as they lie in the file, height × width × channels.</returns>
    /// <exception cref="DataException">SC3304: not in lines, or neither grey nor red, green and blue.</exception>
    public static (ushort[] Samples, int Width, int Height, int Channels) Samples(byte[] content, string name) => Open(content, name,
        tiff =>
    {
        var (width, height, channels) = (Number(tiff, TiffTag.IMAGEWIDTH, 0), Number(tiff, TiffTag.IMAGELENGTH, 0), Number(tiff,
            TiffTag.SAMPLESPERPIXEL, 1));
        var photometric = (Photometric)Number(tiff, TiffTag.PHOTOMETRIC, (int)Photometric.MINISBLACK);
        if (Number(tiff, TiffTag.BITSPERSAMPLE, 1) != 16 || tiff.IsTiled() || (channels > 1 && (PlanarConfig)Number(tiff,
            TiffTag.PLANARCONFIG, 1) != PlanarConfig.CONTIG)
            || photometric is not (Photometric.MINISBLACK or Photometric.MINISWHITE or Photometric.RGB))
        {
            throw NotRead(name, "16 bits for each channel in tiles or planes, or neither in grey nor in red, green and blue, as a target");
        }

        var (samples, line) = (new ushort[width * height * channels], new byte[tiff.ScanlineSize()]);
        for (var y = 0; y < height; y++)
        {
            if (!tiff.ReadScanline(line, y))
            {
                throw Damaged(name);
            }

            // The library has put the bytes into this machine's order.
            MemoryMarshal.Cast<byte, ushort>(line)[..(width * channels)].CopyTo(samples.AsSpan(y * width * channels));
        }

        return (photometric == Photometric.MINISWHITE ? Array.ConvertAll(samples, sample => (ushort)(ushort.MaxValue - sample))
            : samples, width, height, channels);
    });

    private static T Open<T>(byte[] content, string name, Func<Tiff, T> read)
    {
        try
        {
            _isDamaged = false;
            using var tiff = Tiff.ClientOpen(name, "rm", new MemoryStream(content, writable: false), new TiffStream())
                ?? throw Damaged(name);
            var result = read(tiff);
            return _isDamaged ? throw Damaged(name) : result;
        }
        catch (Exception damaged) when (damaged is not DataException and not OutOfMemoryException)
        {
            // The library has no exception of its own for what a damaged file makes of it.
            throw Damaged(name, damaged);
        }
    }

    private static PlainImage Read(Tiff tiff, string name)
    {
        var (width, height) = (Number(tiff, TiffTag.IMAGEWIDTH, 0), Number(tiff, TiffTag.IMAGELENGTH, 0));
        if (width < 1 || height < 1)
        {
            throw Damaged(name);
        }

        ImageDecoder.CheckSize(width, height, name);
        if (tiff.NumberOfDirectories() is > 1 and var pages)
        {
            throw ImageDecoder.SeveralPictures(pages, name);
        }

        var (bits, samples) = (Number(tiff, TiffTag.BITSPERSAMPLE, 1), Number(tiff, TiffTag.SAMPLESPERPIXEL, 1));
        var photometric = (Photometric)Number(tiff, TiffTag.PHOTOMETRIC, (int)Photometric.MINISBLACK);
        var isGrey = photometric is Photometric.MINISBLACK or Photometric.MINISWHITE;
        var origin = Math.Clamp(Number(tiff, TiffTag.ORIENTATION, 1), 1, 8);
        if ((SampleFormat)Number(tiff, TiffTag.SAMPLEFORMAT, (int)SampleFormat.UINT) is not (SampleFormat.UINT or SampleFormat.VOID)
            || bits > 16)
        {
            throw NotRead(name, $"{bits} bits for each channel as fractions or signed numbers");
        }

        var channels = isGrey ? 1 : 3;
        if (samples > (photometric == Photometric.SEPARATED ? 4 : photometric == Photometric.PALETTE ? 1 : channels))
        {
            return samples == channels + 1 && photometric is Photometric.MINISBLACK or Photometric.RGB
                ? ImageDecoder.Orient(Lines(tiff, width, height, samples, bits, name), width, height, samples, origin) with
                {
                    IsDeep = bits > 8,
                }
                : throw NotRead(name, $"{samples} channels");
        }

        // Turned by us, as it is for other formats: the library only mirrors.
        tiff.SetField(TiffTag.ORIENTATION, Orientation.TOPLEFT);
        var raster = new int[width * height];
        return tiff.RGBAImageOK(out var reason) && tiff.ReadRGBAImageOriented(width, height, raster, Orientation.TOPLEFT, stopOnError: true)
            ? ImageDecoder.Orient(Bytes(raster), width, height, channels, origin) with { IsDeep = bits > 8 }
            : throw (reason is { Length: > 0 } ? NotRead(name, reason.TrimEnd('.')) : Damaged(name));
    }

    // With opacity, which the library would multiply into the colours.
    private static byte[] Lines(Tiff tiff, int width, int height, int samples, int bits, string name)
    {
        if (tiff.IsTiled() || bits is not (8 or 16) || (PlanarConfig)Number(tiff, TiffTag.PLANARCONFIG, 1) != PlanarConfig.CONTIG)
        {
            throw NotRead(name, "transparency in tiles or planes");
        }

        var (line, rgba, step) = (new byte[tiff.ScanlineSize()], new byte[width * height * 4], bits / 8);
        for (var y = 0; y < height; y++)
        {
            if (!tiff.ReadScanline(line, y))
            {
                throw Damaged(name);
            }

            for (var x = 0; x < width; x++)
            {
                for (var channel = 0; channel < 4; channel++)
                {
                    // The upper byte: the library has put both into this machine's order, which is the lower one first.
                    var sample = channel == 3 ? samples - 1 : Math.Min(channel, samples - 2);
                    rgba[(((y * width) + x) * 4) + channel] = line[(((((x * samples) + sample) + 1) * step) - 1)];
                }
            }
        }

        return rgba;
    }

    private static byte[] Bytes(int[] raster)
    {
        var rgba = new byte[raster.Length * 4];
        for (var i = 0; i < raster.Length; i++)
        {
            (rgba[i * 4], rgba[(i * 4) + 1], rgba[(i * 4) + 2], rgba[(i * 4) + 3]) = (
                (byte)(raster[i] >> Red), (byte)(raster[i] >> Green), (byte)(raster[i] >> Blue), byte.MaxValue);
        }

        return rgba;
    }

    private static int Number(Tiff tiff, TiffTag tag, int standard) => tiff.GetField(tag) is [var value, ..] ? value.ToInt() : standard;

    private static DataException Damaged(string name, Exception? cause = null) =>
        new(DataCodes.DamagedImage, $"{DisplayText.Shorten(name)} ends early or is damaged (TIFF); replace it.", cause);

    private static DataException NotRead(string name, string what) =>
        new(
            DataCodes.UnreadTiff,
            $"{DisplayText.Shorten(name)} is a TIFF with {what}, which is not read; save it as PNG, or as a TIFF of 8 or 16 bits in grey "
                + $"or colours.");

    /// <summary>What the library would write to standard error: an error, or a length that it has to guess,
    /// means that the pixels are not those of the file.</summary>
    private sealed class Silence : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args) => _isDamaged = true;

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) =>
            _isDamaged = true;

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args) =>
            _isDamaged |= format.Contains("ogus", StringComparison.Ordinal) || format.Contains("ByteCounts", StringComparison.Ordinal);

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }
    }
}
