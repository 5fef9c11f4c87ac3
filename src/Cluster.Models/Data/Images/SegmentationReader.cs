using System.Runtime.InteropServices;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Storage;

namespace SearchCluster.Models.Data.Images;

/// <summary>Reads folders <c>images</c> and <c>targets</c> (or <c>masks</c>), or an archive of them: the colour of a target's pixel is its class.</summary>
/// <remarks>
/// A target has the name of its image, with or without <c>_GT</c>. Classes are the colours that occur, in the order of red, green, blue. In colour targets
/// black is void (no class, not scored); in grey ones black is a class like others. Pixels that padding adds are void. Files
/// <c>train.txt</c>, <c>val.txt</c> and <c>test.txt</c> with the names of images are the parts.
/// </remarks>
internal static class SegmentationReader
{
    private const int MaximumClasses = 256;
    private const int MostShown = 8;
    private const int White = 0xFFFFFF;
    private const int FewGreys = 0xC8C8C8;

    /// <summary>Tells whether files are laid out like this.</summary>
    public static bool Fits(FileTree files) => SegmentationFolders.Fits(files);

    /// <summary>Refuses folders of images and targets in the folders of parts, which would look like two classes.</summary>
    /// <exception cref="DataException">SC3302: there are such folders.</exception>
    public static void RefuseParts(FileTree files)
    {
        if (SegmentationFolders.AreDeeper(files))
        {
            throw new DataException(DataCodes.AmbiguousFolders, $"{files.Name} has folders of images and of their targets inside other folders; put all images into images/ and all targets into targets/, and name those of each part in train.txt, val.txt and test.txt.");
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="DataException">SC3105: a target is missing, has another size, or there are too many colours, or two have the same name.</exception>
    public static ImageSamples Read(DataRequest request)
    {
        var (spec, files) = (request.Spec, request.Files);
        var folders = SegmentationFolders.Read(files, request.Limit);
        var paths = folders.Images;

        // The classes are known when all targets were seen. They are decoded a second time rather than kept, which would take more memory than the images.
        using var images = request.NewImages(paths.Length);
        var (sizes, colours) = (new (int Height, int Width)[paths.Length], new SortedSet<int>());
        for (var i = 0; i < paths.Length; i++)
        {
            sizes[i] = images.Add(files, paths[i]);
            colours.UnionWith(Mask.Read(files, folders.Targets[i], sizes[i]).Colours);
        }

        images.RequireOpacity(files.Name);
        var (labels, classOf) = Classes(files.Name, colours);
        using var values = new PixelWriter(spec.Storage ?? DataStorage.Memory, paths.Length);
        var mask = new short[images.Size.Height * images.Size.Width];
        for (var i = 0; i < paths.Length; i++)
        {
            Array.Fill(mask, (short)-1);
            Mask.Read(files, folders.Targets[i], sizes[i]).Write(mask, images.Size, spec.Images?.Fit, classOf);
            values.Write(MemoryMarshal.AsBytes<short>(mask), files.Name);
        }

        var names = paths.Select(SegmentationFolders.NameOf).ToValueArray();
        return new(files.Name, images.ToBuffer(), images.Size, new ImageAnswer.Masks(values.ToBuffer(TorchSharp.torch.ScalarType.Int16), labels), spec.Images?.Normalise ?? true, folders.Given)
        {
            Paths = names,
            Together = ImageGroups.Of(files.Name, names, spec.Split.GroupBy),
            Notes = [.. folders.Notes, .. images.Notes(files.Name), .. Doubts(files.Name, folders.Targets, colours)],
        };
    }

    private static bool IsGrey(int colour) => (colour >> 16) == (colour & 0xFF) && ((colour >> 8) & 0xFF) == (colour & 0xFF);

    private static IEnumerable<string> Doubts(string name, string[] targets, SortedSet<int> colours)
    {
        if (targets.Count(path => path.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jpeg", StringComparison.OrdinalIgnoreCase)) is > 0 and var lossy)
        {
            yield return $"{name}: {lossy} targets are JPEG files, which change colours, so that there may be classes nobody drew ({colours.Count} colours in all); save targets as PNG.";
        }

        // In grey numbers of classes, the largest one of all often marks pixels without a class.
        if (colours.Count > 2 && colours.Max == White && colours.All(IsGrey) && colours.GetViewBetween(0, White - 1).Max < FewGreys)
        {
            yield return $"{name}: white (255) is a class here, beside grey {string.Join(", ", colours.Where(colour => colour != White).Take(MostShown).Select(colour => colour & 0xFF))}; where it means pixels without a class, make targets in colours, in which black is void.";
        }
    }

    private static (ValueArray<string> Labels, Dictionary<int, short> ClassOf) Classes(string name, SortedSet<int> colours)
    {
        var isGrey = colours.All(IsGrey);
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
            : throw new DataException(DataCodes.Targets, $"{name}: the targets have {labels.Count} colours beside void, but there must be 2 to {MaximumClasses}; were they saved as JPEG, or smoothed?");
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
                throw new DataException(DataCodes.Targets, $"{files.Name}: target {DisplayText.Shorten(path)} has {image.Height} × {image.Width} pixels, but its image {size.Height} × {size.Width}.");
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
