using System.Security.Cryptography;
using System.Text.Json;
using SearchCluster.Artifacts;

namespace SearchCluster.Models.ModelFiles;

/// <summary>A JSON object that carries the hash of its other members, so that a digit that changed on a disk is
/// not taken for what was written.</summary>
/// <remarks>Blanks and line breaks between members do not count, so a file that was laid out anew for reading is still whole.</remarks>
internal static class JsonSeal
{
    private const string Member = "sha256";

    /// <summary>Writes an object with its hash as the last member.</summary>
    /// <param name="stream">Takes it.</param>
    /// <param name="json">The object, in UTF-8, without a hash.</param>
    public static void Write(Stream stream, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        WriteMembers(writer, document.RootElement);
        writer.WriteString(Member, HashOf(document.RootElement));
        writer.WriteEndObject();
    }

    /// <summary>Compares an object with its hash; one without a hash is of a release that wrote none.</summary>
    /// <param name="root">The object.</param>
    /// <param name="name">Name of the file, for messages.</param>
    /// <exception cref="ArtifactException">SC4018: it is not what was written.</exception>
    public static void Check(JsonElement root, string name)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(Member, out var claimed) && claimed.ToString() != HashOf(root))
        {
            throw new ArtifactException(
                ModelCodes.Damaged,
                $"{name} is damaged or was changed: its content has SHA-256 {HashOf(root)}, but it says "
                    + $"{DisplayText.Shorten(claimed.ToString())}.");
        }
    }

    private static string HashOf(JsonElement root)
    {
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content))
        {
            writer.WriteStartObject();
            WriteMembers(writer, root);
            writer.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(content.ToArray()));
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonElement root)
    {
        foreach (var member in root.EnumerateObject().Where(member => member.Name != Member))
        {
            member.WriteTo(writer);
        }
    }
}
