using System.Globalization;
using SearchCluster.Models.Data.Files;

namespace SearchCluster.Models.Data.Tables;

/// <summary>Which files of a folder or archive are the tables of the data: those of the parts by their names, or the only one.</summary>
/// <param name="Tables">Paths in the order of the parts, each with the number of its part: 0 to train, 1 to validate, 2 to test.</param>
/// <param name="HaveParts">False for one table that is all of the data.</param>
internal sealed record TableFiles(IReadOnlyList<(string Path, int Part)> Tables, bool HaveParts)
{
    private const string Packed = ".gz";
    private const int MostShown = 5;

    private static readonly string[] Certain = [".csv", ".tsv"];
    private static readonly string[][] PartNames = [["train", "training"], ["val", "valid", "validation"], ["test", "testing"]];

    /// <summary>The names, for messages.</summary>
    public const string Rule =
        "tables of parts are named train.csv, val.csv and test.csv (.tsv, .txt, also .gz), and stand in one folder; "
            + "without such names there must be one table alone";

    /// <summary>Tells by its name whether a file holds a table and nothing else; a text file may hold one too.</summary>
    public static bool IsTable(string path) => HasEnding(path, Certain);

    /// <summary>Tells by its name whether a file is a text.</summary>
    public static bool IsText(string path) => HasEnding(path, [".txt"]);

    /// <summary>Finds the tables to learn from.</summary>
    /// <returns>Null where none is to be told.</returns>
    public static TableFiles? ToTrain(FileTree files) => Parts(files, needsTraining: true) ?? Only(files);

    /// <summary>Finds the tables that a model is to answer.</summary>
    /// <returns>Null where none is to be told.</returns>
    public static TableFiles? ToAnswer(FileTree files) => Parts(files, needsTraining: false) ?? Only(files);

    /// <summary>Refuses a folder or archive in which no table is to be told.</summary>
    public static DataException Refuse(FileTree files)
    {
        string[] there = [.. files.Paths.Where(path => IsTable(path) || IsText(path))];
        var found = there.Length == 0
            ? "no table (.csv, .tsv, .txt, also .gz)"
            : $"{there.Length} tables ({string.Join(", ", there.Take(MostShown).Select(DisplayText.ShortenPath))}"
                + $"{(there.Length > MostShown ? ", …" : "")}), of which it cannot be told which are the data";
        return new(DataCodes.NotTheLayout, $"{files.Name} holds {found}; {Rule}.");
    }

    /// <summary>Tells of tables beside those of the parts, which nobody reads.</summary>
    /// <returns>A sentence; null where there are none.</returns>
    public string? NoteOthers(FileTree files)
    {
        string[] read = [.. Tables.Select(table => table.Path)];
        string[] others = [.. files.Paths.Where(path => !read.Contains(path) && (IsTable(path) || PartOf(path) is not null))];
        return others.Length == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{files.Name}: {others.Length} table(s) beside {string.Join(", ", read.Select(DisplayText.ShortenPath))} are not read: "
                + $"{string.Join(", ", others.Take(MostShown).Select(DisplayText.ShortenPath))}{(others.Length > MostShown ? ", …" : "")}; "
                + $"{Rule}.");
    }

    // The tables of one folder: with those of two of them it could not be told which belong together. What lies at the root comes first.
    private static TableFiles? Parts(FileTree files, bool needsTraining)
    {
        if (files.IsFile)
        {
            // A file that was named itself is all of the data, whatever it is called.
            return null;
        }

        var folders = files.Paths.Select(path => (Path: path, Part: PartOf(path))).Where(table => table.Part is not null)
            .GroupBy(table => table.Path[..(table.Path.LastIndexOf('/') + 1)], StringComparer.Ordinal)
            .Where(folder => !needsTraining || folder.Any(table => table.Part == 0)).ToList();
        var chosen = folders.Find(folder => folder.Key.Length == 0) ?? (folders.Count == 1 ? folders[0] : null);
        return chosen is null ? null : new(
            [.. chosen.GroupBy(table => table.Part!.Value).OrderBy(part => part.Key).Select(part => (part.First().Path, part.Key))],
            HaveParts: needsTraining || chosen.DistinctBy(table => table.Part).Count() > 1);
    }

    // A text beside a table is its description or licence.
    private static TableFiles? Only(FileTree files)
    {
        string[] tables = [.. files.Paths.Where(IsTable)];
        tables = tables.Length == 0 ? [.. files.Paths.Where(path => files.IsFile || IsText(path))] : tables;
        return tables is [var one] ? new([(one, 0)], HaveParts: false) : null;
    }

    private static int? PartOf(string path)
    {
        var name = Unpacked(path[(path.LastIndexOf('/') + 1)..]);
        return HasEnding(name, [.. Certain, ".txt"])
            && Array.FindIndex(
                PartNames,
                names => names.Contains(Path.GetFileNameWithoutExtension(name), StringComparer.OrdinalIgnoreCase)) is >= 0 and var part
                ? part
                : null;
    }

    private static bool HasEnding(string path, string[] endings) =>
        Unpacked(path) is var name && endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static string Unpacked(string path) =>
        path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? path[..^Packed.Length] : path;
}
