using SearchCluster.Specs.Binding;
using SearchCluster.Specs.Problems;
using SearchCluster.Specs.Rules;
using SearchCluster.Specs.Sections;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs;

/// <summary>Reads search specs, format version 1, in YAML and JSON.</summary>
/// <remarks>
/// A file whose form is broken gets the first such problem; any other file gets all of its problems. Pure: same bytes, same answer,
/// in every culture. Limits: <see cref="SpecLimits"/>.
/// </remarks>
public static class SpecReader
{
    /// <summary>Reads one spec and collects all of its problems.</summary>
    /// <param name="content">The bytes of the file, UTF-8.</param>
    /// <param name="fileName">
    /// Its name, for messages; the ending <c>.json</c> asks for strict JSON, <c>.yaml</c> and <c>.yml</c> for YAML. Under any other name
    /// (standard input, HTTP) a text that starts with a brace and a quote is JSON.
    /// </param>
    /// <param name="overrides">Values set from outside by dotted path, for example <c>budget.trials</c>; null for none.</param>
    /// <param name="vocabulary">The names that the spec may use; null for <see cref="ReleaseVocabulary.Value"/>.</param>
    /// <returns>The spec, or what is wrong with it. Never throws for any content.</returns>
    public static SpecReadResult Read(
        ReadOnlyMemory<byte> content,
        string fileName,
        IReadOnlyDictionary<string, string>? overrides = null,
        SpecVocabulary? vocabulary = null)
    {
        if (content.Length > SpecLimits.Bytes)
        {
            return new SpecReadResult(null, [SpecFileErrors.TooLarge(fileName, content.Length)]);
        }

        var problems = new ProblemList(fileName);
        if (ReadRoot(content.Span, fileName, problems) is not { } root)
        {
            return problems.ToResult(null);
        }

        Overrides.Apply(root, overrides ?? new Dictionary<string, string>(), problems);
        return problems.ToResult(SpecBinder.Bind(root, vocabulary ?? ReleaseVocabulary.Value, problems));
    }

    /// <summary>Finds where the value of a field stands, for a problem that only its user can see, such as a
    /// file that is missing.</summary>
    /// <param name="content">As for <see cref="Read"/>.</param>
    /// <param name="fileName">As for <see cref="Read"/>.</param>
    /// <param name="overrides">As for <see cref="Read"/>.</param>
    /// <param name="path">Dotted path of the field, for example <c>data.source</c>.</param>
    /// <returns>The file or the override, the line and the column; line 0 where it stands nowhere.</returns>
    public static (string File, int Line, int Column) PlaceOf(
        ReadOnlyMemory<byte> content, string fileName, IReadOnlyDictionary<string, string>? overrides, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var at = Find(content, fileName, overrides, path)?.At ?? default;
        return (at.Source ?? fileName, at.Line, at.Column);
    }

    /// <summary>Tells whether an override gives a field, alone or with the section that it is in.</summary>
    /// <param name="overrides">As for <see cref="Read"/>.</param>
    /// <param name="path">Dotted path of the field, for example <c>data.source</c>.</param>
    /// <returns>True where the file does not give it.</returns>
    public static bool IsSet(IReadOnlyDictionary<string, string>? overrides, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return overrides?.Keys.Any(key => path == key || path.StartsWith(key + ".", StringComparison.Ordinal)) == true;
    }

    /// <summary>Finds what a field says, whether or not the rest of the spec can be used.</summary>
    /// <param name="content">As for <see cref="Read"/>.</param>
    /// <param name="fileName">As for <see cref="Read"/>.</param>
    /// <param name="overrides">As for <see cref="Read"/>.</param>
    /// <param name="path">Dotted path of the field, for example <c>data.source</c>.</param>
    /// <returns>Its text; null where it says nothing, or is no text.</returns>
    public static string? TextOf(ReadOnlyMemory<byte> content, string fileName, IReadOnlyDictionary<string, string>? overrides, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return (Find(content, fileName, overrides, path) as ScalarNode)?.Text;
    }

    /// <summary>Finds the files whose configurations a spec wants to be tried first; who can read them sets
    /// <see cref="EnqueuePathOf"/> to what they hold.</summary>
    /// <param name="content">As for <see cref="Read"/>.</param>
    /// <param name="fileName">As for <see cref="Read"/>.</param>
    /// <param name="overrides">As for <see cref="Read"/>.</param>
    /// <returns>The names as they are written.</returns>
    public static ValueArray<string> EnqueuedFiles(
        ReadOnlyMemory<byte> content, string fileName, IReadOnlyDictionary<string, string>? overrides = null) =>
        content.Length <= SpecLimits.Bytes && ReadRoot(content.Span, fileName, new ProblemList(fileName)) is { } root
            ? EnqueueOverride.FilesOf(root, overrides?.GetValueOrDefault(EnqueueOverride.Section)).ToValueArray()
            : [];

    /// <summary>The path of an override that puts configurations in the place of a file.</summary>
    /// <param name="file">The file as the spec names it.</param>
    public static string EnqueuePathOf(string file) => EnqueueOverride.PathOf(file);

    private static SpecNode? Find(
        ReadOnlyMemory<byte> content, string fileName, IReadOnlyDictionary<string, string>? overrides, string path)
    {
        var problems = new ProblemList(fileName);
        SpecNode? node = content.Length <= SpecLimits.Bytes ? ReadRoot(content.Span, fileName, problems) : null;
        if (node is MappingNode root && overrides is not null)
        {
            Overrides.Apply(root, overrides, problems);
        }

        foreach (var key in path.Split('.'))
        {
            node = (node as MappingNode)?.Find(key)?.Value;
        }

        return node;
    }

    private static MappingNode? ReadRoot(ReadOnlySpan<byte> content, string fileName, ProblemList problems)
    {
        if (SourceText.Decode(content, problems) is not { } text)
        {
            return null;
        }

        var isEmpty = string.IsNullOrWhiteSpace(text);
        var node = isEmpty ? null : IsJson(text, fileName) ? JsonTreeReader.Read(text, problems) : YamlTreeReader.Read(text, problems);
        switch (node)
        {
            case MappingNode mapping:
                return mapping;
            case null or ScalarNode { Text: "" }:
                if (!problems.HasErrors)
                {
                    problems.Error(SpecCodes.Empty, Position.Start, "", "the file is empty", "`searchcluster spec new` writes a template");
                }

                return null;
            default:
                problems.Error(
                    SpecCodes.WrongKind,
                    node.At,
                    "",
                    $"the file {Section.Describe(node)}, but must be a mapping of keys and values",
                    "start with version: 1");
                return null;
        }
    }

    private static bool IsJson(string text, string fileName)
    {
        if (fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var isYaml = fileName.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
            || fileName.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);
        var start = text.AsSpan().TrimStart();
        return !isYaml && start.StartsWith("{") && start[1..].TrimStart().StartsWith("\"");
    }
}
