using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Storage;

namespace SearchCluster.Models.Data.Images;

/// <summary>Decodes images and fits them to one size and number of channels.</summary>
/// <param name="spec">Size, channels and fit; null for those of the first image.</param>
/// <param name="count">How many images will be added.</param>
/// <param name="storage">Where the pixels go.</param>
/// <param name="isForModel">True where a trained model decided size and channels, so that advice on the spec would lead nowhere.</param>
internal sealed class ImageList(ImageSpec? spec, int count, DataStorage storage = DataStorage.Memory, bool isForModel = false) : IDisposable
{
    private readonly PixelWriter _pixels = new(storage, count);
    private (string Path, PlainImage Image)? _first;
    private int _added, _withOpacity, _deep, _gifs;

    /// <summary>Counts the images that are scaled or cut.</summary>
    public FittedCount Fitted { get; init; } = new();

    /// <summary>Shape of the images.</summary>
    public ImageSize Size { get; private set; }

    /// <summary>All pixels, rows × channels × height × width.</summary>
    public PixelBuffer ToBuffer() => _pixels.ToBuffer();

    public void Dispose() => _pixels.Dispose();

    /// <summary>Adds an image of a tree.</summary>
    /// <returns>Its height and width in the file.</returns>
    /// <exception cref="DataException">It cannot be decoded, or differs from the first (SC3104).</exception>
    public (int Height, int Width) Add(FileTree files, string path)
    {
        var (content, file) = (files.Read(path), files.NameOf(path));
        content = isForModel && WholeGzip.Fits(content)
            ? WholeGzip.All(file, content, ArchiveReader.MaximumFileBytes, "an image")
            : content;
        var image = ImageDecoder.Decode(content, file);
        Add(files.Name, path, image);
        return (image.Height, image.Width);
    }

    /// <summary>Adds many images of one size, one behind the other.</summary>
    public void Add(string name, string path, ReadOnlySpan<byte> pixels, ImageSize size)
    {
        if (spec is null or { Channels: null, Height: null, Width: null })
        {
            Size = size;
            _added += pixels.Length / size.Bytes;
            _pixels.Write(pixels, name);
            return;
        }

        for (var start = 0; start < pixels.Length; start += size.Bytes)
        {
            Add(name, path, new PlainImage(size.Channels, size.Height, size.Width, pixels.Slice(start, size.Bytes).ToArray()));
        }
    }

    /// <summary>Refuses a channel of opacity that is filled by no image of a data set.</summary>
    /// <exception cref="DataException">SC3301: no image has transparency.</exception>
    public void RequireOpacity(string name)
    {
        if (Size.Channels is 2 or 4 && _withOpacity == 0 && !isForModel)
        {
            throw new DataException(
                DataCodes.NoOpacity,
                $"{name}: data.images.channels is {Size.Channels}, whose last is opacity, but none of the {_added} images has "
                    + $"transparency; write channels: {(Size.Channels == 2 ? "1 or 3" : "3")}.");
        }
    }

    /// <summary>What the images have that is not kept, a sentence each.</summary>
    public IEnumerable<string> Notes(string name)
    {
        if (_withOpacity > 0 && Size.Channels is 1 or 3)
        {
            var left = _gifs == _withOpacity ? "invisible pixels of a GIF are black"
                : $"also the colours of invisible pixels count{(_gifs > 0 ? "; those of a GIF are black" : "")}";
            var remedy = isForModel ? ", because the model takes none" : $"; data.images.channels: {Size.Channels + 1} keeps it";
            yield return $"{name}: {_withOpacity} of {_added} images have transparency, which is left out ({left}){remedy}.";
        }

        if (_deep > 0)
        {
            yield return $"{name}: {_deep} of {_added} images have 16 bits for each channel, of which the upper 8 are kept; where values "
                + $"use a part of that range only, scale them to all of it first.";
        }
    }

    private void Add(string name, string path, PlainImage image)
    {
        if (_first is null)
        {
            _first = (path, image);
            Size = new(spec?.Channels ?? image.Colours, spec?.Height ?? image.Height, spec?.Width ?? image.Width);
        }

        _added++;
        var isTransparent = image.HasOpacity && image.Opacity().ContainsAnyExcept(byte.MaxValue);
        _withOpacity += isTransparent ? 1 : 0;
        _gifs += isTransparent && path.EndsWith(".gif", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
        _deep += image.IsDeep ? 1 : 0;
        _pixels.Write(Fit(name, path, image).Bytes, name);
    }

    private PlainImage Fit(string name, string path, PlainImage image)
    {
        if (image.Colours != Size.Channels && spec?.Channels is null)
        {
            throw Differs(name, path, image, "channels", "data.images.channels");
        }

        var plain = image.WithChannels(Size.Channels);
        if (plain.Height == Size.Height && plain.Width == Size.Width)
        {
            return plain;
        }

        Fitted.Value++;
        return spec?.Fit switch
        {
            ImageFit.Resize => ImageDecoder.Resize(plain, Size.Height, Size.Width),
            ImageFit.Crop => plain.Crop(Size.Height, Size.Width),
            _ => throw Differs(name, path, image, "a size", "data.images: { width: …, height: …, fit: resize } or fit: crop"),
        };
    }

    private DataException Differs(string name, string path, PlainImage image, string what, string setting)
    {
        if (isForModel)
        {
            return new(
                DataCodes.ImageSizes,
                $"{name}: {DisplayText.ShortenPath(path)} has {image.Colours} × {image.Height} × {image.Width}, but the model takes "
                    + $"{Size.Channels} × {Size.Height} × {Size.Width}. Say how images of another size are fitted, as data.images.fit did "
                    + $"in training: --fit resize scales, --fit crop cuts or pads.");
        }

        var (firstPath, first) = _first!.Value;
        var other = firstPath == path
            ? $"data.images asks for {Size.Channels} × {Size.Height} × {Size.Width}"
            : $"{DisplayText.ShortenPath(firstPath)} has {first.Colours} × {first.Height} × {first.Width}";
        return new(
            DataCodes.ImageSizes,
            $"{name}: {DisplayText.ShortenPath(path)} has {image.Colours} × {image.Height} × {image.Width}, but {other}; all images need "
                + $"one size and as many channels. Set {what} with {setting}.");
    }
}
