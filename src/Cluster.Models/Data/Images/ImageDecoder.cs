using System.Runtime.InteropServices;
using SkiaSharp;

namespace SearchCluster.Models.Data.Images;

/// <summary>Decodes PNG, JPEG and BMP files.</summary>
/// <remarks>
/// Sixteen bits for each channel become eight, CMYK becomes red, green, blue, transparency is ignored, an orientation in the file is applied.
/// Sizes are read from the header before anything is allocated.
/// </remarks>
internal static class ImageDecoder
{
    private const long MaximumPixels = 64L << 20;

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".bmp"];

    /// <summary>Tells by its name whether a file is an image.</summary>
    public static bool IsImage(string path) => Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Decodes a file.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="DataException">SC3101: no image; SC3102: it ends early or is damaged; SC3103: too large.</exception>
    public static PlainImage Decode(byte[] content, string name)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = content.Length == 0 ? null : SKCodec.Create(data);
        if (codec is null)
        {
            throw new DataException("SC3101", $"{DisplayText.Shorten(name)} is not an image ({content.Length} bytes); remove it, or replace it by a PNG, JPEG or BMP file.");
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MaximumPixels)
        {
            throw new DataException("SC3103", $"{DisplayText.Shorten(name)} has {width} × {height} pixels, but an image may have {MaximumPixels}; scale it down.");
        }

        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var pixels = new byte[info.BytesSize];
        var pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            // A truncated file would otherwise come back as an image whose rest is black.
            if (codec.GetPixels(info, pinned.AddrOfPinnedObject()) is not SKCodecResult.Success and var result)
            {
                throw new DataException("SC3102", $"{DisplayText.Shorten(name)} ends early or is damaged ({result}); replace it.");
            }
        }
        finally
        {
            pinned.Free();
        }

        return ToPlanes(pixels, width, height, codec.Info.ColorType == SKColorType.Gray8 ? 1 : 3, codec.EncodedOrigin);
    }

    /// <summary>Scales an image in both directions.</summary>
    public static PlainImage Resize(PlainImage image, int height, int width)
    {
        if (image.Height == height && image.Width == width)
        {
            return image;
        }

        using var bitmap = ToBitmap(image);
        using var scaled = bitmap.Resize(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul), SKFilterQuality.Medium);
        return ToPlanes(scaled.Bytes, width, height, image.Channels, SKEncodedOrigin.TopLeft);
    }

    private static SKBitmap ToBitmap(PlainImage image)
    {
        var plane = image.Height * image.Width;
        var bytes = new byte[plane * 4];
        for (var i = 0; i < plane; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                bytes[(i * 4) + channel] = image.Bytes[((image.Channels == 1 ? 0 : channel) * plane) + i];
            }

            bytes[(i * 4) + 3] = byte.MaxValue;
        }

        var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Marshal.Copy(bytes, 0, bitmap.GetPixels(), bytes.Length);
        return bitmap;
    }

    // The orientations of EXIF: which corner comes first, and whether rows are columns.
    private static PlainImage ToPlanes(byte[] rgba, int width, int height, int channels, SKEncodedOrigin origin)
    {
        var isTurned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (rows, columns) = isTurned ? (width, height) : (height, width);
        var bytes = new byte[channels * rows * columns];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var (sourceX, sourceY) = origin switch
                {
                    SKEncodedOrigin.TopRight => (width - 1 - x, y),
                    SKEncodedOrigin.BottomRight => (width - 1 - x, height - 1 - y),
                    SKEncodedOrigin.BottomLeft => (x, height - 1 - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (y, height - 1 - x),
                    SKEncodedOrigin.RightBottom => (width - 1 - y, height - 1 - x),
                    SKEncodedOrigin.LeftBottom => (width - 1 - y, x),
                    _ => (x, y),
                };
                for (var channel = 0; channel < channels; channel++)
                {
                    bytes[(((channel * rows) + y) * columns) + x] = rgba[(((sourceY * width) + sourceX) * 4) + channel];
                }
            }
        }

        return new(channels, rows, columns, bytes);
    }
}
