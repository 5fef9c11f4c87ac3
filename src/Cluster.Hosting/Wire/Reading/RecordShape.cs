using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SearchCluster.Hosting.Wire.Reading;

/// <summary>A record: a JSON object whose members are the parameters of its constructor.</summary>
internal sealed class RecordShape : Shape
{
    private readonly ConstructorInvoker _constructor;
    private readonly Member[] _members;

    public RecordShape(Type type)
    {
        var constructors = type.GetConstructors();
        var settable = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Count(property => property.SetMethod is not null && !property.IsDefined(typeof(JsonIgnoreAttribute)));
        if (type.IsAbstract || constructors.Length != 1
            || constructors[0].GetParameters() is not { Length: <= 64 } parameters || settable != parameters.Length)
        {
            throw new NotSupportedException($"{type} has members besides the parameters of one constructor.");
        }

        _constructor = ConstructorInvoker.Create(constructors[0]);
        _members = Array.ConvertAll(parameters, parameter => new Member(parameter));
    }

    public override object Read(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject
            ? ReadMembers(ref reader, discriminator: null)
            : throw Doubt("a record that is no object");

    /// <summary>Reads what follows the beginning of the object.</summary>
    /// <param name="reader">Stands on the token before the next member.</param>
    /// <param name="discriminator">Name of the member that names the kind and was read; null for none.</param>
    public object ReadMembers(ref Utf8JsonReader reader, string? discriminator)
    {
        var values = new object?[_members.Length];
        var seen = 0UL;
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = Find(ref reader, next);
            if (index < 0)
            {
                SkipUnknown(ref reader, discriminator);
                continue;
            }

            if ((seen & (1UL << index)) != 0)
            {
                throw Doubt("a member that occurs twice");
            }

            seen |= 1UL << index;
            next = index + 1;
            reader.Read();
            values[index] = Read(ref reader, _members[index].Shape, _members[index].TakesNull);
        }

        for (var i = 0; i < values.Length; i++)
        {
            if ((seen & (1UL << i)) == 0)
            {
                values[i] = _members[i].MayMiss ? _members[i].Default : throw Doubt("a member that is missing");
            }
        }

        return _constructor.Invoke(values.AsSpan());
    }

    // The serializer writes members in the order of the constructor and leaves out those that are null.
    private int Find(ref Utf8JsonReader reader, int next)
    {
        for (var i = 0; i < _members.Length; i++)
        {
            var index = (next + i) % _members.Length;
            if (reader.ValueTextEquals(_members[index].Name))
            {
                return index;
            }
        }

        return -1;
    }

    // What a later release added is left aside; names with a meaning for the serializer are its business.
    private static void SkipUnknown(ref Utf8JsonReader reader, string? discriminator)
    {
        var name = reader.GetString()!;
        if (name.StartsWith('$') || name == discriminator)
        {
            throw Doubt("a member with a meaning of its own");
        }

        reader.Read();
        reader.Skip();
    }

    private sealed class Member(ParameterInfo parameter)
    {
        private Shape? _shape;

        public byte[] Name { get; } = System.Text.Encoding.UTF8.GetBytes(JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!));

        public bool TakesNull { get; } = Shapes.TakesNull(parameter.ParameterType);

        public bool MayMiss => parameter.HasDefaultValue || TakesNull;

        public object? Default => parameter.HasDefaultValue ? parameter.DefaultValue : null;

        // Found when it is first needed: records hold each other, and most of a specification is never there.
        public Shape Shape => _shape ??= Shapes.Of(parameter.ParameterType);
    }
}
