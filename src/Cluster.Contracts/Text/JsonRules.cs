using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SearchCluster.Contracts.Text;

/// <summary>What a value of JSON has to be, as its serializer reads it, and the words for that.</summary>
internal static class JsonRules
{
    /// <summary>The kinds of values that have a rule of their own; what another one takes says its converter.</summary>
    public enum Kind
    {
        Other,
        Text,
        Truth,
        WholeNumber,
        Number,
        Duration,
        Moment,
        Word,
        Map,
        List,
        Record,
    }

    public static Kind KindOf(JsonTypeInfo type) =>
        type.Kind == JsonTypeInfoKind.Object ? Kind.Record
        : ElementOfMap(type) is not null ? Kind.Map
        : ElementOfList(type) is not null ? Kind.List
        : type.Type == typeof(string) ? Kind.Text
        : type.Type == typeof(bool) ? Kind.Truth
        : type.Type == typeof(int) || type.Type == typeof(long) ? Kind.WholeNumber
        : type.Type == typeof(double) || type.Type == typeof(float) ? Kind.Number
        : type.Type == typeof(TimeSpan) ? Kind.Duration
        : type.Type == typeof(DateTimeOffset) || type.Type == typeof(DateTime) ? Kind.Moment
        : type.Type.IsEnum && Words(type).Count > 0 ? Kind.Word
        : Kind.Other;

    /// <summary>Tells whether a value has the kind; of records, maps and lists only that it is one.</summary>
    public static bool Fits(Utf8JsonReader reader, JsonTypeInfo type) => KindOf(type) switch
    {
        Kind.Record or Kind.Map => reader.TokenType == JsonTokenType.StartObject,
        Kind.List => reader.TokenType == JsonTokenType.StartArray,
        Kind.Text => reader.TokenType == JsonTokenType.String,
        Kind.Truth => reader.TokenType is JsonTokenType.True or JsonTokenType.False,
        Kind.WholeNumber => reader.TokenType == JsonTokenType.Number
            && (type.Type == typeof(int) ? reader.TryGetInt32(out _) : reader.TryGetInt64(out _)),
        Kind.Number => reader.TokenType == JsonTokenType.Number
            || (reader.TokenType == JsonTokenType.String
                && type.Options.NumberHandling.HasFlag(JsonNumberHandling.AllowNamedFloatingPointLiterals)
                && reader.GetString() is "NaN" or "Infinity" or "-Infinity"),
        Kind.Duration => reader.TokenType == JsonTokenType.String
            && TimeSpan.TryParseExact(reader.GetString(), "c", CultureInfo.InvariantCulture, out _),
        Kind.Moment => reader.TokenType == JsonTokenType.String
            && (type.Type == typeof(DateTime) ? reader.TryGetDateTime(out _) : reader.TryGetDateTimeOffset(out _)),
        Kind.Word => reader.TokenType == JsonTokenType.String
            && Words(type).Contains(reader.GetString()!, StringComparer.OrdinalIgnoreCase),
        _ => true,
    };

    /// <summary>The rule, as what follows "must be".</summary>
    public static string Rule(JsonTypeInfo type) => KindOf(type) switch
    {
        Kind.Text => "a text in quotes",
        Kind.Truth => "true or false",
        Kind.WholeNumber => type.Type == typeof(int)
            ? FormattableString.Invariant($"a whole number, at most {int.MaxValue}, without quotes")
            : "a whole number without quotes",
        Kind.Number => "a number without quotes",
        Kind.Duration => "a time in the form \"hh:mm:ss\" or \"days.hh:mm:ss\"",
        Kind.Moment => "a moment in the form \"2026-12-31T23:59:59+00:00\"",
        Kind.Word => $"one of {string.Join(", ", Words(type).Select(word => $"\"{word}\""))}",
        Kind.List => "a list in brackets",
        Kind.Record or Kind.Map => "an object in braces",
        _ => "another kind of value",
    };

    /// <summary>The next step, as an example.</summary>
    /// <param name="name">The member, with quotes and colon; empty for the whole.</param>
    /// <param name="actual">A number that stands where a text belongs; null where none does.</param>
    /// <param name="type">What the value has to be.</param>
    public static string Help(string name, string? actual, JsonTypeInfo type) => KindOf(type) switch
    {
        Kind.Text when actual is not null => $"write \"{actual}\"",
        Kind.Text => $"for example {name}\"some text\"",
        Kind.Truth => $"for example {name}true",
        Kind.WholeNumber => $"for example {name}20",
        Kind.Number => $"for example {name}0.5",
        Kind.Duration => $"for example {name}\"01:30:00\" for an hour and a half",
        Kind.Moment => $"for example {name}\"2026-12-31T23:59:59+00:00\"",
        Kind.Word => $"for example {name}\"{Words(type)[0]}\"",
        Kind.List => $"for example {name}[]",
        Kind.Record => Takes(type),
        Kind.Map => $"for example {name}{{}}",
        _ => "correct it there",
    };

    /// <summary>The members of a record, as the next step.</summary>
    public static string Takes(JsonTypeInfo type) => $"it takes {string.Join(", ", NamesOf(type))}";

    /// <summary>The names that a record reads.</summary>
    public static IEnumerable<string> NamesOf(JsonTypeInfo type) =>
        type.Properties.Where(property => property.AssociatedParameter is not null || property.Set is not null)
            .Select(property => property.Name);

    /// <summary>What a map of names to values holds; null for what is none.</summary>
    public static JsonTypeInfo? ElementOfMap(JsonTypeInfo type) =>
        ArgumentsOf(type.Type, typeof(IReadOnlyDictionary<,>)) is [var key, var element] && key == typeof(string)
            ? type.Options.GetTypeInfo(element)
            : null;

    /// <summary>What a list holds; null for what is none, or is read by a converter that nothing is known of.</summary>
    public static JsonTypeInfo? ElementOfList(JsonTypeInfo type) =>
        (type.Kind == JsonTypeInfoKind.Enumerable || type.Type.IsGenericType)
            && ArgumentsOf(type.Type, type.Kind == JsonTypeInfoKind.Enumerable ? typeof(IEnumerable<>) : typeof(IReadOnlyList<>))
                is [var element]
            ? type.Options.GetTypeInfo(element)
            : null;

    private static Type[]? ArgumentsOf(Type type, Type form) =>
        type.GetInterfaces().Prepend(type)
            .FirstOrDefault(each => each.IsGenericType && each.GetGenericTypeDefinition() == form)?.GetGenericArguments();

    // Of an enumeration that is written as numbers there are none.
    private static List<string> Words(JsonTypeInfo type) =>
    [
        .. Enum.GetValuesAsUnderlyingType(type.Type)
            .Cast<object>()
            .Select(value => JsonSerializer.SerializeToElement(Enum.ToObject(type.Type, value), type))
            .Where(word => word.ValueKind == JsonValueKind.String)
            .Select(word => word.GetString()!),
    ];
}
