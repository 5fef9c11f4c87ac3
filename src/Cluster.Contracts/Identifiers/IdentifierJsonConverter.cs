using System.Text.Json;
using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Identifiers;

/// <summary>Writes an identifier as the JSON string of its bare value.</summary>
/// <typeparam name="T">The identifier.</typeparam>
/// <param name="parse">Builds the identifier; throws <see cref="FormatException"/> or
/// <see cref="ArgumentException"/> on text it refuses.</param>
public abstract class IdentifierJsonConverter<T>(Func<string, T> parse) : JsonConverter<T>
    where T : struct
{
    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : throw new JsonException($"{typeof(T).Name} must be a JSON string, not {reader.TokenType}.");
        try
        {
            return parse(text);
        }
        catch (Exception refused) when (refused is FormatException or ArgumentException)
        {
            throw new JsonException(refused.Message, refused);
        }
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
