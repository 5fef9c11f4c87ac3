using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Parameters;

/// <summary>Writes a <see cref="ParameterValue"/> as a bare JSON value that keeps its kind.</summary>
public sealed class ParameterValueJsonConverter : JsonConverter<ParameterValue>
{
    /// <inheritdoc />
    public override bool HandleNull => true;

    /// <inheritdoc />
    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => ParameterValue.Text(reader.GetString()!),
            JsonTokenType.True => ParameterValue.Boolean(true),
            JsonTokenType.False => ParameterValue.Boolean(false),
            JsonTokenType.Number => ReadNumber(ref reader),
            JsonTokenType.Null => ParameterValue.None,
            JsonTokenType.StartArray => ReadList(ref reader, options),
            _ => throw new JsonException($"A parameter value must be a number, text, true, false, null or a list, not {reader.TokenType}."),
        };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
    {
        if (value.Kind == ParameterValueKind.None)
        {
            writer.WriteNullValue();
        }
        else if (value.TryGetList(out var values))
        {
            writer.WriteStartArray();
            foreach (var item in values)
            {
                Write(writer, item, options);
            }

            writer.WriteEndArray();
        }
        else if (value.TryGetText(out var text))
        {
            writer.WriteStringValue(text);
        }
        else if (value.TryGetBoolean(out var flag))
        {
            writer.WriteBooleanValue(flag);
        }
        else if (value.TryGetInteger(out var integer))
        {
            writer.WriteNumberValue(integer);
        }
        else
        {
            value.TryGetNumber(out var real);
            var digits = real.ToString("R", CultureInfo.InvariantCulture);
            writer.WriteRawValue(digits.AsSpan().IndexOfAny('.', 'E', 'e') < 0 ? digits + ".0" : digits);
        }
    }

    private ParameterValue ReadList(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var values = System.Collections.Immutable.ImmutableArray.CreateBuilder<ParameterValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(Read(ref reader, typeof(ParameterValue), options));
        }

        return ParameterValue.List(new ValueArray<ParameterValue>(values.ToImmutable()));
    }

    private static ParameterValue ReadNumber(ref Utf8JsonReader reader)
    {
        var isReal = reader.HasValueSequence || reader.ValueSpan.IndexOfAny("eE."u8) >= 0;
        if (!isReal && reader.TryGetInt64(out var integer))
        {
            return ParameterValue.Integer(integer);
        }

        var real = reader.GetDouble();
        return double.IsFinite(real) ? ParameterValue.Real(real) : throw new JsonException("A parameter value must be finite.");
    }
}
