using System.Runtime.InteropServices;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images.Targets;
using SearchCluster.Models.Data.Storage;

namespace SearchCluster.Models.Data.Images;

/// <summary>Reads folders <c>images</c> and <c>targets</c> (or <c>masks</c>), or an archive of them: the colour
/// of a target's pixel is its class.</summary>
/// <remarks>
/// A target has the name of its image, with or without <c>_GT</c>. Classes are the colours that occur, in the order of red, green, blue, or
/// the numbers of grey (see <see cref="TargetDecoder"/>). Without <c>data.images.void</c>, black is void in colour targets (no class, not
/// scored); in grey ones black is a class like others. Pixels that padding adds are void. Files <c>train.txt</c>, <c>val.txt</c> and
/// <c>test.txt</c> with the names of images are the parts.
/// </remarks>
internal static class SegmentationReader
{
    /// <summary>Tells whether files are laid out like this.</summary>
    public static bool Fits(FileTree files) => SegmentationFolders.Fits(files);

    /// <summary>Refuses folders of images and targets in the folders of parts, which would look like two classes.</summary>
    /// <exception cref="DataException">SC3302: there are such folders.</exception>
    public static void RefuseParts(FileTree files)
    {
        if (SegmentationFolders.AreDeeper(files))
        {
            throw new DataException(
                DataCodes.AmbiguousFolders,
                $"{files.Name} has folders of images and of their targets inside other folders; put all images into images/ and all "
                    + $"targets into targets/, and name those of each part in train.txt, val.txt and test.txt.");
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="DataException">SC3105: a target is missing, has another size, or two have the same name; or values that differ
    /// would become one class; or there are too many.</exception>
    public static ImageSamples Read(DataRequest request)
    {
        var (spec, files) = (request.Spec, request.Files);
        var folders = SegmentationFolders.Read(files, request.Limit);
        var paths = folders.Images;

        // The classes are known when all targets were seen. They are decoded a second time rather than kept,
        // which would take more memory than the images.
        using var images = request.NewImages(paths.Length);
        var (sizes, seen) = (new (int Height, int Width)[paths.Length], new SeenTargets(files.Name));
        for (var i = 0; i < paths.Length; i++)
        {
            sizes[i] = images.Add(files, paths[i]);
            seen.Add(Target(files, folders.Targets[i], sizes[i]), folders.Targets[i]);
        }

        images.RequireOpacity(files.Name);
        var classes = TargetClasses.Of(files.Name, seen, spec.Images?.Void);
        using var values = new PixelWriter(spec.Storage ?? DataStorage.Memory, paths.Length);
        var (mask, occurring) = (new short[images.Size.Height * images.Size.Width], new int[paths.Length][]);
        for (var i = 0; i < paths.Length; i++)
        {
            Array.Fill(mask, (short)-1);
            Target(files, folders.Targets[i], sizes[i]).Write(mask, images.Size, spec.Images?.Fit, classes);
            occurring[i] = [.. mask.Distinct().Where(k => k >= 0).Select(k => (int)k)];
            values.Write(MemoryMarshal.AsBytes<short>(mask), files.Name);
        }

        var names = paths.Select(SegmentationFolders.NameOf).ToValueArray();
        var masks = new ImageAnswer.Masks(values.ToBuffer(TorchSharp.torch.ScalarType.Int16), classes.Labels, classes.Void?.Label())
        {
            Occurring = occurring,
            Form = seen.FormOf(classes),
        };
        return new(files.Name, images.ToBuffer(), images.Size, masks, spec.Images?.Normalise ?? true, folders.Given)
        {
            Paths = names,
            Numbers = folders.Numbers,
            FileRows = folders.All,
            Together = ImageGroups.Of(files.Name, names, spec.Split.GroupBy),
            Notes = [.. folders.Notes, .. images.Notes(files.Name), .. seen.Notes(classes, spec.Images?.Void)],
        };
    }

    private static TargetImage Target(FileTree files, string path, (int Height, int Width) size)
    {
        var target = TargetDecoder.Decode(files.Read(path), files.NameOf(path));
        return (target.Height, target.Width) == size
            ? target
            : throw new DataException(DataCodes.Targets, $"{files.Name}: target {DisplayText.ShortenPath(path)} has {target.Height} × "
                + $"{target.Width} pixels, but its image {size.Height} × {size.Width}.");
    }
}
