using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SearchCluster.Hosting.Wire.Reading;

/// <summary>One of several kinds, whose name is the first member, as the serializer writes it.</summary>
internal sealed class KindShape : Shape
{
    private readonly string _discriminator;
    private readonly Dictionary<string, Type> _kinds = new(StringComparer.Ordinal);

    public KindShape(Type type, JsonPolymorphicAttribute attribute)
    {
        _discriminator = attribute.TypeDiscriminatorPropertyName ?? throw new NotSupportedException($"{type} names its kinds by $type.");
        foreach (var kind in type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false))
        {
            _kinds.Add((string)kind.TypeDiscriminator!, kind.DerivedType);
        }
    }

    public override object? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject
            || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(_discriminator)
            || !reader.Read() || reader.TokenType != JsonTokenType.String
            || !_kinds.TryGetValue(reader.GetString()!, out var kind) || Shapes.Of(kind) is not RecordShape record)
        {
            throw Doubt("an object that does not begin with its kind");
        }

        return record.ReadMembers(ref reader, _discriminator);
    }
}
