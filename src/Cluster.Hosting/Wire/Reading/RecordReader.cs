using System.Text.Json;

namespace SearchCluster.Hosting.Wire.Reading;

/// <summary>Reads records of the contracts as the serializer does, but without a description of each type to compile.</summary>
/// <remarks>
/// The serializer's description is generic code, compiled anew for every enumeration, identifier and optional number that a record
/// holds: 3,500 methods for the events of one search, more than half of what a command that only reads did. Here a record is read as its
/// constructor declares it, so that there is nothing to write twice. Whatever is not written as the serializer writes it is left to the
/// serializer, which alone decides what is damaged; tests compare both over all contracts, and over changed bytes.
/// </remarks>
internal static class RecordReader
{
    /// <summary>Reads a record.</summary>
    /// <returns>The record; null where the serializer has to judge.</returns>
    public static object? TryRead(ReadOnlySpan<byte> json, Type type)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || Shapes.Of(type).Read(ref reader) is not { } record || reader.Read())
            {
                return null;
            }

            return record;
        }
        catch (Exception doubt) when (doubt is JsonException or FormatException or ArgumentException
            or InvalidOperationException or NotSupportedException or OverflowException)
        {
            return null;
        }
    }
}
