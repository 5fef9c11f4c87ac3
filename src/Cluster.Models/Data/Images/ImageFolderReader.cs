using SearchCluster.Models.Data.Files;

namespace SearchCluster.Models.Data.Images;

/// <summary>Reads a folder for each class with images in it, or an archive of that; folders train, val and test above them are the parts.</summary>
internal static class ImageFolderReader
{
    private static readonly string[][] PartNames = [["train", "training"], ["val", "valid", "validation"], ["test", "testing"]];

    /// <summary>Tells whether files are laid out like this.</summary>
    public static bool Fits(FileTree files) => files.Paths.Any(path => ImageDecoder.IsImage(path) && path.Contains('/', StringComparison.Ordinal));

    /// <summary>Reads them; classes are in ordinal order of their names.</summary>
    /// <exception cref="DataException">SC3009: fewer than two classes; or an image cannot be used.</exception>
    public static ImageSamples Read(DataSpec spec, FileTree files, RowLimit? limit)
    {
        var all = files.Paths.Where(ImageDecoder.IsImage).Select(Place.Of).OfType<Place>().ToList();
        var hasParts = all.Count > 0 && all.TrueForAll(place => place.Folders.Length >= 2 && PartOf(place.Folders[0]) >= 0);
        var labels = all.Select(place => place.Class).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToValueArray();
        if (labels.Count < 2)
        {
            throw new DataException("SC3009", $"{files.Name} has images in {labels.Count} folder(s), but a folder for each of at least two classes is needed.");
        }

        int Part(Place place) => hasParts ? PartOf(place.Folders[0]) : 0;
        var chosen = limit is null ? all : [.. limit.Choose(all.Count, row => (Part(all[row]) * labels.Count) + labels.IndexOf(all[row].Class)).Select(row => all[row])];
        using var images = new ImageList(spec.Images, chosen.Count, spec.Storage ?? DataStorage.Memory);
        var classes = new int[chosen.Count];
        for (var i = 0; i < chosen.Count; i++)
        {
            images.Add(files, chosen[i].Path);
            classes[i] = labels.IndexOf(chosen[i].Class);
        }

        int[] RowsOf(int part) => [.. Enumerable.Range(0, chosen.Count).Where(i => Part(chosen[i]) == part)];
        var given = hasParts ? new GivenParts(RowsOf(0), RowsOf(1), RowsOf(2)) : null;
        return new(files.Name, images.ToBuffer(), images.Size, new ImageAnswer.OneClass(classes, labels), spec.Images?.Normalise ?? true, given)
        {
            Paths = chosen.Select(place => place.Path).ToValueArray(),
            Together = ImageGroups.Of(files.Name, chosen.Select(place => place.Path).ToValueArray(), spec.Split.GroupBy),
        };
    }

    private static int PartOf(string folder) => Array.FindIndex(PartNames, names => names.Contains(folder, StringComparer.OrdinalIgnoreCase));

    private sealed record Place(string Path, string[] Folders)
    {
        public string Class => Folders[^1];

        public static Place? Of(string path) => path.Split('/') is { Length: > 1 } parts ? new(path, parts[..^1]) : null;
    }
}
