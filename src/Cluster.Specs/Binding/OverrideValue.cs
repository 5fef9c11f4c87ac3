using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding;

/// <summary>Reads the value of an override: a list in brackets or a mapping in braces as YAML writes them on
/// one line, anything else as it stands.</summary>
internal static class OverrideValue
{
    /// <summary>Reads it.</summary>
    /// <param name="text">The value.</param>
    /// <param name="at">What to name in problems.</param>
    /// <returns>Its node; null where brackets or braces are not closed.</returns>
    public static SpecNode? Read(string text, Position at)
    {
        if (text.TrimStart() is not (['[', ..] or ['{', ..]))
        {
            return new ScalarNode(at, text, ScalarStyle.Bare);
        }

        var problems = new ProblemList(at.Source ?? "");
        var node = YamlTreeReader.Read(text, problems);
        return problems.HasErrors || node is null ? null : Moved(node, at);
    }

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
