using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Storage;

namespace SearchCluster.Models.Data.Images;

/// <summary>Decodes images and fits them to one size and number of channels.</summary>
/// <param name="spec">Size, channels and fit; null for those of the first image.</param>
/// <param name="count">How many images will be added.</param>
/// <param name="storage">Where the pixels go.</param>
internal sealed class ImageList(ImageSpec? spec, int count, DataStorage storage = DataStorage.Memory) : IDisposable
{
    private readonly PixelWriter _pixels = new(storage, count);
    private (string Path, PlainImage Image)? _first;

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
        var image = ImageDecoder.Decode(files.Read(path), $"{files.Name}/{path}");
        if (_first is null)
        {
            _first = (path, image);
            Size = new(spec?.Channels ?? image.Channels, spec?.Height ?? image.Height, spec?.Width ?? image.Width);
        }

        var fitted = Fit(files.Name, path, image);
        _pixels.Write(fitted.Bytes, files.Name);
        return (image.Height, image.Width);
    }

    private PlainImage Fit(string name, string path, PlainImage image)
    {
        if (image.Channels != Size.Channels && spec?.Channels is null)
        {
            throw Differs(name, path, image, "channels", "data.images.channels");
        }

        var plain = image.WithChannels(Size.Channels);
        if (plain.Height == Size.Height && plain.Width == Size.Width)
        {
            return plain;
        }

        return spec?.Fit switch
        {
            ImageFit.Resize => ImageDecoder.Resize(plain, Size.Height, Size.Width),
            ImageFit.Crop => plain.Crop(Size.Height, Size.Width),
            _ => throw Differs(name, path, image, "a size", "data.images: { width: …, height: …, fit: resize } or fit: crop"),
        };
    }

    private DataException Differs(string name, string path, PlainImage image, string what, string setting)
    {
        var (firstPath, first) = _first!.Value;
        var other = firstPath == path
            ? $"data.images asks for {Size.Channels} × {Size.Height} × {Size.Width}"
            : $"{DisplayText.Shorten(firstPath)} has {first.Channels} × {first.Height} × {first.Width}";
        return new("SC3104", $"{name}: {DisplayText.Shorten(path)} has {image.Channels} × {image.Height} × {image.Width}, but {other}; all images need one size and as many channels. Set {what} with {setting}.");
    }
}
