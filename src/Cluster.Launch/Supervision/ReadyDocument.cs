using System.Text.Json;

namespace SearchCluster.Launch.Supervision;

/// <summary>The document that a coordinator or a worker prints with <c>--json</c> once it is ready.</summary>
internal static class ReadyDocument
{
    private const string Family = "searchcluster/";

    /// <summary>Reads a line of standard output.</summary>
    /// <returns>The document; null where the line is something else.</returns>
    public static JsonElement? TryRead(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.TryGetProperty("schema", out var schema)
                && schema.ValueKind == JsonValueKind.String
                && schema.GetString()!.StartsWith(Family, StringComparison.Ordinal)
                    ? document.RootElement.Clone()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text of the document; null where it has none of this name.</summary>
    public static string? Text(JsonElement document, string name) =>
        document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
