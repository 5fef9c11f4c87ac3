namespace SearchCluster.Models.Data.Images;

/// <summary>Tells the class and the part of each image from the folders it is in.</summary>
/// <remarks>
/// The class is the folder directly below the root, or below the folder of a part (train, val, test and their
/// usual names); deeper folders belong to their class. A folder around everything is no class. Parts are there when at least two of them
/// have folders in them. Files never change the layout: images that are in no class are left out and told. Where folders could be parts as
/// well as classes, or classes as well as containers of them (<see cref="ClassDoubts"/>), the layout is refused rather than guessed, until
/// <c>data.images.classLevel</c> says it.
/// </remarks>
/// <param name="Images">Those that have a class, in the order of their paths.</param>
/// <param name="HasParts">Whether the images say which part they belong to.</param>
/// <param name="Notes">What was left out, a sentence each.</param>
internal sealed record ImageLayout(IReadOnlyList<PlacedImage> Images, bool HasParts, IReadOnlyList<string> Notes)
{
    private const int Train = 0, Test = 2;
    private const int MostShown = 3;

    private static readonly string[][] PartNames = [["train", "training"], ["val", "valid", "validation"], ["test", "testing"]];
    /// <summary>Words in names of folders that say nothing.</summary>
    internal static readonly string[] Fillers = ["set", "data", "dataset", "images", "imgs", "folder", "dir", "split", "part", "seg"];

    /// <summary>Finds the layout.</summary>
    /// <param name="name">Of the folder or archive, for messages.</param>
    /// <param name="paths">Paths of all images, with '/'.</param>
    /// <param name="known">Classes of a model: a folder of such a name is a class. Null for none.</param>
    /// <param name="classLevel">How deep the classes lie, from 1; null to tell from the folders.</param>
    /// <exception cref="DataException">SC3302: folders could be parts as well as classes, or classes as well as what holds
    /// them.</exception>
    public static ImageLayout Of(string name, IEnumerable<string> paths, IReadOnlyCollection<string>? known = null, int? classLevel = null)
    {
        var notes = new List<string>();
        var (images, depth) = Unwrap(name, [.. paths.Select(path => (path, path.Split('/')))], known ?? [], notes);
        var folders = Folders(images, depth);
        var labelled = folders.Where(folder => folder.Part is not null && folder.HasFolders && !(known?.Contains(folder.Name) ?? false))
            .ToList();
        var level = known is null ? classLevel : LevelOf([.. folders.SelectMany(folder => folder.Images)], depth, labelled.Count > 0,
            known);
        return labelled.Count == 0 ? OfClasses(name, folders, notes, depth, level) : OfParts(name, folders, labelled, notes, depth, level);
    }

    private static List<Folder> Folders(List<(string Path, string[] Folders)> images, int depth) =>
        [.. images.GroupBy(image => image.Folders[depth], StringComparer.Ordinal)
            .Select(group => new Folder(group.Key, PartOf(group.Key), Collapse(group.Key, [.. group], depth), depth))];

    // A model's classes lie where folders have their names.
    private static int LevelOf(List<(string Path, string[] Folders)> images, int depth, bool hasParts, IReadOnlyCollection<string> known)
    {
        var first = depth + (hasParts ? 1 : 0);
        var deepest = images.Count == 0 ? first : images.Max(image => image.Folders.Length) - 2;
        for (var at = first; at <= deepest; at++)
        {
            if (images.Exists(image => image.Folders.Length > at + 1 && known.Contains(image.Folders[at])))
            {
                return at - first + 1;
            }
        }

        return 1;
    }

    // A word of a part, alone or with words that say nothing more: training_set, seg_train, test-images.
    private static int? PartOf(string folder)
    {
        string[] words = folder.Split(['_', '-', ' ', '.'], StringSplitOptions.RemoveEmptyEntries);
        string[] telling = [.. words.Where(word => !Fillers.Contains(word, StringComparer.OrdinalIgnoreCase))];
        return telling is [var one]
            && Array.FindIndex(PartNames, names => names.Contains(one, StringComparer.OrdinalIgnoreCase)) is >= 0 and var part
            ? part
            : null;
    }

    // Steps into folders that hold everything, as long as there are folders in them; a folder of images alone may be a class.
    private static (List<(string Path, string[] Folders)> Images, int Depth) Unwrap(
        string name, List<(string Path, string[] Folders)> images, IReadOnlyCollection<string> known, List<string> notes)
    {
        for (var depth = 0; ; depth++)
        {
            var inside = images.Where(image => image.Folders.Length > depth + 1).ToList();
            LeaveOut(name, [.. images.Except(inside).Select(image => image.Path)], "in no folder of a class", notes);
            images = inside;
            if (images.Count == 0
                || images.Exists(image => image.Folders[depth] != images[0].Folders[depth])
                || known.Contains(images[0].Folders[depth])
                || !images.Exists(image => image.Folders.Length > depth + 2))
            {
                return (images, depth);
            }
        }
    }

    // Archives of contests repeat the folder of a part in itself: training_set/training_set/cats.
    private static List<(string Path, string[] Folders)> Collapse(string name, List<(string Path, string[] Folders)> images, int depth)
    {
        var deeper = images.Where(image => image.Folders.Length > depth + 2).ToList();
        var isRepeated = PartOf(name) is { } part
            && deeper.Exists(image => image.Folders.Length > depth + 3)
            && PartOf(deeper[0].Folders[depth + 1]) == part
            && deeper.TrueForAll(image => image.Folders[depth + 1] == deeper[0].Folders[depth + 1]);
        return isRepeated
            ? Collapse(
                name,
                [.. images.Select(image => (image.Path, image.Folders.Length > depth + 2
                    ? [.. image.Folders[..(depth + 1)], .. image.Folders[(depth + 2)..]]
                    : image.Folders))],
                depth)
            : images;
    }

    private static ImageLayout OfClasses(string name, List<Folder> folders, List<string> notes, int depth, int? level)
    {
        var parts = folders.Where(folder => folder.Part is not null).ToList();
        if (parts.Count >= 2)
        {
            throw Ambiguous(
                name,
                $"{Names(parts)} look like parts, but there are no folders of classes in them",
                "give each part a folder for each class");
        }

        // A single folder named like a part may be a class (valid and invalid), except pictures to predict,
        // which lie beside folders of classes.
        if (parts is [{ Part: Test } unlabelled] && folders.Count >= 3 && level is null or 1)
        {
            LeaveOut(
                name,
                [.. unlabelled.Images.Select(image => image.Path)],
                $"in folder {DisplayText.ShortenPath(unlabelled.Name)}, a part without classes (were it a class, it would need another "
                    + $"name)",
                notes);
            folders.Remove(unlabelled);
        }

        return new(Place(name, folders.SelectMany(folder => folder.Images), depth, partAt: null, level, notes), HasParts: false, notes);
    }

    private static ImageLayout OfParts(string name, List<Folder> folders, List<Folder> labelled, List<string> notes, int depth, int? level)
    {
        var others = folders.Where(folder => folder.Part is null).ToList();
        var hasParts = labelled.Select(folder => folder.Part).Distinct().Count() >= 2;
        if (!hasParts && others.Count > 0)
        {
            throw Ambiguous(
                name,
                $"{Names(labelled)} has folders in it like a part, but {Names(others)} beside it {(others.Count == 1 ? "is" : "are")} like "
                    + $"a class",
                "put all classes at one depth, or move away what is no part");
        }

        foreach (var folder in others)
        {
            LeaveOut(
                name,
                [.. folder.Images.Select(image => image.Path)],
                $"in folder {DisplayText.ShortenPath(folder.Name)}, which is no part",
                notes);
        }

        foreach (var folder in folders.Where(folder => folder.Part is not null))
        {
            LeaveOut(
                name,
                [.. folder.Images.Where(image => image.Folders.Length <= depth + 2).Select(image => image.Path)],
                $"in folder {DisplayText.ShortenPath(folder.Name)}, but in no folder of a class",
                notes);
        }

        var inClasses = labelled.SelectMany(folder => folder.Images).Where(image => image.Folders.Length > depth + 2);
        return new(Place(name, inClasses, depth + 1, hasParts ? depth : null, level, notes), hasParts, notes);
    }

    // Classes are the folders at a depth, or as many levels below as was said.
    private static List<PlacedImage> Place(
        string name, IEnumerable<(string Path, string[] Folders)> images, int depth, int? partAt, int? level, List<string> notes)
    {
        var all = images.ToList();
        if (level is null && ClassDoubts.Of(name, all.Select(image => image.Folders[depth..]), PartOf) is { } doubt)
        {
            notes.Add(doubt);
        }

        var at = depth + (level ?? 1) - 1;
        LeaveOut(name, [.. all.Where(image => image.Folders.Length <= at + 1).Select(image => image.Path)],
            $"in no folder of a class (data.images.classLevel: {level})", notes);
        return
        [
            .. all.Where(image => image.Folders.Length > at + 1)
                .Select(image => new PlacedImage(image.Path, image.Folders[at], partAt is { } part ? PartOf(image.Folders[part])
                    ?? Train : Train))
                .OrderBy(image => image.Path, StringComparer.Ordinal),
        ];
    }

    private static void LeaveOut(string name, string[] paths, string where, List<string> notes)
    {
        if (paths.Length > 0)
        {
            var shown = string.Join(", ", paths.Take(MostShown).Select(DisplayText.ShortenPath));
            notes.Add($"{name}: {paths.Length} {(paths.Length == 1 ? "image" : "images")} {where} left out: "
                + $"{shown}{(paths.Length > MostShown ? ", …" : "")}.");
        }
    }

    private static string Names(IEnumerable<Folder> folders) =>
        string.Join(", ", folders.Take(MostShown).Select(folder => DisplayText.ShortenPath(folder.Name) + "/"));

    private static DataException Ambiguous(string name, string what, string remedy) =>
        new(DataCodes.AmbiguousFolders, $"{name}: {what}; {remedy}.");

    private sealed record Folder(string Name, int? Part, List<(string Path, string[] Folders)> Images, int Depth)
    {
        public bool HasFolders => Images.Exists(image => image.Folders.Length > Depth + 2);
    }
}

/// <summary>An image with its class.</summary>
/// <param name="Path">Where it lies in the folder or archive.</param>
/// <param name="Class">Name of its class.</param>
/// <param name="Part">0 for training, 1 for validation, 2 for test; 0 where there are no parts.</param>
internal readonly record struct PlacedImage(string Path, string Class, int Part);
