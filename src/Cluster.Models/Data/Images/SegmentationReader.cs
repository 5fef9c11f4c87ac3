using System.Runtime.InteropServices;
using System.Text;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Storage;

namespace SearchCluster.Models.Data.Images;

/// <summary>Reads folders <c>images</c> and <c>targets</c>, or an archive of them: the colour of a target's pixel is its class.</summary>
/// <remarks>
/// A target has the name of its image, with or without <c>_GT</c>. Classes are the colours that occur, in the order of red, green, blue. In colour targets
/// black is void (no class, not scored); in grey ones black is a class like others. Pixels that padding adds are void. Files
/// <c>train.txt</c>, <c>val.txt</c> and <c>test.txt</c> with the names of images are the parts.
/// </remarks>
internal static class SegmentationReader
{
    private const int MaximumClasses = 256;
    private const string ImageFolder = "images/";
    private const string TargetFolder = "targets/";

    /// <summary>Tells whether files are laid out like this.</summary>
    public static bool Fits(FileTree files) => files.Paths.Any(path => path.StartsWith(ImageFolder, StringComparison.Ordinal)) && files.Paths.Any(path => path.StartsWith(TargetFolder, StringComparison.Ordinal));

    /// <summary>Reads them.</summary>
    /// <exception cref="DataException">SC3105: a target is missing, has another size, or there are too many colours, or two have the same name.</exception>
    public static ImageSamples Read(DataSpec spec, FileTree files, RowLimit? limit)
    {
        var targets = ByName(files.Name, files.Paths.Where(path => path.StartsWith(TargetFolder, StringComparison.Ordinal) && ImageDecoder.IsImage(path)), path => Stem(path, "_GT"));
        string[] paths = [.. files.Paths.Where(path => path.StartsWith(ImageFolder, StringComparison.Ordinal) && ImageDecoder.IsImage(path))];
        paths = limit is null ? paths : Limit(files, paths, limit);
        if (paths.Length == 0)
        {
            throw new DataException("SC3000", $"{files.Name} holds no images in folder images.");
        }

        var byName = ByName(files.Name, paths, path => Path.GetFileName(path));

        // The classes are known when all targets were seen. They are decoded a second time rather than kept, which would take more memory than the images.
        using var images = new ImageList(spec.Images, paths.Length, spec.Storage ?? DataStorage.Memory);
        var (sizes, colours) = (new (int Height, int Width)[paths.Length], new SortedSet<int>());
        for (var i = 0; i < paths.Length; i++)
        {
            sizes[i] = images.Add(files, paths[i]);
            colours.UnionWith(Mask.Read(files, TargetOf(paths[i]), sizes[i]).Colours);
        }

        var (labels, classOf) = Classes(files.Name, colours);
        using var values = new PixelWriter(spec.Storage ?? DataStorage.Memory, paths.Length);
        var mask = new short[images.Size.Height * images.Size.Width];
        for (var i = 0; i < paths.Length; i++)
        {
            Array.Fill(mask, (short)-1);
            Mask.Read(files, TargetOf(paths[i]), sizes[i]).Write(mask, images.Size, spec.Images?.Fit, classOf);
            values.Write(MemoryMarshal.AsBytes<short>(mask), files.Name);
        }

        return new(files.Name, images.ToBuffer(), images.Size, new ImageAnswer.Masks(values.ToBuffer(TorchSharp.torch.ScalarType.Int16), labels), spec.Images?.Normalise ?? true, Parts(files, paths, byName))
        {
            Paths = paths.Select(path => path[ImageFolder.Length..]).ToValueArray(),
            Together = ImageGroups.Of(files.Name, paths.Select(path => path[ImageFolder.Length..]).ToValueArray(), spec.Split.GroupBy),
        };

        string TargetOf(string path) => targets.GetValueOrDefault(Stem(path, ""))
            ?? throw new DataException("SC3105", $"{files.Name}: image {DisplayText.Shorten(path)} has no target {TargetFolder}{DisplayText.Shorten(Stem(path, ""))}_GT.png (.bmp, .jpg).");
    }

    private static Dictionary<string, string> ByName(string name, IEnumerable<string> paths, Func<string, string> nameOf)
    {
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (!byName.TryAdd(nameOf(path), path))
            {
                throw new DataException("SC3105", $"{name}: {DisplayText.Shorten(byName[nameOf(path)])} and {DisplayText.Shorten(path)} have the same name, but a name belongs to one image and its target; rename one of them.");
            }
        }

        return byName;
    }

    private static string Stem(string path, string suffix)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return suffix.Length > 0 && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
    }

    private static (ValueArray<string> Labels, Dictionary<int, short> ClassOf) Classes(string name, SortedSet<int> colours)
    {
        var isGrey = colours.All(colour => (colour >> 16) == (colour & 0xFF) && ((colour >> 8) & 0xFF) == (colour & 0xFF));
        var classOf = new Dictionary<int, short>();
        foreach (var colour in colours.Where(colour => isGrey || colour != 0))
        {
            classOf.Add(colour, (short)classOf.Count);
        }

        if (!isGrey && colours.Contains(0))
        {
            classOf.Add(0, -1);
        }

        var labels = colours.Where(colour => isGrey || colour != 0).Select(colour => $"#{colour:x6}").ToValueArray();
        return labels.Count is >= 2 and <= MaximumClasses
            ? (labels, classOf)
            : throw new DataException("SC3105", $"{name}: the targets have {labels.Count} colours beside void, but there must be 2 to {MaximumClasses}; were they saved as JPEG, or smoothed?");
    }

    private static string[] Limit(FileTree files, string[] paths, RowLimit limit)
    {
        var given = Parts(files, paths, ByName(files.Name, paths, path => Path.GetFileName(path)));
        int PartOf(int row) => given is null ? 0 : given.Train.Contains(row) ? 0 : given.Validation.Contains(row) ? 1 : 2;
        return [.. limit.Choose(paths.Length, PartOf).Select(row => paths[row])];
    }

    private static GivenParts? Parts(FileTree files, string[] paths, Dictionary<string, string> byName)
    {
        if (!files.Contains("train.txt"))
        {
            return null;
        }

        var places = paths.Select((path, i) => (path, i)).ToDictionary(StringComparer.Ordinal);
        var numbers = byName.ToDictionary(entry => entry.Key, entry => places[entry.Value], StringComparer.Ordinal);
        int[] Part(string list) => !files.Contains(list)
            ? []
            : [.. Encoding.UTF8.GetString(files.Read(list)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(numbers.ContainsKey).Select(name => numbers[name]).Distinct().Order()];
        return new(Part("train.txt"), Part("val.txt"), Part("test.txt"));
    }

    /// <summary>Colours of the pixels of one target.</summary>
    private sealed record Mask(int Height, int Width, int[] Pixels)
    {
        public IEnumerable<int> Colours => Pixels.Distinct();

        public static Mask Read(FileTree files, string path, (int Height, int Width) size)
        {
            var image = ImageDecoder.Decode(files.Read(path), $"{files.Name}/{path}").WithChannels(3);
            if ((image.Height, image.Width) != size)
            {
                throw new DataException("SC3105", $"{files.Name}: target {DisplayText.Shorten(path)} has {image.Height} × {image.Width} pixels, but its image {size.Height} × {size.Width}.");
            }

            var plane = image.Height * image.Width;
            var colours = new int[plane];
            for (var i = 0; i < plane; i++)
            {
                colours[i] = (image.Bytes[i] << 16) | (image.Bytes[plane + i] << 8) | image.Bytes[(2 * plane) + i];
            }

            return new(image.Height, image.Width, colours);
        }

        public void Write(Span<short> values, ImageSize size, ImageFit? fit, Dictionary<int, short> classOf)
        {
            var classes = Array.ConvertAll(Pixels, colour => classOf[colour]);
            if (fit == ImageFit.Resize)
            {
                // The nearest pixel: classes have no mean.
                for (var i = 0; i < values.Length; i++)
                {
                    var (y, x) = (i / size.Width, i % size.Width);
                    values[i] = classes[((int)((y + 0.5) * Height / size.Height) * Width) + (int)((x + 0.5) * Width / size.Width)];
                }

                return;
            }

            PlainImage.Crop<short>(classes, values, 1, (Height, Width), (size.Height, size.Width));
        }
    }
}
