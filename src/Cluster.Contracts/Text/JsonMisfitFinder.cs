using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SearchCluster.Contracts.Text;

/// <summary>Compares a JSON text, whose form is right, with the shape of a record, up to the first difference.</summary>
/// <param name="text">The text, in UTF-8 without a mark.</param>
/// <param name="whole">What the text as a whole is called.</param>
/// <param name="isStrict">Whether members without a default are needed, and null is refused, also where the serializer is lenient.</param>
/// <remarks>What converters of their own read is given to these, one value after the other.</remarks>
internal ref struct JsonMisfitFinder(ReadOnlySpan<byte> text, string whole, bool isStrict)
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
        var kind = JsonRules.KindOf(type);
        if (_reader.TokenType == JsonTokenType.Null && !(kind == JsonRules.Kind.Other && type.Type.IsValueType))
        {
            return mayBeNull ? null : Misfit(path, type);
        }

        if (!JsonRules.Fits(_reader, type))
        {
            return Misfit(path, type);
        }

        switch (kind)
        {
            case JsonRules.Kind.Record:
                return Record(path, type);
            case JsonRules.Kind.Map:
                return Entries(path, JsonRules.ElementOfMap(type)!);
            case JsonRules.Kind.List:
                return Items(path, JsonRules.ElementOfList(type)!);
            case JsonRules.Kind.Other:
                return Foreign(path, type);
            default:
                return null;
        }
    }

    // One of several kinds, which a member of its own tells.
    private JsonFault? Record(string path, JsonTypeInfo type)
    {
        if (type.PolymorphismOptions is not { DerivedTypes: [_, ..] derived } kinds)
        {
            return Members(path, type, discriminator: null);
        }

        var name = kinds.TypeDiscriminatorPropertyName;
        var known = derived.Select(each => Convert.ToString(each.TypeDiscriminator, CultureInfo.InvariantCulture)!).ToList();
        var copy = _reader;
        while (copy.Read() && copy.TokenType == JsonTokenType.PropertyName)
        {
            var isKind = copy.ValueTextEquals(name);
            copy.Read();
            if (!isKind)
            {
                copy.Skip();
                continue;
            }

            var actual = copy.TokenType == JsonTokenType.String ? copy.GetString()! : Encoding.UTF8.GetString(copy.ValueSpan);
            return known.IndexOf(actual) is >= 0 and var at
                ? Members(path, type.Options.GetTypeInfo(derived[at].DerivedType), name)
                : JsonFault.At(
                    _text,
                    (int)copy.TokenStartIndex,
                    $"{Inside(path, name)} is {Shown(actual)}, but must be one of {string.Join(", ", known)}"
                        + Meant(actual, known),
                    $"for example \"{name}\": \"{known[0]}\"");
        }

        return type.Type.IsAbstract
            ? JsonFault.At(
                _text,
                (int)_reader.TokenStartIndex,
                $"{Subject(path)} lacks {name}, which is one of {string.Join(", ", known)}",
                $"for example \"{name}\": \"{known[0]}\"")
            : Members(path, type, name);
    }

    private JsonFault? Members(string path, JsonTypeInfo type, string? discriminator)
    {
        var start = (int)_reader.TokenStartIndex;
        var missing = new List<string>();
        foreach (var property in type.Properties)
        {
            if (IsNeeded(property))
            {
                missing.Add(property.Name);
            }
        }

        var unknown = new List<(string Name, int At)>();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = (int)_reader.TokenStartIndex;
            var name = _reader.GetString()!;
            _reader.Read();
            if (Find(type, name) is { } property)
            {
                if (Member(Inside(path, name), type, property) is { } fault)
                {
                    return fault;
                }

                missing.Remove(property.Name);
            }
            else if (IsRefused(type) && name != discriminator)
            {
                return NoSuch(path, type, name, at);
            }
            else
            {
                unknown.Add((name, at));
                _reader.Skip();
            }
        }

        // A member that a newer release wrote is none of this one's business, unless it stands for one that is missing.
        foreach (var (name, at) in missing.Count > 0 ? unknown : [])
        {
            if (Suggestions.Nearest(name, missing) is not null)
            {
                return NoSuch(path, type, name, at);
            }
        }

        return missing.Count == 0
            ? null
            : JsonFault.At(_text, start, $"{Subject(path)} lacks {string.Join(" and ", missing)}", JsonRules.Takes(type));
    }

    private JsonFault? Member(string path, JsonTypeInfo type, JsonPropertyInfo property)
    {
        if (property.CustomConverter is not null)
        {
            _reader.Skip();
            return null;
        }

        var inner = Nullable.GetUnderlyingType(property.PropertyType);
        var mayBeNull = inner is not null
            || (!property.PropertyType.IsValueType
                && (property.IsSetNullable || !(isStrict || type.Options.RespectNullableAnnotations)));
        return Value(path, type.Options.GetTypeInfo(inner ?? property.PropertyType), mayBeNull);
    }

    private JsonFault? Entries(string path, JsonTypeInfo element)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _reader.GetString()!;
            _reader.Read();
            if (Value($"{path}[\"{ForeignText.OneLine(name, LongestShown)}\"]", element, MayHoldNull(element)) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private JsonFault? Items(string path, JsonTypeInfo element)
    {
        for (var index = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (Value(FormattableString.Invariant($"{path}[{index}]"), element, MayHoldNull(element)) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    // The serializer itself lets null pass into lists and maps.
    private readonly bool MayHoldNull(JsonTypeInfo element) =>
        !element.Type.IsValueType && !isStrict && !element.Options.RespectNullableAnnotations;

    private JsonFault? Foreign(string path, JsonTypeInfo type)
    {
        var copy = _reader;
        try
        {
            _ = JsonSerializer.Deserialize(ref copy, type);
        }
        catch (Exception refused) when (refused is JsonException
            or FormatException
            or ArgumentException
            or InvalidOperationException
            or OverflowException
            or NotSupportedException)
        {
            return JsonMisfit.WordsOf(refused) is { } words
                ? JsonFault.At(_text, (int)_reader.TokenStartIndex, $"{Subject(path)} is {Actual()}: {words}", "correct it there")
                : Misfit(path, type);
        }

        _reader.Skip();
        return null;
    }

    private JsonFault NoSuch(string path, JsonTypeInfo type, string name, int at) => JsonFault.At(
        _text,
        at,
        $"{Subject(path)} has no member {Shown(name)}{Meant(name, JsonRules.NamesOf(type))}",
        JsonRules.Takes(type));

    private readonly JsonFault Misfit(string path, JsonTypeInfo type) => JsonFault.At(
        _text,
        (int)_reader.TokenStartIndex,
        $"{Subject(path)} is {Actual()}, but must be {JsonRules.Rule(type)}",
        JsonRules.Help(
            path.Length == 0 ? "" : $"\"{path.Split('.')[^1]}\": ", _reader.TokenType == JsonTokenType.Number ? Actual() : null, type));

    private readonly string Actual() => _reader.TokenType switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.String => Shown(_reader.GetString()!),
        _ => ForeignText.OneLine(Encoding.UTF8.GetString(_reader.ValueSpan), LongestShown),
    };

    private readonly string Subject(string path) => path.Length == 0 ? whole : path;

    private static string Inside(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Meant(string name, IEnumerable<string> known) =>
        Suggestions.Sentence(name, known) is { Length: > 0 } sentence ? "." + sentence : "";

    private static string Shown(string name) => $"\"{ForeignText.OneLine(name, LongestShown)}\"";

    private static bool IsRefused(JsonTypeInfo type) =>
        (type.UnmappedMemberHandling ?? type.Options.UnmappedMemberHandling) == JsonUnmappedMemberHandling.Disallow;

    private static JsonPropertyInfo? Find(JsonTypeInfo type, string name) =>
        type.Properties.FirstOrDefault(property => string.Equals(
            property.Name,
            name,
            type.Options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));

    private readonly bool IsNeeded(JsonPropertyInfo property) =>
        property.IsRequired
        || (property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false }
            && (isStrict || property.Options.RespectRequiredConstructorParameters));
}
