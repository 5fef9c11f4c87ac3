using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Identifiers;

/// <summary>Numbers a trial within its search, from 0 in the order of suggestion.</summary>
[JsonConverter(typeof(TrialIdJsonConverter))]
public readonly record struct TrialId : IComparable<TrialId>
{
    /// <summary>Checks and wraps a number.</summary>
    /// <param name="number">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public TrialId(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        Number = number;
    }

    /// <summary>The bare number.</summary>
    public int Number { get; }

    /// <inheritdoc />
    public int CompareTo(TrialId other) => Number.CompareTo(other.Number);

    /// <summary>Formats the number for people.</summary>
    /// <returns>For example <c>t0017</c>.</returns>
    public override string ToString() => "t" + Number.ToString("D4", CultureInfo.InvariantCulture);
}

/// <summary>Writes a <see cref="TrialId"/> as a JSON number.</summary>
public sealed class TrialIdJsonConverter : JsonConverter<TrialId>
{
    /// <inheritdoc />
    public override TrialId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetInt32(out var number) && number >= 0
            ? new(number)
            : throw new JsonException("A trial number must be a whole number of at least 0.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, TrialId value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Number);
}
