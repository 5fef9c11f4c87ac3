using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images.Formats;

namespace SearchCluster.Models.Data.Images;

/// <summary>Reads a folder for each class with images in it, or an archive of that; folders train, val and test
/// above them are the parts.</summary>
internal static class ImageFolderReader
{
    /// <summary>What is needed to learn from images, for messages.</summary>
    public const string Needed = "images to learn from are a folder or archive with a folder of them for each class";

    /// <summary>Tells whether files are laid out like this.</summary>
    public static bool Fits(FileTree files) =>
        files.Paths.Any(path => ImageFormats.IsImage(path) && path.Contains('/', StringComparison.Ordinal));

    /// <summary>Reads them; classes are in ordinal order of their names.</summary>
    /// <exception cref="DataException">SC3009: fewer than two classes; SC3302: folders may be parts or classes, or hold classes; or an
    /// image cannot be used.</exception>
    public static ImageSamples Read(DataRequest request)
    {
        var (spec, files, limit) = (request.Spec, request.Files, request.Limit);
        SegmentationReader.RefuseParts(files);
        var layout = ImageLayout.Of(files.Name, files.Paths.Where(ImageFormats.IsImage), classLevel: spec.Images?.ClassLevel);
        var labels = layout.Images
            .Select(place => place.Class)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToValueArray();
        if (labels.Count < 2)
        {
            var why = string.Join(
                ' ', layout.Notes.Concat(ImageFormats.Others(files.Name, files.Paths.Where(path => !ImageFormats.IsImage(path)))));
            throw new DataException(
                DataCodes.Labels,
                $"{files.Name} has images in {labels.Count} folder(s){(labels.Count == 1 ? $" ({DisplayText.Shorten(labels[0])})" : "")}, "
                    + $"but a folder for each of at least two classes is needed.{(why.Length > 0 ? " " + why : "")}");
        }

        var all = layout.Images;
        var drawn = limit?.Choose(all.Count, row => (all[row].Part * labels.Count) + labels.IndexOf(all[row].Class));
        var chosen = drawn is null ? all : [.. drawn.Select(row => all[row])];
        using var images = request.NewImages(chosen.Count);
        var classes = new int[chosen.Count];
        for (var i = 0; i < chosen.Count; i++)
        {
            images.Add(files, chosen[i].Path);
            classes[i] = labels.IndexOf(chosen[i].Class);
        }

        images.RequireOpacity(files.Name);
        int[] Part(int part) => [.. Enumerable.Range(0, chosen.Count).Where(i => chosen[i].Part == part)];
        var given = layout.HasParts ? new GivenParts(Part(0), Part(1), Part(2)) : null;
        return new(
            files.Name,
            images.ToBuffer(),
            images.Size,
            new ImageAnswer.OneClass(classes, labels),
            spec.Images?.Normalise ?? true,
            given)
        {
            Numbers = drawn?.Length < all.Count ? drawn : null,
            FileRows = all.Count,
            Paths = chosen.Select(place => place.Path).ToValueArray(),
            Together = ImageGroups.Of(files.Name, chosen.Select(place => place.Path).ToValueArray(), spec.Split.GroupBy),
            Notes = [
                .. layout.Notes,
                .. ImageFormats.Others(files.Name, files.Paths.Where(path => !ImageFormats.IsImage(path))),
                .. images.Notes(files.Name),
            ],
        };
    }
}
