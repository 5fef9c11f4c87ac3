using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data.Files;
using SkiaSharp;

namespace SearchCluster.Models.Data.Images.Formats;

/// <summary>Decodes PNG, JPEG, BMP, GIF, WebP and TIFF files.</summary>
/// <remarks>
/// Sixteen bits for each channel become the upper eight, a palette its colours, CMYK becomes red, green, blue;
/// an orientation in the file is applied, a colour profile is not. Sizes are read from the header before anything is allocated.
/// </remarks>
internal static class ImageDecoder
{
    public const long MaximumPixels = 64L << 20;

    private const int PngBitsAt = 24, PngTypeAt = 25;
    private const int PngGrey = 0, PngGreyWithOpacity = 4;

    /// <summary>Decodes a file.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <returns>With the channels that the file has; see <see cref="PlainImage.Channels"/>.</returns>
    /// <exception cref="DataException">SC3101: no image; SC3102: it ends early or is damaged; SC3103: too large; SC3303: several pictures;
    /// SC3304: a TIFF of a kind that is not read.</exception>
    public static PlainImage Decode(byte[] content, string name)
    {
        if (ImageFormats.IsTiff(content))
        {
            return TiffDecoder.Decode(content, name);
        }

        // The library takes an IDX file for a bitmap of early telephones, a format without a mark: for a picture of 8 × 3.
        var isOther = FileKind.Of(content)?.Sort is FileSort.Idx or FileSort.Other;
        using var data = SKData.CreateCopy(content);
        using var codec = content.Length == 0 || isOther ? null : SKCodec.Create(data);
        if (codec is null && FileFormats.Picture(content) is { } damaged)
        {
            throw new DataException(
                DataCodes.NotAnImage,
                $"{DisplayText.ShortenPath(name)} begins like {damaged}, but its header is damaged or gives no width or height; replace "
                    + $"it.");
        }

        if (codec is null)
        {
            throw new DataException(DataCodes.NotAnImage, ImageFormats.WhyNot(content) is { } why
                ? $"{DisplayText.ShortenPath(name)} {why}."
                : $"{DisplayText.ShortenPath(name)} is not an image ({content.Length} bytes), or too damaged to be recognised; remove it, "
                    + $"or replace it by one of {ImageFormats.Names}.");
        }

        CheckSize(codec.Info.Width, codec.Info.Height, name);
        var isPng = codec.EncodedFormat == SKEncodedImageFormat.Png && content.Length > PngTypeAt;
        if (Math.Max(codec.FrameCount, isPng ? FramesOfPng(content) : 0) is > 1 and var frames)
        {
            throw SeveralPictures(frames, name);
        }

        var isGrey = codec.Info.ColorType == SKColorType.Gray8 || (isPng && content[PngTypeAt] is PngGrey or PngGreyWithOpacity);
        var channels = (isGrey ? 1 : 3) + (codec.Info.AlphaType == SKAlphaType.Opaque ? 0 : 1);
        return Orient(Pixels(codec, name), codec.Info.Width, codec.Info.Height, channels, (int)codec.EncodedOrigin) with
        {
            IsDeep = isPng && content[PngBitsAt] > 8,
        };
    }

    public static void CheckSize(int width, int height, string name)
    {
        if ((long)width * height > MaximumPixels)
        {
            throw new DataException(
                DataCodes.ImageTooLarge,
                $"{DisplayText.ShortenPath(name)} has {width} × {height} pixels, but an image may have {MaximumPixels}; scale it down.");
        }
    }

    public static DataException SeveralPictures(int count, string name) =>
        new(
            DataCodes.SeveralPictures,
            $"{DisplayText.ShortenPath(name)} has {count} pictures (an animation, or pages), but an image is one; save the one that is "
                + $"meant, or each as a file of its own.");

    /// <summary>Scales an image in both directions.</summary>
    public static PlainImage Resize(PlainImage image, int height, int width)
    {
        if (image.Height == height && image.Width == width)
        {
            return image;
        }

        // Opacity is scaled alone: colours of transparent pixels would otherwise be lost.
        var colours = Scale(image.WithChannels(image.Colours), height, width);
        if (!image.HasOpacity)
        {
            return colours with { IsDeep = image.IsDeep };
        }

        var opacity = Scale(new(1, image.Height, image.Width, image.Opacity().ToArray()), height, width);
        return new(image.Channels, height, width, [.. colours.Bytes, .. opacity.Bytes]) { IsDeep = image.IsDeep };
    }

    /// <summary>Turns pixels of four bytes into planes.</summary>
    /// <param name="rgba">Row-major.</param>
    /// <param name="width">Pixels as they lie in the file.</param>
    /// <param name="height">Pixels as they lie in the file.</param>
    /// <param name="channels">See <see cref="PlainImage.Channels"/>.</param>
    /// <param name="origin">Orientation as EXIF and TIFF number it, from 1: which corner comes first, and whether rows are columns.</param>
    public static PlainImage Orient(ReadOnlySpan<byte> rgba, int width, int height, int channels, int origin)
    {
        var (rows, columns) = origin >= 5 ? (width, height) : (height, width);
        var (bytes, colours) = (new byte[channels * rows * columns], PlainImage.ColoursOf(channels));
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var (sourceX, sourceY) = StoredOrder.Source(origin, width, height, x, y);
                var pixel = rgba.Slice(((sourceY * width) + sourceX) * 4, 4);
                for (var channel = 0; channel < channels; channel++)
                {
                    bytes[(((channel * rows) + y) * columns) + x] = pixel[channel < colours ? channel : 3];
                }
            }
        }

        return new(channels, rows, columns, bytes) { Origin = origin };
    }

    // The library takes an animated PNG for its first picture. Its chunk acTL, before the pixels, begins with the number of frames.
    private static int FramesOfPng(ReadOnlySpan<byte> content)
    {
        var animation = content.IndexOf("acTL"u8);
        return animation > 0 && animation < content.IndexOf("IDAT"u8) && animation + 8 <= content.Length
            ? BinaryPrimitives.ReadInt32BigEndian(content[(animation + 4)..])
            : 0;
    }

    private static byte[] Pixels(SKCodec codec, string name)
    {
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var pixels = new byte[info.BytesSize];
        var pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            // A truncated file would otherwise come back as an image whose rest is black.
            return codec.GetPixels(info, pinned.AddrOfPinnedObject()) is not SKCodecResult.Success and var result
                ? throw new DataException(
                    DataCodes.DamagedImage, $"{DisplayText.ShortenPath(name)} ends early or is damaged ({result}); replace it.")
                : pixels;
        }
        finally
        {
            pinned.Free();
        }
    }

    private static PlainImage Scale(PlainImage image, int height, int width)
    {
        using var bitmap = ToBitmap(image.WithChannels(3));
        using var scaled = bitmap.Resize(
            new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul), SKFilterQuality.Medium);
        return Orient(scaled.Bytes, width, height, image.Channels, origin: 1);
    }

    private static SKBitmap ToBitmap(PlainImage image)
    {
        var plane = image.Height * image.Width;
        var bytes = new byte[plane * 4];
        for (var i = 0; i < plane; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                bytes[(i * 4) + channel] = image.Bytes[(channel * plane) + i];
            }

            bytes[(i * 4) + 3] = byte.MaxValue;
        }

        var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        Marshal.Copy(bytes, 0, bitmap.GetPixels(), bytes.Length);
        return bitmap;
    }
}
