using System.Text.Json;
using System.Text.RegularExpressions;

namespace SearchCluster.Coordinator.Tests.Http;

/// <summary>Checks a value against a schema of the OpenAPI document, as far as our documents go.</summary>
internal static class OpenApiSchema
{
    /// <summary>Says where a value does not fit.</summary>
    public static string? Misfit(JsonElement value, JsonElement schema, JsonDocument document, string place = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Misfit(value, Resolve(reference.GetString()!, document), document, place);
        }

        foreach (var choice in new[] { "oneOf", "anyOf" })
        {
            if (schema.TryGetProperty(choice, out var schemas))
            {
                return schemas.EnumerateArray().Any(one => Misfit(value, one, document, place) is null)
                    ? null
                    : $"{place}: none of {choice}";
            }
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => IsOf(value, name)))
        {
            return $"{place}: {value.ValueKind} is no {type}";
        }

        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)))
        {
            return $"{place}: {value} is none of {words}";
        }

        if (value.ValueKind == JsonValueKind.String
            && schema.TryGetProperty("pattern", out var pattern)
            && !Regex.IsMatch(value.GetString()!, pattern.GetString()!))
        {
            return $"{place}: {value} does not match {pattern}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => Members(value, schema, document, place),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value.EnumerateArray()
                .Select((item, i) => Misfit(item, items, document, $"{place}[{i}]")).FirstOrDefault(misfit => misfit is not null),
            _ => null,
        };
    }

    private static string? Members(JsonElement value, JsonElement schema, JsonDocument document, string place)
    {
        if (schema.TryGetProperty("required", out var required)
            && required.EnumerateArray().FirstOrDefault(name => !value.TryGetProperty(name.GetString()!, out _)) is
            { ValueKind: JsonValueKind.String } missing)
        {
            return $"{place}: lacks {missing}";
        }

        var hasProperties = schema.TryGetProperty("properties", out var properties);
        foreach (var member in value.EnumerateObject())
        {
            if (hasProperties && properties.TryGetProperty(member.Name, out var one))
            {
                if (Misfit(member.Value, one, document, $"{place}.{member.Name}") is { } misfit)
                {
                    return misfit;
                }
            }
            else if (schema.TryGetProperty("additionalProperties", out var further) && further.ValueKind == JsonValueKind.Object)
            {
                if (Misfit(member.Value, further, document, $"{place}.{member.Name}") is { } misfit)
                {
                    return misfit;
                }
            }
            else if (hasProperties)
            {
                return $"{place}: {member.Name} is not described";
            }
        }

        return null;
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && decimal.TryParse(value.GetRawText(), out var number) && number % 1 == 0,
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };

    private static JsonElement Resolve(string reference, JsonDocument document) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(document.RootElement, (element, name) => element.GetProperty(name));
}
