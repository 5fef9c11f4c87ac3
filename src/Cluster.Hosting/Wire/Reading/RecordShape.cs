using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SearchCluster.Hosting.Wire.Reading;

/// <summary>A record: a JSON object whose members are the parameters of its constructor, and the properties
/// that are named beside it.</summary>
internal sealed class RecordShape : Shape
{
    private readonly ConstructorInvoker _constructor;
    private readonly int _parameters;
    private readonly Member[] _members;

    public RecordShape(Type type)
    {
        var constructors = type.GetConstructors();
        PropertyInfo[] settable = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is not null
                && property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always })];
        if (type.IsAbstract || constructors.Length != 1
            || constructors[0].GetParameters() is not { } parameters
            || settable.Length > 64
            || !Array.TrueForAll(parameters, parameter => Array.Exists(settable, property => property.Name == parameter.Name)))
        {
            throw new NotSupportedException($"{type} has members besides the parameters of one constructor and its properties.");
        }

        _constructor = ConstructorInvoker.Create(constructors[0]);
        _parameters = parameters.Length;
        var named = settable.Where(property => !Array.Exists(parameters, parameter => parameter.Name == property.Name));
        _members = [.. parameters.Select(parameter => new Member(parameter)), .. named.Select(property => new Member(property))];
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

        var record = _constructor.Invoke(values.AsSpan(0, _parameters));
        for (var i = _parameters; i < values.Length; i++)
        {
            if ((seen & (1UL << i)) != 0)
            {
                _members[i].Field!.SetValue(record, values[i]);
            }
        }

        return record;
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

    private sealed class Member
    {
        private readonly Type _type;
        private Shape? _shape;

        public Member(ParameterInfo parameter)
            : this(parameter.Name!, parameter.ParameterType)
        {
            Default = parameter.HasDefaultValue ? parameter.DefaultValue : null;
            MayMiss = parameter.HasDefaultValue || TakesNull;
        }

        public Member(PropertyInfo property)
            : this(property.Name, property.PropertyType)
        {
            Field = property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance)
                ?? throw new NotSupportedException($"{property} does more than keep a value.");
            MayMiss = !property.IsDefined(typeof(RequiredMemberAttribute));
        }

        private Member(string name, Type type)
        {
            Name = System.Text.Encoding.UTF8.GetBytes(JsonNamingPolicy.CamelCase.ConvertName(name));
            _type = type;
        }

        public byte[] Name { get; }

        public bool TakesNull => Shapes.TakesNull(_type);

        public bool MayMiss { get; }

        public object? Default { get; }

        /// <summary>Keeps the value of a property; null for a parameter of the constructor. To set it compiles
        /// nothing, as a call would.</summary>
        public FieldInfo? Field { get; }

        // Found when it is first needed: records hold each other, and most of a specification is never there.
        public Shape Shape => _shape ??= Shapes.Of(_type);
    }
}
