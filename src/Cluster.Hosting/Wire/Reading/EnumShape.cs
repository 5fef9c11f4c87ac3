using System.Text.Json;

namespace SearchCluster.Hosting.Wire.Reading;

/// <summary>Names of an enumeration, written as they are declared.</summary>
internal sealed class EnumShape : Shape
{
    private readonly string[] _names;
    private readonly object[] _values;

    public EnumShape(Type type)
    {
        _names = Enum.GetNames(type);
        _values = Array.ConvertAll(_names, name => Enum.Parse(type, name));
    }

    public override object Read(ref Utf8JsonReader reader)
    {
        for (var i = 0; reader.TokenType == JsonTokenType.String && i < _names.Length; i++)
        {
            if (reader.ValueTextEquals(_names[i]))
            {
                return _values[i];
            }
        }

        throw Doubt("no name of the enumeration");
    }
}
