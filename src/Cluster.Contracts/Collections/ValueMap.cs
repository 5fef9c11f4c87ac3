using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SearchCluster.Contracts.Collections;

/// <summary>An immutable map from names (ordinal order) to values that compares by its entries.</summary>
/// <remarks>
/// Written as a JSON object in ordinal order of its names, so equal maps have equal bytes. Two arrays: the names, which maps of the same
/// names share, and the values; so a map costs little more than its values. A search keeps one for each configuration and measurement.
/// </remarks>
/// <typeparam name="T">Value type; its own equality decides.</typeparam>
[JsonConverter(typeof(ValueMapJsonConverterFactory))]
public sealed class ValueMap<T> : IReadOnlyDictionary<string, T>, IEquatable<ValueMap<T>>
{
    private readonly string[] _names;
    private readonly T[] _values;

    /// <summary>Copies entries.</summary>
    /// <param name="entries">Names and values; names are distinct by ordinal comparison.</param>
    /// <exception cref="ArgumentException">A name occurs twice with different values.</exception>
    public ValueMap(IEnumerable<KeyValuePair<string, T>> entries)
    {
        var sorted = entries.ToArray();
        if (!IsInOrder(sorted))
        {
            Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        }

        var count = 0;
        foreach (var entry in sorted)
        {
            if (count > 0 && sorted[count - 1].Key == entry.Key)
            {
                if (!EqualityComparer<T>.Default.Equals(sorted[count - 1].Value, entry.Value))
                {
                    throw new ArgumentException($"\"{entry.Key}\" occurs twice with different values; give it once.", nameof(entries));
                }

                continue;
            }

            sorted[count++] = entry;
        }

        var (names, values) = (new string[count], new T[count]);
        for (var i = 0; i < count; i++)
        {
            (names[i], values[i]) = (sorted[i].Key, sorted[i].Value);
        }

        (_names, _values) = (NameSets.Share(names), values);
    }

    private ValueMap(string[] names, T[] values) => (_names, _values) = (names, values);

    /// <summary>The map without entries.</summary>
    public static ValueMap<T> Empty { get; } = new([], []);

    /// <inheritdoc />
    public int Count => _names.Length;

    /// <inheritdoc />
    public IEnumerable<string> Keys => _names;

    /// <inheritdoc />
    public IEnumerable<T> Values => _values;

    /// <inheritdoc />
    public T this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The map has no entry \"{key}\".");

    /// <summary>Copies the map with one entry set.</summary>
    /// <param name="key">The name.</param>
    /// <param name="value">The value it gets.</param>
    /// <returns>The new map.</returns>
    public ValueMap<T> With(string key, T value)
    {
        var index = Find(key);
        if (index >= 0)
        {
            T[] changed = [.. _values];
            changed[index] = value;
            return new(_names, changed);
        }

        return new(NameSets.Share([.. _names[..~index], key, .. _names[~index..]]), [.. _values[..~index], value, .. _values[~index..]]);
    }

    /// <inheritdoc />
    public bool ContainsKey(string key) => Find(key) >= 0;

    /// <inheritdoc />
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var index = Find(key);
        value = index >= 0 ? _values[index] : default;
        return index >= 0;
    }

    /// <inheritdoc />
    public bool Equals(ValueMap<T>? other) => other is not null
        && (ReferenceEquals(this, other) || ((ReferenceEquals(_names, other._names) || _names.AsSpan().SequenceEqual(other._names))
            && _values.AsSpan().SequenceEqual(other._values, EqualityComparer<T>.Default)));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ValueMap<T>);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (var i = 0; i < _names.Length; i++)
        {
            hash.Add(_names[i], StringComparer.Ordinal);
            hash.Add(_values[i]);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public override string ToString() => "{" + string.Join(", ", this.Select(e => $"{e.Key}: {e.Value}")) + "}";

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator()
    {
        for (var i = 0; i < _names.Length; i++)
        {
            yield return new(_names[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // As maps are written, so that reading one sorts nothing.
    private static bool IsInOrder(KeyValuePair<string, T>[] entries)
    {
        for (var i = 1; i < entries.Length; i++)
        {
            if (string.CompareOrdinal(entries[i - 1].Key, entries[i].Key) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private int Find(string key) => Array.BinarySearch(_names, key, StringComparer.Ordinal);
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

            var element = new ElementReader<T>(options);
            var entries = new List<KeyValuePair<string, T>>();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                reader.Read();
                entries.Add(new(key, element.Read(ref reader)!));
            }

            try
            {
                return new ValueMap<T>(entries);
            }
            catch (ArgumentException repeated)
            {
                throw new JsonException("A name occurs twice with different values in one object.", repeated);
            }
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
