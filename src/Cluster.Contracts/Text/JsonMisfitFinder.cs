using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SearchCluster.Contracts.Text;

/// <summary>Compares a JSON text, whose form is right, with the shape of a record, up to the first difference.</summary>
/// <param name="text">The text, in UTF-8 without a mark.</param>
/// <remarks>Shapes that converters of their own read are left to these.</remarks>
internal ref struct JsonMisfitFinder(ReadOnlySpan<byte> text)
{
    private const int LongestShown = 60;
    private const int Deepest = 65;
    private readonly ReadOnlySpan<byte> _text = text;
    private Utf8JsonReader _reader = new(text, new JsonReaderOptions { MaxDepth = Deepest });

    public JsonFault? Find(JsonTypeInfo type)
    {
        _reader.Read();
        return Value(string.Empty, type, mayBeNull: false);
    }

    private JsonFault? Value(string path, JsonTypeInfo type, bool mayBeNull)
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return mayBeNull ? null : Misfit(path, type);
        }

        if (type.Kind == JsonTypeInfoKind.Object)
        {
            return _reader.TokenType == JsonTokenType.StartObject ? Members(path, type) : Misfit(path, type);
        }

        if (ElementOfMap(type) is { } element)
        {
            return _reader.TokenType == JsonTokenType.StartObject ? Entries(path, element) : Misfit(path, type);
        }

        var fits = FitsScalar(type);
        _reader.Skip();
        return fits ? null : Misfit(path, type);
    }

    private JsonFault? Members(string path, JsonTypeInfo type)
    {
        var start = (int)_reader.TokenStartIndex;
        var missing = type.Properties.Where(IsNeeded).Select(property => property.Name).ToList();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = (int)_reader.TokenStartIndex;
            var name = _reader.GetString()!;
            if (Find(type, name) is not { } property)
            {
                return JsonFault.At(
                    _text,
                    at,
                    $"{Subject(path)} has no member {Shown(name)}.{Suggestions.Sentence(name, NamesOf(type))}",
                    $"it takes {string.Join(", ", NamesOf(type))}");
            }

            _reader.Read();
            if (Value(
                path.Length == 0 ? name : $"{path}.{name}",
                type.Options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType),
                property.IsSetNullable && !(property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null))
                is { } fault)
            {
                return fault;
            }

            missing.Remove(name);
        }

        return missing.Count == 0
            ? null
            : JsonFault.At(
                _text, start, $"{Subject(path)} lacks {string.Join(" and ", missing)}", $"it takes {string.Join(", ", NamesOf(type))}");
    }

    private JsonFault? Entries(string path, JsonTypeInfo element)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _reader.GetString()!;
            _reader.Read();
            if (Value($"{path}[\"{ForeignText.OneLine(name, LongestShown)}\"]", element, mayBeNull: false) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private bool FitsScalar(JsonTypeInfo type) => Scalar(type.Type) switch
    {
        Kind.Text => _reader.TokenType == JsonTokenType.String,
        Kind.Truth => _reader.TokenType is JsonTokenType.True or JsonTokenType.False,
        Kind.WholeNumber => _reader.TokenType == JsonTokenType.Number
            && (type.Type == typeof(int) ? _reader.TryGetInt32(out _) : _reader.TryGetInt64(out _)),
        Kind.Duration => _reader.TokenType == JsonTokenType.String
            && TimeSpan.TryParseExact(_reader.GetString(), "c", CultureInfo.InvariantCulture, out _),
        Kind.Word => _reader.TokenType == JsonTokenType.String
            && Words(type).Contains(_reader.GetString()!, StringComparer.OrdinalIgnoreCase),
        _ => true,
    };

    private JsonFault Misfit(string path, JsonTypeInfo type) => JsonFault.At(
        _text, (int)_reader.TokenStartIndex, $"{Subject(path)} is {Actual()}, but must be {Rule(type)}", Help(path, type));

    private readonly string Actual() => _reader.TokenType switch
    {
        JsonTokenType.StartArray or JsonTokenType.EndArray => "a list",
        JsonTokenType.StartObject or JsonTokenType.EndObject => "an object",
        JsonTokenType.String => $"\"{ForeignText.OneLine(_reader.GetString()!, LongestShown)}\"",
        _ => ForeignText.OneLine(Encoding.UTF8.GetString(_reader.ValueSpan), LongestShown),
    };

    private static string Rule(JsonTypeInfo type) => Scalar(type.Type) switch
    {
        Kind.Text => "a text in quotes",
        Kind.Truth => "true or false",
        Kind.WholeNumber => type.Type == typeof(int)
            ? FormattableString.Invariant($"a whole number, at most {int.MaxValue}, without quotes")
            : "a whole number without quotes",
        Kind.Duration => "a time in the form \"hh:mm:ss\" or \"days.hh:mm:ss\"",
        Kind.Word => $"one of {string.Join(", ", Words(type).Select(word => $"\"{word}\""))}",
        _ => "an object in braces",
    };

    private string Help(string path, JsonTypeInfo type)
    {
        var name = path.Length == 0 ? "" : $"\"{path.Split('.')[^1]}\": ";
        return Scalar(type.Type) switch
        {
            Kind.Text when _reader.TokenType == JsonTokenType.Number => $"write \"{Actual()}\"",
            Kind.Text => $"for example {name}\"some text\"",
            Kind.Truth => $"for example {name}true",
            Kind.WholeNumber => $"for example {name}20",
            Kind.Duration => $"for example {name}\"01:30:00\" for an hour and a half",
            Kind.Word => $"for example {name}\"{Words(type)[0]}\"",
            _ => type.Kind == JsonTypeInfoKind.Object ? $"it takes {string.Join(", ", NamesOf(type))}" : $"for example {name}{{}}",
        };
    }

    private static string Subject(string path) => path.Length == 0 ? "the body" : path;

    private static string Shown(string name) => $"\"{ForeignText.OneLine(name, LongestShown)}\"";

    private static IEnumerable<string> NamesOf(JsonTypeInfo type) =>
        type.Properties.Where(property => property.AssociatedParameter is not null || property.Set is not null)
            .Select(property => property.Name);

    private static JsonPropertyInfo? Find(JsonTypeInfo type, string name) =>
        type.Properties.FirstOrDefault(property => property.Name == name);

    private static bool IsNeeded(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    private static JsonTypeInfo? ElementOfMap(JsonTypeInfo type) =>
        type.Type.GetInterfaces()
            .Where(each => each.IsGenericType && each.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            .Select(each => each.GetGenericArguments())
            .FirstOrDefault(arguments => arguments[0] == typeof(string)) is [_, var element]
            ? type.Options.GetTypeInfo(element)
            : null;

    private static List<string> Words(JsonTypeInfo type) =>
    [
        .. Enum.GetValuesAsUnderlyingType(type.Type)
            .Cast<object>()
            .Select(value => JsonSerializer.SerializeToElement(Enum.ToObject(type.Type, value), type).GetString()!),
    ];

    private static Kind Scalar(Type type) =>
        type == typeof(string) ? Kind.Text
        : type == typeof(bool) ? Kind.Truth
        : type == typeof(int) || type == typeof(long) ? Kind.WholeNumber
        : type == typeof(TimeSpan) ? Kind.Duration
        : type.IsEnum ? Kind.Word
        : Kind.Other;

    private enum Kind
    {
        Other,
        Text,
        Truth,
        WholeNumber,
        Duration,
        Word,
    }
}
