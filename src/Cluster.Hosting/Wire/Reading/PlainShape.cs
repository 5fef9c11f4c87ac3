using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SearchCluster.Hosting.Wire.Reading;

/// <summary>Texts, numbers, truth values and times.</summary>
internal sealed class PlainShape : Shape
{
    private readonly TypeCode _type;

    private PlainShape(TypeCode type) => _type = type;

    /// <summary>Finds the shape of a plain type; null for any other.</summary>
    /// <param name="type">Any type.</param>
    public static Shape? TryFind(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => null,
        TypeCode.String or TypeCode.Boolean or TypeCode.Int32 or TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double =>
            new PlainShape(Type.GetTypeCode(type)),
        _ when type == typeof(DateTimeOffset) => new TimeShape(),
        _ when type == typeof(TimeSpan) => new ConvertedShape<TimeSpan>(JsonMetadataServices.TimeSpanConverter),
        _ => null,
    };

    public override object? Read(ref Utf8JsonReader reader) => _type switch
    {
        TypeCode.String => reader.TokenType == JsonTokenType.String ? reader.GetString() : throw Doubt("a text of another kind"),
        TypeCode.Boolean => reader.GetBoolean(),
        TypeCode.Int32 => reader.GetInt32(),
        TypeCode.Int64 => reader.GetInt64(),
        TypeCode.UInt64 => reader.GetUInt64(),
        _ => reader.TokenType == JsonTokenType.String ? Named(ref reader) : reader.GetDouble(),
    };

    private static double Named(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("NaN"u8) ? double.NaN
        : reader.ValueTextEquals("Infinity"u8) ? double.PositiveInfinity
        : reader.ValueTextEquals("-Infinity"u8) ? double.NegativeInfinity
        : throw Doubt("a text in the place of a number");

    private sealed class TimeShape : Shape
    {
        public override object Read(ref Utf8JsonReader reader) => reader.GetDateTimeOffset();
    }
}
