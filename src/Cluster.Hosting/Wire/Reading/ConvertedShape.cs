using System.Text.Json;
using System.Text.Json.Serialization;

namespace SearchCluster.Hosting.Wire.Reading;

/// <summary>A type that brings its own converter: the same one reads it here.</summary>
internal abstract class ConvertedShape : Shape
{
    /// <summary>Makes the shape of a type with a converter.</summary>
    /// <param name="type">What is read.</param>
    /// <param name="converter">Its converter, which needs no options to read.</param>
    public static Shape Of(Type type, Type converter) =>
        (Shape)Activator.CreateInstance(typeof(ConvertedShape<>).MakeGenericType(type), Activator.CreateInstance(converter))!;
}

/// <inheritdoc cref="ConvertedShape" />
/// <typeparam name="T">The type.</typeparam>
internal sealed class ConvertedShape<T>(JsonConverter<T> converter) : ConvertedShape
{
    public override bool MeansNull => converter.HandleNull;

    public override object? Read(ref Utf8JsonReader reader) => converter.Read(ref reader, typeof(T), JsonSerializerOptions.Default);
}
