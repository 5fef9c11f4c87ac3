namespace SearchCluster.Models.Data.Images;

/// <summary>Tells folders of classes from folders that hold folders of classes, by the tree and by what the names say.</summary>
/// <remarks>
/// Folders in a class may be its dates or sources, or the classes themselves, which the class then pools: the tree looks alike. Names
/// decide where those of one level say nothing (numbers, formats, "raw", "batch-a", or the same word with different numbers) and those of
/// the other do. Names that say nothing above names that do are refused; so are parts inside classes. Where both say something, the choice
/// is told.
/// </remarks>
internal static class ClassDoubts
{
    private const int MostShown = 3;

    private static readonly string[] Neutral =
    [
        "raw", "augmented", "augmentation", "aug", "sample", "samples", "original", "originals", "orig", "processed", "preprocessed",
            "resized", "cropped",
        "jpg", "jpeg", "png", "bmp", "gif", "webp", "tif", "tiff", "fold", "batch", "session", "source", "src", "version", "copy",
            "extra", "additional", "all",
        "image", "picture", "pictures", "photo", "photos", "pics", "train", "training", "val", "valid", "validation", "test", "testing",
    ];

    /// <summary>Looks at the folders that would be the classes.</summary>
    /// <param name="name">The data, for messages.</param>
    /// <param name="folders">The folders of each image, from the level of the classes on; the last is its file.</param>
    /// <param name="partOf">Which part a name says, if any.</param>
    /// <returns>What to tell, or null.</returns>
    /// <exception cref="DataException">SC3302: the folders in them are classes or parts as well.</exception>
    public static string? Of(string name, IEnumerable<string[]> folders, Func<string, int?> partOf)
    {
        var outer = folders.GroupBy(path => path[0], StringComparer.Ordinal).Select(group => new Candidate(
            group.Key,
            [.. group
                .Where(path => path.Length > 2)
                .Select(path => path[1])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)],
            group.Count(path => path.Length == 2))).OrderBy(candidate => candidate.Name, StringComparer.Ordinal).ToList();
        string[] inner = [.. outer.SelectMany(candidate => candidate.Inner).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (inner.Length < 2)
        {
            return null;
        }

        var what = $"{name}: {Names(outer.Select(candidate => candidate.Name))} would be the classes, and {Names(inner)} folders in them";
        var loose = outer.Sum(candidate => candidate.Loose);
        var second = $"data.images.classLevel: 2 makes the inner folders the "
            + $"classes{(loose > 0 ? $" (and leaves out {loose} {(loose == 1 ? "image" : "images")} in none of them)" : "")}";
        if (inner.Select(partOf).OfType<int>().Distinct().Count() >= 2)
        {
            throw Refused($"{what}, but these are named like parts, which would be mixed; put the folders of parts above those of "
                + "classes (train/cats), or write data.images.classLevel: 1 to have them mixed");
        }

        var (outerSays, innerSays) = (Telling([.. outer.Select(candidate => candidate.Name)]), Telling(inner));
        if (outer.Exists(candidate => !outerSays.Contains(candidate.Name) && candidate.Inner.Any(innerSays.Contains)))
        {
            throw Refused($"{what}, but the inner names look more like classes; {second}, data.images.classLevel: 1 the outer ones");
        }

        // One folder in each, and another one in each other: the classes are the same ones by both levels.
        var isSame = inner.Length == outer.Count && outer.TrueForAll(candidate => candidate is { Inner.Length: 1, Loose: 0 });
        return isSame || (innerSays.Count == 0 && outerSays.Count == outer.Count)
            ? null
            : $"{name}: the classes are {Names(outer.Select(candidate => candidate.Name))}; the folders {Names(inner)} in them belong to "
                + $"their class. To change that, {second}; data.images.classLevel: 1 keeps it so.";
    }

    // Names that say something: not only numbers and words for any data, and not one of a numbered series.
    private static HashSet<string> Telling(string[] names)
    {
        var series = names.Where(name => name.Any(char.IsAsciiDigit)).GroupBy(Stem,
            StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);
        return names.Where(name => Stem(name).Split(['_', '-', ' ', '.'],
            StringSplitOptions.RemoveEmptyEntries).Any(word => word.Length > 1 && !IsNeutral(word)))
            .Where(name => !name.Any(char.IsAsciiDigit) || !series.Contains(Stem(name),
                StringComparer.OrdinalIgnoreCase)).ToHashSet(StringComparer.Ordinal);
    }

    private static bool IsNeutral(string word) =>
        Neutral.Contains(word, StringComparer.OrdinalIgnoreCase) || ImageLayout.Fillers.Contains(word, StringComparer.OrdinalIgnoreCase);

    private static string Stem(string name) => string.Concat(name.Select(letter => char.IsAsciiDigit(letter) ? ' ' : letter));

    private static string Names(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return string.Join(", ", all.Take(MostShown).Select(one => DisplayText.Shorten(one) + "/")) + (all.Length > MostShown ? ", …" : "");
    }

    private static DataException Refused(string message) => new(DataCodes.AmbiguousFolders, message + ".");

    private sealed record Candidate(string Name, string[] Inner, int Loose);
}
