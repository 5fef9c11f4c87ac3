using System.Text.Json;
using System.Text.Json.Nodes;
using SearchCluster.Specs.Syntax;

namespace SearchCluster.Specs.Binding;

/// <summary>Puts configurations from outside before those of section <c>enqueue</c>: <c>enqueue[]=[{"lr": 0.001}]</c>.</summary>
internal static class EnqueueOverride
{
    /// <summary>The path that means the section as a whole, one more entry for each configuration.</summary>
    public const string Path = "enqueue[]";

    /// <summary>Applies it.</summary>
    /// <param name="root">The file's root; changed.</param>
    /// <param name="text">A configuration or a list of them, as JSON.</param>
    /// <param name="at">What to name in problems.</param>
    /// <param name="problems">Gets what is wrong with the text.</param>
    public static void Apply(MappingNode root, string text, Position at, ProblemList problems)
    {
        if (Points(text, at) is not { Items: [MappingNode, ..] } points || !points.Items.TrueForAll(point => point is MappingNode))
        {
            problems.Error(SpecCodes.Enqueued, at, Path, "the value must be a configuration or a list of them, as JSON", "write {\"lr\": 0.001}, or give the file that `best -o` wrote to --params");
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

    private static SequenceNode? Points(string text, Position at)
    {
        try
        {
            var node = JsonNode.Parse(text, documentOptions: new() { MaxDepth = 8 });
            return Node(node is JsonArray ? node : new JsonArray(node), at) as SequenceNode;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SpecNode Node(JsonNode? node, Position at)
    {
        switch (node)
        {
            case JsonObject fields:
                var mapping = new MappingNode(at);
                mapping.Entries.AddRange(fields.Select(field => new MappingEntry(new ScalarNode(at, field.Key, ScalarStyle.Quoted), Node(field.Value, at))));
                return mapping;
            case JsonArray list:
                var sequence = new SequenceNode(at);
                sequence.Items.AddRange(list.Select(item => Node(item, at)));
                return sequence;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return new ScalarNode(at, value.GetValue<string>(), ScalarStyle.Quoted);
            default:
                return new ScalarNode(at, node?.ToJsonString() ?? "null", ScalarStyle.Plain);
        }
    }
}
