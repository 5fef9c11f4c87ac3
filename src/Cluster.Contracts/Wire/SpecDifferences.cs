using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Wire;

/// <summary>Says field by field in what two specifications differ.</summary>
/// <remarks>Compares their JSON, so that a field that a later release adds is compared without a word here.</remarks>
public static class SpecDifferences
{
    /// <summary>Compares two specifications as written.</summary>
    /// <param name="stored">The one of the search.</param>
    /// <param name="given">The one that was given.</param>
    /// <returns>The fields, in the order of the format; empty when both ask for the same search.</returns>
    public static ValueArray<SpecDifference> Between(WrittenSpec stored, WrittenSpec given)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(given);
        if (stored == given)
        {
            return [];
        }

        var found = new List<SpecDifference>();
        Compare("", Tree(stored), Tree(given), found);
        return found.ToValueArray();
    }

    // As specs write them: mean-probability, not MeanProbability.
    private static readonly JsonSerializerOptions Words = new(ContractsJsonContext.Default.Options)
    {
        TypeInfoResolver = ContractsJsonContext.Default,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private static JsonNode? Tree(WrittenSpec spec) => JsonSerializer.SerializeToNode(spec.Fields, Words.GetTypeInfo(typeof(SearchSpec)));

    private static void Compare(string path, JsonNode? stored, JsonNode? given, List<SpecDifference> found)
    {
        if (JsonNode.DeepEquals(stored, given))
        {
            return;
        }

        if (Members(stored) is { } before && Members(given) is { } after)
        {
            foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal))
            {
                Compare(Path(path, name), before.GetValueOrDefault(name), after.GetValueOrDefault(name), found);
            }

            return;
        }

        found.Add(new(path, stored?.ToJsonString(), given?.ToJsonString()));
    }

    // Containers that only the contracts have, not the format.
    private static string Path(string path, string name) => (path, name) switch
    {
        ("", _) => name,
        (_, "domain" or "entries") or ("space", "parameters") or ("data", "table") => path,
        _ => $"{path}.{name}",
    };

    // What has a name of its own in a list, as the parameters of a space have, is compared by that name.
    private static Dictionary<string, JsonNode?>? Members(JsonNode? node) => node switch
    {
        JsonObject fields => fields.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal),
        JsonArray { Count: > 0 } list when list.All(item => item is JsonObject entry && entry["name"] is JsonValue)
            && list.Select(item => item!["name"]!.ToString()).Distinct(StringComparer.Ordinal).Count() == list.Count =>
            list.ToDictionary(item => item!["name"]!.ToString(), item => item, StringComparer.Ordinal),
        _ => null,
    };
}
