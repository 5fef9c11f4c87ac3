using System.Text;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Splits;

namespace SearchCluster.Models.Data.Images;

/// <summary>The images of a segmentation data set with their targets, by name, and the parts that lists name.</summary>
/// <param name="Images">Paths of the images, in ordinal order.</param>
/// <param name="Targets">The path of each image's target.</param>
/// <param name="Given">The parts; null without lists.</param>
/// <param name="Notes">What was left out, a sentence each.</param>
internal sealed record SegmentationFolders(string[] Images, string[] Targets, GivenParts? Given, IReadOnlyList<string> Notes)
{
    /// <summary>Numbers of the images among all of the folder; null where they are all.</summary>
    public int[]? Numbers { get; private init; }

    /// <summary>Images of the folder.</summary>
    public int All { get; private init; }

    private const int MostShown = 3;

    private static readonly string[] ImageFolders = ["images", "image", "imgs"];
    private static readonly string[] TargetFolders = ["targets", "target", "masks", "mask", "annotations", "labels"];
    private static readonly string[] Suffixes = ["_GT", "_gt", "_mask", "_L"];
    private static readonly string[] Lists = ["train.txt", "val.txt", "test.txt"];

    /// <summary>Tells whether files are laid out like this.</summary>
    public static bool Fits(FileTree files) => FolderOf(files, ImageFolders) is not null && FolderOf(files, TargetFolders) is not null;

    /// <summary>The images, whether or not they have targets.</summary>
    public static string[] ImagesOf(FileTree files) => FolderOf(files, ImageFolders) is { } folder ? In(files, folder) : [];

    /// <summary>Name of an image: its path without the folder of all images.</summary>
    public static string NameOf(string path) => path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Tells whether folders of images and targets lie in other folders, where they would look like classes.</summary>
    public static bool AreDeeper(FileTree files)
    {
        var folders = files.Paths
            .Where(ImageFormats.IsImage)
            .Select(path => path.Split('/'))
            .Where(path => path.Length > 2)
            .Select(path => path[^2])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return folders.Count == 2
            && folders.Exists(name => ImageFolders.Contains(name, StringComparer.OrdinalIgnoreCase))
            && folders.Exists(name => TargetFolders.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Pairs images and targets.</summary>
    /// <exception cref="DataException">SC3105: a target is missing, two files have one name, or an image is in
    /// two parts; SC3000: there are no images.</exception>
    public static SegmentationFolders Read(FileTree files, RowLimit? limit)
    {
        if (FolderOf(files, ImageFolders) is not { } imageFolder || FolderOf(files, TargetFolders) is not { } targetFolder)
        {
            throw new DataException(
                DataCodes.NotTheLayout, $"{files.Name} holds no images in folder images, with their targets in folder targets (or masks).");
        }

        var all = In(files, imageFolder);
        var byName = ByName(files.Name, all, path => Path.GetFileName(path));
        var drawn = limit is null ? null : Choose(limit, files, all, byName);
        var images = drawn is null ? all : Array.ConvertAll(drawn, row => all[row]);
        var stems = all.Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet(StringComparer.Ordinal);
        var targets = ByName(files.Name, In(files, targetFolder), path => ImageOf(Path.GetFileNameWithoutExtension(path), stems));
        var ofImage = images.Select(path => targets.GetValueOrDefault(Path.GetFileNameWithoutExtension(path))
            ?? throw new DataException(
                DataCodes.Targets,
                $"{files.Name}: image {DisplayText.ShortenPath(path)} has no target "
                    + $"{targetFolder}{DisplayText.ShortenPath(Path.GetFileNameWithoutExtension(path))}_GT.png (.bmp, .jpg)."));
        List<string> notes = [];
        string[] paired = [.. ofImage];
        Tell(
            files.Name,
            [.. targets.Where(target => !stems.Contains(target.Key)).Select(target => target.Value)],
            "targets without an image",
            "target without an image",
            notes);
        Tell(
            files.Name,
            [.. files.Paths.Where(path => ImageFormats.IsImage(path)
                && !path.StartsWith(imageFolder, StringComparison.Ordinal)
                && !path.StartsWith(targetFolder, StringComparison.Ordinal))],
            $"images outside {imageFolder} and {targetFolder}",
            $"image outside {imageFolder} and {targetFolder}",
            notes);
        notes.AddRange(ImageFormats.Others(files.Name, files.Paths.Where(path => !ImageFormats.IsImage(path) && !Lists.Contains(path))));
        return new(images, paired, Parts(files, images, byName, notes), notes)
        {
            Numbers = drawn?.Length < all.Length ? drawn : null,
            All = all.Length
        };
    }

    // So many of each part, at random.
    private static int[] Choose(RowLimit limit, FileTree files, string[] all, Dictionary<string, string> byName)
    {
        var given = Parts(files, all, byName, []);
        int PartOf(int row) => given is null || given.Train.Contains(row) ? 0 : given.Validation.Contains(row) ? 1 : 2;
        return limit.Choose(all.Length, PartOf);
    }

    private static string? FolderOf(FileTree files, string[] names) => files.Paths
        .Where(path => ImageFormats.IsImage(path) && path.Contains('/', StringComparison.Ordinal))
        .Select(path => path[..(path.IndexOf('/', StringComparison.Ordinal) + 1)])
        .Distinct(StringComparer.Ordinal)
        .Where(folder => names.Contains(folder[..^1], StringComparer.OrdinalIgnoreCase))
        .MinBy(folder => Array.FindIndex(names, name => name.Equals(folder[..^1], StringComparison.OrdinalIgnoreCase)));

    private static string[] In(FileTree files, string folder) =>
        [.. files.Paths.Where(path => path.StartsWith(folder, StringComparison.Ordinal) && ImageFormats.IsImage(path))];

    // A target has the name of its image, or that with an ending such as _GT.
    private static string ImageOf(string target, HashSet<string> stems) => stems.Contains(target)
        ? target
        : Suffixes.Where(suffix => target.EndsWith(suffix, StringComparison.Ordinal))
            .Select(suffix => target[..^suffix.Length])
            .FirstOrDefault(stems.Contains) ?? target;

    private static Dictionary<string, string> ByName(string name, IEnumerable<string> paths, Func<string, string> nameOf)
    {
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (!byName.TryAdd(nameOf(path), path))
            {
                throw new DataException(
                    DataCodes.Targets,
                    $"{name}: {DisplayText.ShortenPath(byName[nameOf(path)])} and {DisplayText.ShortenPath(path)} have the same name, but "
                        + $"a name belongs to one image and its target; rename one of them.");
            }
        }

        return byName;
    }

    private static GivenParts? Parts(FileTree files, string[] images, Dictionary<string, string> byName, List<string> notes)
    {
        if (!files.Contains(Lists[0]))
        {
            Tell(
                files.Name,
                [.. Lists.Where(files.Contains)],
                "lists of parts without a train.txt",
                "list of a part without a train.txt",
                notes);
            return null;
        }

        var numbers = images.Select((path, i) => (path, i)).ToDictionary(StringComparer.Ordinal);
        var byStem = byName
            .GroupBy(entry => Path.GetFileNameWithoutExtension(entry.Key), StringComparer.Ordinal)
            .Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
        var parts = Array.ConvertAll(
            Lists, list => Part(files, list, name => byName.GetValueOrDefault(name) ?? byStem.GetValueOrDefault(name), numbers, notes));
        if (parts.SelectMany(part => part).GroupBy(image => image).FirstOrDefault(group => group.Count() > 1) is { Key: var twice })
        {
            throw new DataException(
                DataCodes.Targets,
                $"{files.Name}: {DisplayText.ShortenPath(images[twice])} is in two of {string.Join(", ", Lists)}, but an image belongs to "
                    + $"one part; remove it from one of them.");
        }

        Tell(
            files.Name,
            [.. Enumerable.Range(0, images.Length).Except(parts.SelectMany(part => part)).Select(image => images[image])],
            "images in none of the lists of parts",
            "image in none of the lists of parts",
            notes);
        return new(parts[0], parts[1], parts[2]);
    }

    // A line names an image by its file name, with or without the ending, and with or without folders.
    private static int[] Part(FileTree files, string list, Func<string, string?> find, Dictionary<string, int> numbers, List<string> notes)
    {
        if (!files.Contains(list))
        {
            return [];
        }

        var names = Encoding.UTF8
            .GetString(files.Read(list))
            .TrimStart('\uFEFF')
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var paths = Array.ConvertAll(names, name => find(name[(name.LastIndexOf('/') + 1)..]));
        Tell(
            files.Name,
            [.. names.Where((_, line) => paths[line] is null)],
            $"names in {list} of no image",
            $"name in {list} of no image",
            notes);
        return [.. paths.OfType<string>().Where(numbers.ContainsKey).Select(path => numbers[path]).Distinct().Order()];
    }

    private static void Tell(string name, List<string> paths, string many, string one, List<string> notes)
    {
        if (paths.Count > 0)
        {
            notes.Add($"{name}: {paths.Count} {(paths.Count == 1 ? one : many)} left out: "
                + $"{string.Join(", ", paths.Take(MostShown).Select(DisplayText.ShortenPath))}{(paths.Count > MostShown ? ", …" : "")}.");
        }
    }
}
