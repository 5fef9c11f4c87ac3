using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace SearchCluster.Hosting.Wire.Reading;

/// <summary>The shape of each type, found in the type itself.</summary>
/// <remarks>What the serializer's generator reads at build time is read here when it is first needed.</remarks>
internal static class Shapes
{
    private static readonly ConcurrentDictionary<Type, Shape> Known = new();

    /// <summary>Finds the shape of a type.</summary>
    /// <param name="type">A contract, or the type of a member.</param>
    /// <exception cref="NotSupportedException">The type is put together in a way that only the serializer knows.</exception>
    public static Shape Of(Type type) => Known.TryGetValue(type, out var known) ? known : Known[type] = Find(type);

    /// <summary>Tells whether a member of this type may be null.</summary>
    /// <param name="type">The type of a member.</param>
    public static bool TakesNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    private static Shape Find(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying);
        }

        if (PlainShape.TryFind(type) is { } plain)
        {
            return plain;
        }

        if (type.IsEnum)
        {
            return new EnumShape(type);
        }

        if (type == typeof(ParameterValues))
        {
            return new ValuesShape();
        }

        if (type.IsGenericType && CollectionShape.TryFind(type) is { } collection)
        {
            return collection;
        }

        return type.GetCustomAttribute<JsonConverterAttribute>(inherit: false) is { ConverterType: { } converter }
            ? ConvertedShape.Of(type, converter)
            : type.GetCustomAttribute<JsonPolymorphicAttribute>(inherit: false) is { } kinds ? new KindShape(type, kinds)
            : new RecordShape(type);
    }
}
