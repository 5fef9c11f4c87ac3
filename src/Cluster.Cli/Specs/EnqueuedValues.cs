using System.Text;
using System.Text.Json.Nodes;

namespace SearchCluster.Cli.Specs;

/// <summary>The configurations to try first, of which each option gives some: those of files before those of
/// the command line, each in the order given.</summary>
internal static class EnqueuedValues
{
    /// <summary>The path that adds to a section instead of taking its place.</summary>
    public const string Path = "enqueue[]";

    /// <summary>Makes one list of them.</summary>
    /// <param name="given">Configurations or lists of them, as JSON.</param>
    /// <returns>The list as JSON; what is no JSON alone, so that it is refused where specs are read; null for nothing.</returns>
    public static string? Join(IReadOnlyList<string> given)
    {
        if (given.Count < 2)
        {
            return given.Count == 0 ? null : given[0];
        }

        var all = new JsonArray();
        foreach (var text in given)
        {
            if (Configurations(text) is not { Count: > 0 } some)
            {
                return text;
            }

            some.ForEach(one => all.Add(one?.DeepClone()));
        }

        return all.ToJsonString();
    }

    private static List<JsonNode?>? Configurations(string text) =>
        JsonFault.Find(Encoding.UTF8.GetBytes(text)) is not null ? null
        : JsonNode.Parse(text) is JsonArray list ? [.. list]
        : [JsonNode.Parse(text)];
}
