using System.Text.Json;

namespace SearchCluster.Hosting.Wire.Reading;

/// <summary>How values of one type stand in the JSON of a contract.</summary>
/// <remarks>Not generic: generic types are compiled anew for each kind of value.</remarks>
internal abstract class Shape
{
    /// <summary>True where the JSON value null means something of its own; elsewhere it is the absence of a value.</summary>
    public virtual bool MeansNull => false;

    /// <summary>Reads one value.</summary>
    /// <param name="reader">Stands on its first token, and on its last one afterwards.</param>
    /// <returns>The value, boxed.</returns>
    /// <exception cref="JsonException">It is written in a way that the serializer has to judge.</exception>
    public abstract object? Read(ref Utf8JsonReader reader);

    /// <summary>Says that the serializer has to judge.</summary>
    /// <param name="what">What was met.</param>
    protected static JsonException Doubt(string what) => new($"Left to the serializer: {what}.");

    /// <summary>Reads the value of a member or an element.</summary>
    /// <param name="reader">Stands on its first token.</param>
    /// <param name="shape">How it is read.</param>
    /// <param name="takesNull">True where it may be absent.</param>
    protected static object? Read(ref Utf8JsonReader reader, Shape shape, bool takesNull)
    {
        if (reader.TokenType != JsonTokenType.Null || (shape.MeansNull && !takesNull))
        {
            return shape.Read(ref reader);
        }

        return takesNull ? null : throw Doubt("null in the place of a value");
    }
}
