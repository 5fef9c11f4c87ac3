using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Wire;

/// <summary>Puts the numbers that <see cref="NonFiniteMembers"/> named back into their places, as the words that
/// <see cref="JsonNumberHandling.AllowNamedFloatingPointLiterals"/> reads.</summary>
internal static class NonFiniteReading
{
    /// <summary>Restores a document, in place.</summary>
    /// <param name="node">Any JSON.</param>
    public static void Restore(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Restore(item);
            }
        }

        if (node is not JsonObject fields)
        {
            return;
        }

        if (fields[NonFiniteMembers.Name] is JsonObject names)
        {
            fields.Remove(NonFiniteMembers.Name);
            foreach (var (name, word) in names)
            {
                if (word is JsonValue value && value.TryGetValue<string>(out var text) && NonFiniteNumbers.Of(text) is { } number)
                {
                    Put(fields, name, number.ToString(CultureInfo.InvariantCulture));
                }
            }
        }

        foreach (var (_, value) in fields)
        {
            Restore(value);
        }
    }

    // objective, metrics.val/loss, losses[3]: what follows the first point is a key whole, which may hold points and brackets itself.
    private static void Put(JsonObject fields, string name, string word)
    {
        var end = name.AsSpan().IndexOfAny('.', '[');
        if (end < 0)
        {
            fields[name] = word;
        }
        else if (name[end] == '.' && fields[name[..end]] is JsonObject map)
        {
            map[name[(end + 1)..]] = word;
        }
        else if (fields[name[..end]] is JsonArray list)
        {
            Put(list, name.AsSpan(end), word);
        }
    }

    private static void Put(JsonArray list, ReadOnlySpan<char> place, string word)
    {
        var end = place.IndexOf(']');
        if (end < 0 || !int.TryParse(place[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= list.Count)
        {
            return;
        }

        var rest = place[(end + 1)..];
        if (rest.IsEmpty)
        {
            list[index] = word;
        }
        else if (list[index] is JsonArray inner)
        {
            Put(inner, rest, word);
        }
        else if (rest[0] == '.' && list[index] is JsonObject map)
        {
            map[rest[1..].ToString()] = word;
        }
    }
}
