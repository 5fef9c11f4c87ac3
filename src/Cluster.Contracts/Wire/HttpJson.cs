using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace SearchCluster.Contracts.Wire;

/// <summary>Answers of the HTTP API as JSON: the records of the journal, but a number that is not finite is null and named beside, as in
/// the tool's documents.</summary>
public static class HttpJson
{
    private static readonly JsonSerializerOptions Options = new(ContractsJsonContext.Default.Options)
    {
        TypeInfoResolver = Resolver,
        Converters = { NonFiniteMembers.Converter },
    };

    /// <summary>The shapes of the answers.</summary>
    public static IJsonTypeInfoResolver Resolver => ContractsJsonContext.Default.WithAddedModifier(NonFiniteMembers.AddTo);

    /// <summary>How an answer is written.</summary>
    /// <typeparam name="T">A record of the API.</typeparam>
    /// <returns>The shape, for the serializer.</returns>
    public static JsonTypeInfo<T> Writing<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>Reads an answer; also one of an earlier release, which wrote <c>"NaN"</c> in the place of the number.</summary>
    /// <typeparam name="T">A record of the API.</typeparam>
    /// <param name="json">The answer.</param>
    /// <returns>The record; null for the JSON value null.</returns>
    /// <exception cref="JsonException">The bytes are not such a record.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> json)
    {
        var type = (JsonTypeInfo<T>)ContractsJsonContext.Default.GetTypeInfo(typeof(T))!;
        JsonNode? restored = null;
        try
        {
            if (json.IndexOf("\"nonFinite\""u8) < 0)
            {
                return JsonSerializer.Deserialize(json, type);
            }

            restored = JsonNode.Parse(json);
            NonFiniteReading.Restore(restored);
            return restored.Deserialize(type);
        }
        catch (JsonException refused)
        {
            var text = restored is null ? json : Encoding.UTF8.GetBytes(restored.ToJsonString());
            throw new JsonException(JsonMisfit.Of(text, type, refused, "the answer").Sentence, refused);
        }
    }
}
