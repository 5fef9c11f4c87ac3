namespace SearchCluster.Models.Data.Images.Formats;

/// <summary>Which files are images that are read, and what the others are.</summary>
internal static class ImageFormats
{
    /// <summary>The formats, for messages.</summary>
    public const string Names = "PNG, JPEG, BMP, GIF, WebP, TIFF";

    private const int MostKinds = 6;

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".gif", ".webp", ".tif", ".tiff"];

    /// <summary>Tells by its name whether a file is an image.</summary>
    public static bool IsImage(string path) => Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Tells by its first bytes whether a file is a TIFF.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> file) =>
        file is [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..];

    /// <summary>Tells by its first bytes whether a file is an image that is read: one that comes through a pipe has no name.</summary>
    public static bool LooksLikeImage(ReadOnlySpan<byte> file) => IsTiff(file) || file is
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..]
        or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..]
        or [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, ..];

    /// <summary>Tells by its first bytes whether a file is a picture, also one that is not read, rather than a table.</summary>
    public static bool IsPicture(ReadOnlySpan<byte> file) => LooksLikeImage(file) || UnreadPicture(file) is not null;

    /// <summary>Names a picture format that is not read, by a file's first bytes.</summary>
    public static string? Unread(ReadOnlySpan<byte> file) => UnreadPicture(file) ?? file switch
    {
        [(byte)'<', (byte)'s' or (byte)'h' or (byte)'H' or (byte)'?' or (byte)'!', ..] => "a text in XML, perhaps SVG or HTML",
        _ => Checkpoints.FileFormats.Binary(file),
    };

    private static string? UnreadPicture(ReadOnlySpan<byte> file) => file switch
    {
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'a', (byte)'v', (byte)'i', ..] => "an AVIF image",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', (byte)'h' or (byte)'m', ..] => "a HEIC image",
        [0, 0, 0, 12, (byte)'j', (byte)'P', ..] => "a JPEG 2000 image",
        [(byte)'P', >= (byte)'1' and <= (byte)'7', (byte)' ' or (byte)'\n' or (byte)'\r', ..] => "a Netpbm image",
        [(byte)'8', (byte)'B', (byte)'P', (byte)'S', ..] => "a Photoshop document",
        _ => null,
    };

    /// <summary>Counts the files that are no images, by kind.</summary>
    /// <param name="name">Of the folder or archive.</param>
    /// <param name="paths">Those files.</param>
    /// <returns>One sentence, or none.</returns>
    public static IEnumerable<string> Others(string name, IEnumerable<string> paths)
    {
        var kinds = paths
            .GroupBy(KindOf, StringComparer.Ordinal)
            .Select(group => (group.Key, Count: group.Count()))
            .OrderByDescending(kind => kind.Count)
            .ThenBy(kind => kind.Key, StringComparer.Ordinal)
            .ToList();
        if (kinds.Count > 0)
        {
            var count = kinds.Sum(kind => kind.Count);
            var listed = string.Join(", ", kinds.Take(MostKinds).Select(kind => $"{kind.Count} {DisplayText.Shorten(kind.Key)}"));
            yield return $"{name}: {count} {(count == 1 ? "file is no image that is" : "files are no images that are")} read ({Names}) and left out: {listed}{(kinds.Count > MostKinds ? $", and {kinds.Count - MostKinds} more kinds" : "")}.";
        }
    }

#pragma warning disable CA1308 // an ending as people write it, not a key
    private static string KindOf(string path) =>
        Path.GetExtension(path) is { Length: > 1 } ending ? ending.ToLowerInvariant() : "without an ending";
#pragma warning restore CA1308
}
