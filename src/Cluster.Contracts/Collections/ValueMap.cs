using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SearchCluster.Contracts.Collections;

/// <summary>An immutable map from names (ordinal order) to values that compares by its entries.</summary>
/// <remarks>Written as a JSON object in ordinal order of its names, so equal maps have equal bytes.</remarks>
/// <typeparam name="T">Value type; its own equality decides.</typeparam>
[JsonConverter(typeof(ValueMapJsonConverterFactory))]
public sealed class ValueMap<T> : IReadOnlyDictionary<string, T>, IEquatable<ValueMap<T>>
{
    private readonly ImmutableSortedDictionary<string, T> _entries;

    /// <summary>Copies entries.</summary>
    /// <param name="entries">Names and values; names are distinct by ordinal comparison.</param>
    /// <exception cref="ArgumentException">A name occurs twice with different values.</exception>
    public ValueMap(IEnumerable<KeyValuePair<string, T>> entries) =>
        _entries = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, entries);

    private ValueMap(ImmutableSortedDictionary<string, T> entries) => _entries = entries;

    /// <summary>The map without entries.</summary>
    public static ValueMap<T> Empty { get; } = new(ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal));

    /// <inheritdoc />
    public int Count => _entries.Count;

    /// <inheritdoc />
    public IEnumerable<string> Keys => _entries.Keys;

    /// <inheritdoc />
    public IEnumerable<T> Values => _entries.Values;

    /// <inheritdoc />
    public T this[string key] => _entries[key];

    /// <summary>Copies the map with one entry set.</summary>
    /// <param name="key">The name.</param>
    /// <param name="value">The value it gets.</param>
    /// <returns>The new map.</returns>
    public ValueMap<T> With(string key, T value) => new(_entries.SetItem(key, value));

    /// <inheritdoc />
    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    /// <inheritdoc />
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _entries.TryGetValue(key, out value);

    /// <inheritdoc />
    public bool Equals(ValueMap<T>? other) => other is not null && (ReferenceEquals(this, other) || _entries.SequenceEqual(other._entries));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ValueMap<T>);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (key, value) in _entries)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public override string ToString() => "{" + string.Join(", ", _entries.Select(e => $"{e.Key}: {e.Value}")) + "}";

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Writes a <see cref="ValueMap{T}"/> as a JSON object; value types need their own entry in the JSON context.</summary>
public sealed class ValueMapJsonConverterFactory : JsonConverterFactory
{
    /// <inheritdoc />
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert is { IsGenericType: true } && typeToConvert.GetGenericTypeDefinition() == typeof(ValueMap<>);

    /// <inheritdoc />
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<ValueMap<T>>
    {
        public override ValueMap<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException($"A map must be a JSON object, not {reader.TokenType}.");
            }

            var element = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
            var entries = new List<KeyValuePair<string, T>>();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                reader.Read();
                entries.Add(new(key, JsonSerializer.Deserialize(ref reader, element)!));
            }

            return new ValueMap<T>(entries);
        }

        public override void Write(Utf8JsonWriter writer, ValueMap<T> value, JsonSerializerOptions options)
        {
            var element = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
            writer.WriteStartObject();
            foreach (var (key, item) in value)
            {
                writer.WritePropertyName(key);
                JsonSerializer.Serialize(writer, item, element);
            }

            writer.WriteEndObject();
        }
    }
}
