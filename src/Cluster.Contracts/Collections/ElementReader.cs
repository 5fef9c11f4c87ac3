using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SearchCluster.Contracts.Collections;

/// <summary>Reads the elements of a collection where they stand.</summary>
/// <remarks>
/// <see cref="JsonSerializer"/>'s own way from inside a converter first looks for the end of each element, and each list inside a list does
/// so again. It is kept for values, whose end is near, and of which only it knows how numbers are written ("NaN").
/// </remarks>
/// <typeparam name="T">Element type, with an entry in the JSON context.</typeparam>
internal readonly struct ElementReader<T>
{
    private readonly JsonSerializerOptions _options;
    private readonly JsonConverter<T>? _converter;

    public ElementReader(JsonSerializerOptions options)
    {
        _options = options;
        _converter = typeof(T).IsValueType ? null : (JsonConverter<T>)options.GetConverter(typeof(T));
    }

    /// <summary>Reads one element.</summary>
    /// <param name="reader">Stands on its first token, and then on its last.</param>
    /// <returns>The element; null where JSON says so and the type has a null.</returns>
    public T? Read(ref Utf8JsonReader reader) => _converter switch
    {
        null => JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T))),
        { HandleNull: false } when reader.TokenType == JsonTokenType.Null => default,
        _ => _converter.Read(ref reader, typeof(T), _options),
    };
}
