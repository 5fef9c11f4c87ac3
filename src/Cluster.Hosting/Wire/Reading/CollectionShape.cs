using System.Collections.Immutable;
using System.Text.Json;

namespace SearchCluster.Hosting.Wire.Reading;

/// <summary>Lists and maps of the contracts.</summary>
internal static class CollectionShape
{
    /// <summary>Finds the shape of a list or a map; null for any other type.</summary>
    /// <param name="type">A generic type.</param>
    public static Shape? TryFind(Type type)
    {
        var kind = type.GetGenericTypeDefinition();
        return kind == typeof(ValueArray<>) ? Make(typeof(ListShape<>), type)
            : kind == typeof(ValueMap<>) ? Make(typeof(MapShape<>), type)
            : null;
    }

    private static Shape Make(Type shape, Type type) => (Shape)Activator.CreateInstance(shape.MakeGenericType(type.GetGenericArguments()))!;
}

/// <summary>A JSON array.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal sealed class ListShape<T> : Shape
{
    private readonly Shape _element = Shapes.Of(typeof(T));
    private readonly bool _takesNull = Shapes.TakesNull(typeof(T));

    public override object Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Doubt("a list that is no array");
        }

        var items = ImmutableArray.CreateBuilder<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add((T)Read(ref reader, _element, _takesNull)!);
        }

        return new ValueArray<T>(items.ToImmutable());
    }
}

/// <summary>A JSON object whose members are entries.</summary>
/// <typeparam name="T">Value type.</typeparam>
internal sealed class MapShape<T> : Shape
{
    private readonly Shape _element = Shapes.Of(typeof(T));
    private readonly bool _takesNull = Shapes.TakesNull(typeof(T));

    public override object Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Doubt("a map that is no object");
        }

        var entries = new List<KeyValuePair<string, T>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            entries.Add(new(key, (T)Read(ref reader, _element, _takesNull)!));
        }

        return new ValueMap<T>(entries);
    }
}

/// <summary>A configuration: a map of parameter values.</summary>
internal sealed class ValuesShape : Shape
{
    private readonly MapShape<ParameterValue> _map = new();

    public override object Read(ref Utf8JsonReader reader) => new ParameterValues((ValueMap<ParameterValue>)_map.Read(ref reader));
}
