using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Parameters;

/// <summary>One configuration: the active parameters of a space and their values, in ordinal order of their names.</summary>
/// <remarks>An inactive conditional parameter is absent. Equality compares names and values.</remarks>
[JsonConverter(typeof(ParameterValuesJsonConverter))]
public sealed class ParameterValues : IEquatable<ParameterValues>
{
    private readonly ValueMap<ParameterValue> _values;

    /// <summary>Wraps names and values.</summary>
    /// <param name="values">The values by parameter name.</param>
    public ParameterValues(ValueMap<ParameterValue> values) => _values = values;

    /// <summary>Copies names and values.</summary>
    /// <param name="values">The values by parameter name; names are distinct.</param>
    public ParameterValues(IEnumerable<KeyValuePair<string, ParameterValue>> values)
        : this(new ValueMap<ParameterValue>(values))
    {
    }

    /// <summary>The configuration without parameters.</summary>
    public static ParameterValues Empty { get; } = new(ValueMap<ParameterValue>.Empty);

    /// <summary>The entries, in ordinal order of their names.</summary>
    public ValueMap<ParameterValue> Entries => _values;

    /// <summary>How many parameters have a value.</summary>
    public int Count => _values.Count;

    /// <summary>Looks a value up.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="value">Its value; null when the parameter is absent.</param>
    /// <returns>False when the parameter is absent (inactive).</returns>
    public bool TryGet(string name, [MaybeNullWhen(false)] out ParameterValue value) => _values.TryGetValue(name, out value);

    /// <summary>Copies the configuration with one value set.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="value">The value it gets.</param>
    /// <returns>The new configuration.</returns>
    public ParameterValues With(string name, ParameterValue value) => new(_values.With(name, value));

    /// <inheritdoc />
    public bool Equals(ParameterValues? other) => other is not null && _values.Equals(other._values);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ParameterValues);

    /// <inheritdoc />
    public override int GetHashCode() => _values.GetHashCode();

    /// <inheritdoc />
    public override string ToString() => _values.ToString();
}

/// <summary>Writes <see cref="ParameterValues"/> as a JSON object.</summary>
public sealed class ParameterValuesJsonConverter : JsonConverter<ParameterValues>
{
    /// <inheritdoc />
    public override ParameterValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize(
            ref reader,
            (System.Text.Json.Serialization.Metadata.JsonTypeInfo<ValueMap<ParameterValue>>)options.GetTypeInfo(
                typeof(ValueMap<ParameterValue>)))!);

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ParameterValues value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(
            writer,
            value.Entries,
            (System.Text.Json.Serialization.Metadata.JsonTypeInfo<ValueMap<ParameterValue>>)options.GetTypeInfo(
                typeof(ValueMap<ParameterValue>)));
}
