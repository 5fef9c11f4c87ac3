using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding;

/// <summary>
/// Puts configurations from outside into section <c>enqueue</c>: in its place, <c>enqueue=best.json</c>, before its own,
/// <c>enqueue[]=[{"lr": 0.001}]</c>, or in the place of a file that it names, <c>enqueue[params.json]=…</c>.
/// </summary>
internal static class EnqueueOverride
{
    /// <summary>The path that takes the place of the section.</summary>
    public const string Section = "enqueue";

    /// <summary>The path that means the section as a whole, one more entry for each configuration.</summary>
    public const string Path = "enqueue[]";

    /// <summary>What a name in the section ends with that is a file.</summary>
    public const string FileEnding = ".json";

    /// <summary>The path that means a file of the section.</summary>
    /// <param name="file">The file as the section names it.</param>
    public static string PathOf(string file) => $"enqueue[{file}]";

    /// <summary>The file that a path means; null where it means something else.</summary>
    public static string? FileOf(string path) => path.StartsWith("enqueue[", StringComparison.Ordinal)
        && path.EndsWith(FileEnding + "]", StringComparison.OrdinalIgnoreCase) ? path["enqueue[".Length..^1] : null;

    /// <summary>The files that the section names.</summary>
    /// <param name="root">The file's root.</param>
    /// <param name="given">What an override puts in its place; null for nothing.</param>
    public static IEnumerable<string> FilesOf(MappingNode root, string? given) =>
        Elements(given is null ? root.Find("enqueue")?.Value : OverrideValue.Read(given, Position.Start).Node)
            .OfType<ScalarNode>()
            .Select(name => name.Text)
            .Where(name => name.EndsWith(FileEnding, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal);

    /// <summary>Puts the configurations of a file in its place.</summary>
    /// <param name="root">The file's root; changed.</param>
    /// <param name="file">The file as the section names it.</param>
    /// <param name="text">What it holds: a configuration or a list of them, as JSON.</param>
    /// <param name="problems">Gets what is wrong with the text.</param>
    public static void Replace(MappingNode root, string file, string text, ProblemList problems)
    {
        var at = new Position(0, 0, file);
        var (node, trouble) = OverrideValue.ReadJson(text, at);
        if (trouble is not null)
        {
            problems.Error(trouble.Code, at, "enqueue", $"the file cannot be read: {trouble.Message}", trouble.Help);
            return;
        }

        if (Points(node, at) is not { Items: [MappingNode, ..] } points || !points.Items.TrueForAll(point => point is MappingNode))
        {
            problems.Error(
                SpecCodes.Enqueued,
                at,
                "enqueue",
                "the file holds no configuration",
                "give a file that `best -o` wrote, or a JSON object of names and values, or a list of either");
            return;
        }

        if (root.Find("enqueue") is not { } entry)
        {
            return;
        }

        var all = new SequenceNode(entry.Value.At);
        all.Items.AddRange(
            Elements(entry.Value).SelectMany(element => element is ScalarNode name && name.Text == file ? points.Items : [element]));
        root.Entries[root.Entries.IndexOf(entry)] = new MappingEntry(entry.Key, all);
    }

    /// <summary>Makes what takes the place of the section.</summary>
    /// <param name="text">The name of a file, a configuration, or a list of either.</param>
    /// <param name="at">What to name in problems.</param>
    /// <param name="problems">Gets what is wrong with the text.</param>
    /// <returns>Null after a problem.</returns>
    public static SpecNode? Read(string text, Position at, ProblemList problems)
    {
        var (node, trouble) = OverrideValue.Read(text, at);
        switch (node)
        {
            case null:
                Overrides.Unreadable(problems, at, Section, trouble!);
                return null;
            case SequenceNode or MappingNode:
                return Points(node, at);
            case ScalarNode file when file.Text.EndsWith(FileEnding, StringComparison.OrdinalIgnoreCase):
                return file;
            default:
                problems.Error(
                    SpecCodes.Enqueued,
                    at,
                    Section,
                    $"enqueue is {Display.Text(text)}, but must be a {FileEnding} file that `best -o` wrote, a configuration, or a list of "
                        + $"either",
                    "write --set enqueue=best.json; --params best.json tries it before what the spec enqueues");
                return null;
        }
    }

    private static List<SpecNode> Elements(SpecNode? section) => section switch
    {
        SequenceNode list => list.Items,
        ScalarNode one => [one],
        _ => [],
    };

    /// <summary>Applies it.</summary>
    /// <param name="root">The file's root; changed.</param>
    /// <param name="text">A configuration or a list of them, as JSON.</param>
    /// <param name="at">What to name in problems.</param>
    /// <param name="problems">Gets what is wrong with the text.</param>
    public static void Apply(MappingNode root, string text, Position at, ProblemList problems)
    {
        var (node, trouble) = OverrideValue.ReadJson(text, at);
        if (trouble is not null && OverrideValue.IsNested(text) && trouble.Code != SpecCodes.Syntax)
        {
            Overrides.Unreadable(problems, at, Path, trouble);
            return;
        }

        if (Points(node, at) is not { Items: [MappingNode, ..] } points || !points.Items.TrueForAll(point => point is MappingNode))
        {
            problems.Error(
                SpecCodes.Enqueued,
                at,
                Path,
                $"the value must be a configuration or a list of them, as JSON{(trouble is null ? "" : $": {trouble.Message}")}",
                "write {\"lr\": 0.001}, or give the file that `best -o` wrote to --params");
            return;
        }

        var entry = root.Find("enqueue");
        if (entry is { Value: not SequenceNode })
        {
            // The section itself is wrong, which is reported when it is read.
            return;
        }

        points.Items.AddRange((entry?.Value as SequenceNode)?.Items ?? []);
        root.Entries.RemoveAll(old => old.Key.Text == "enqueue");
        root.Entries.Add(new MappingEntry(new ScalarNode(at, "enqueue", ScalarStyle.Quoted), points));
    }

    // A configuration or a list of them; a single one becomes a list.
    private static SequenceNode? Points(SpecNode? node, Position at)
    {
        if (node is not MappingNode)
        {
            return node as SequenceNode;
        }

        var one = new SequenceNode(at);
        one.Items.Add(node);
        return one;
    }
}
