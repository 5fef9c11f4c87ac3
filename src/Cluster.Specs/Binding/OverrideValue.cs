using SearchCluster.Contracts.Api;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding;

/// <summary>Reads the value of an override: a list in brackets or a mapping in braces as JSON or as YAML writes them on one line, a text
/// in quotes, anything else as it stands.</summary>
internal static class OverrideValue
{
    /// <summary>Tells whether a value is written as a list or a mapping.</summary>
    /// <param name="text">The value.</param>
    public static bool IsNested(string text) => text.TrimStart() is ['[', ..] or ['{', ..];

    /// <summary>Reads it.</summary>
    /// <param name="text">The value.</param>
    /// <param name="at">What to name in problems.</param>
    /// <returns>Its node; or null, and what is wrong with its form.</returns>
    public static (SpecNode? Node, OverrideTrouble? Trouble) Read(string text, Position at)
    {
        if (!IsNested(text))
        {
            var isQuoted = text.Trim() is ['"', .., '"'] or ['\'', .., '\''];
            return (isQuoted && Parse(text).Node is ScalarNode quoted
                ? new ScalarNode(at, quoted.Text, quoted.Style)
                : new ScalarNode(at, text, ScalarStyle.Bare), null);
        }

        // JSON first: it has escapes that YAML has not.
        var problems = new ProblemList("");
        var (node, trouble) = JsonTreeReader.Read(text, problems) is { } json && !problems.HasErrors ? (json, null) : Parse(text);
        return (node is null ? null : Moved(node, at), trouble);
    }

    /// <summary>Reads JSON.</summary>
    /// <param name="text">The value.</param>
    /// <param name="at">What to name in problems.</param>
    /// <returns>Its node; or null, and what is wrong with its form.</returns>
    public static (SpecNode? Node, OverrideTrouble? Trouble) ReadJson(string text, Position at)
    {
        var problems = new ProblemList("");
        var (node, trouble) = Judge(JsonTreeReader.Read(text, problems), problems);
        return (node is null ? null : Moved(node, at), trouble);
    }

    private static (SpecNode? Node, OverrideTrouble? Trouble) Parse(string text)
    {
        var problems = new ProblemList("");
        return Judge(YamlTreeReader.Read(text, problems), problems);
    }

    private static (SpecNode? Node, OverrideTrouble? Trouble) Judge(SpecNode? node, ProblemList problems) =>
        problems.ToResult(null).Problems is [var first, ..]
            ? (null, new(first.Code, first.Message + PlaceOf(first), first.Help))
            : (node, null);

    private static string PlaceOf(SpecProblem problem) => problem.Line > 1
        ? FormattableString.Invariant($", in its line {problem.Line} at character {problem.Column}")
        : FormattableString.Invariant($", at its character {problem.Column}");

    private static SpecNode Moved(SpecNode node, Position at)
    {
        switch (node)
        {
            case SequenceNode list:
                var sequence = new SequenceNode(at);
                sequence.Items.AddRange(list.Items.Select(item => Moved(item, at)));
                return sequence;
            case MappingNode fields:
                var mapping = new MappingNode(at);
                mapping.Entries.AddRange(fields.Entries.Select(
                    entry => new MappingEntry(new ScalarNode(at, entry.Key.Text, entry.Key.Style), Moved(entry.Value, at))));
                return mapping;
            default:
                var scalar = (ScalarNode)node;
                return new ScalarNode(at, scalar.Text, scalar.Style);
        }
    }
}
