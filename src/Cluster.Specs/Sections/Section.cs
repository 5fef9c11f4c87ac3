using SearchCluster.Specs.Syntax;
using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Sections;

/// <summary>One mapping of the file with known keys; reads typed values and reports what does not fit.</summary>
internal sealed partial class Section
{
    private readonly MappingNode _node;

    private Section(ProblemList problems, MappingNode node, Position at, string path) =>
        (Problems, _node, At, Path) = (problems, node, at, path);

    public ProblemList Problems { get; }

    /// <summary>Where the section's key stands.</summary>
    public Position At { get; }

    /// <summary>Dotted path; empty for the file itself.</summary>
    public string Path { get; }

    public IReadOnlyList<MappingEntry> Entries => _node.Entries;

    /// <summary>The beginning of a message about this section.</summary>
    public string Prefix => Path.Length == 0 ? "" : Display.Cut(Path, 120) + ": ";

    /// <summary>Opens a section and reports the keys that it does not have.</summary>
    /// <param name="problems">Gets the problems.</param>
    /// <param name="entry">Key and value.</param>
    /// <param name="path">Dotted path.</param>
    /// <param name="fields">Its keys; <see cref="SectionFields.Free"/> for any.</param>
    /// <returns>The section; null when the value is no mapping.</returns>
    public static Section? Open(ProblemList problems, MappingEntry entry, string path, SectionFields fields)
    {
        if (entry.Value is not MappingNode mapping)
        {
            problems.Error(
                SpecCodes.WrongKind,
                entry.Value.At,
                path,
                $"{Display.Cut(path, 120)} {Describe(entry.Value)}, but must be a mapping of keys and values",
                fields.Known.Length > 0 ? $"its keys are {Display.List(fields.Known)}" : null);
            return null;
        }

        return Open(problems, mapping, entry.Key.At, path, fields);
    }

    /// <summary>Opens the file itself.</summary>
    /// <param name="problems">Gets the problems.</param>
    /// <param name="mapping">The root.</param>
    /// <param name="at">Where the section's key stands.</param>
    /// <param name="path">Dotted path.</param>
    /// <param name="fields">Its keys.</param>
    public static Section Open(ProblemList problems, MappingNode mapping, Position at, string path, SectionFields fields)
    {
        var section = new Section(problems, mapping, at, path);
        if (!ReferenceEquals(fields, SectionFields.Free))
        {
            section.RefuseUnknownKeys(fields);
        }

        return section;
    }

    /// <summary>Makes the dotted path of a key.</summary>
    /// <returns>For example <c>budget.trials</c>.</returns>
    public string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    /// <summary>Looks a key up.</summary>
    /// <returns>Its entry, or null.</returns>
    public MappingEntry? Find(string key) => _node.Find(key);

    /// <summary>Shows a value as its author wrote it, for messages.</summary>
    /// <param name="key">The key of a scalar.</param>
    /// <returns>Its text; empty when it is absent.</returns>
    public string Written(string key) => Find(key)?.Value is ScalarNode scalar ? Display.Text(scalar.Text) : "";

    /// <summary>Opens a section inside this one.</summary>
    /// <param name="key">Without the path of this section.</param>
    /// <param name="fields">Its keys.</param>
    /// <returns>Null when it is absent or no mapping.</returns>
    public Section? Child(string key, SectionFields fields) =>
        Find(key) is { } entry ? Open(Problems, entry, PathOf(key), fields) : null;

    /// <summary>Finds the place to name for a key.</summary>
    /// <returns>Where the key stands; where the section stands when it is absent.</returns>
    public Position PlaceOf(string key) => Find(key)?.Key.At ?? At;

    /// <summary>Notes an error about a key of this section.</summary>
    /// <param name="code">One of <see cref="SpecCodes"/>.</param>
    /// <param name="at">The place.</param>
    /// <param name="key">Without the path of this section.</param>
    /// <param name="message">What follows the section's path.</param>
    /// <param name="help">The next step.</param>
    public void Error(string code, Position at, string key, string message, string? help = null) =>
        Problems.Error(code, at, PathOf(key), Prefix + message, help);

    /// <summary>Notes a missing key.</summary>
    /// <param name="code">One of <see cref="SpecCodes"/>.</param>
    /// <param name="key">Without the path of this section.</param>
    /// <param name="message">What is required.</param>
    /// <param name="help">The next step.</param>
    public void Missing(string code, string key, string message, string help) => Error(code, At, key, message, help);

    /// <summary>Names the form of a value, for messages.</summary>
    /// <param name="node">Any value.</param>
    /// <returns>For example <c>is a list</c>.</returns>
    public static string Describe(SpecNode node) => node switch
    {
        MappingNode => "is a mapping",
        SequenceNode => "is a list",
        ScalarNode scalar => Scalars.Classify(scalar).Kind switch
        {
            ScalarKind.Null => "is empty",
            ScalarKind.Text => $"is {Display.Quoted(scalar.Text)}",
            _ => $"is {Display.Text(scalar.Text)}",
        },
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "A node of a kind that no reader makes."),
    };

    /// <summary>Reports a key that is the rest of a number with a decimal comma: <c>{ min: 1,5 }</c> has the keys min and 5.</summary>
    /// <param name="key">An unknown key.</param>
    /// <param name="value">Empty where the key is such a rest.</param>
    /// <returns>True when it was reported.</returns>
    public bool ReportsDecimalComma(ScalarNode key, SpecNode value)
    {
        if (key.Text.Length == 0 || !key.Text.All(char.IsAsciiDigit) || value is not ScalarNode { Text: "" })
        {
            return false;
        }

        var place = Path.Length == 0 ? "" : $" in {Display.Cut(Path, 120)}";
        Problems.Error(
            SpecCodes.NotANumber,
            key.At,
            Path,
            $"the lone {Display.Text(key.Text)}{place} looks like the digits after a decimal comma",
            key.Text.Length == 3 ? "write 5000, not 5,000; a decimal point is one, as in 1.5" : "write 1.5, not 1,5");
        return true;
    }

    private void RefuseUnknownKeys(SectionFields fields)
    {
        foreach (var (key, value) in _node.Entries)
        {
            if (fields.Known.Contains(key.Text) || fields.Later.Contains(key.Text))
            {
                continue;
            }

            if (ReportsDecimalComma(key, value))
            {
                continue;
            }

            var place = Path.Length == 0 ? "" : $" in {Display.Cut(Path, 120)}";
            Problems.Error(
                SpecCodes.UnknownKey,
                key.At,
                PathOf(key.Text),
                $"unknown key {Display.Quoted(key.Text)}{place}{Suggestions.Phrase(key.Text, fields.Known)}",
                $"the keys here are {string.Join(", ", fields.Known.Where(known => known != "$schema"))}");
        }
    }
}
