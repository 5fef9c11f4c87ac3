using System.Text.Unicode;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data.Files;

namespace SearchCluster.Models.Data.Images.Formats;

/// <summary>Which files are images that are read, and what the others are.</summary>
internal static class ImageFormats
{
    /// <summary>The formats, for messages.</summary>
    public const string Names = "PNG, JPEG, BMP, GIF, WebP, TIFF";

    private const int MostKinds = 6;

    private const string Packed = ".gz";

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".gif", ".webp", ".tif", ".tiff"];

    /// <summary>Tells by its name whether a file is an image.</summary>
    public static bool IsImage(string path) => Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Tells by its name whether a file is an image that a model can answer: also one in a gzip.</summary>
    public static bool IsAnswered(string path) => IsImage(path)
        || (path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) && IsImage(path[..^Packed.Length]));

    /// <summary>Tells by its first bytes whether a file is a TIFF.</summary>
    public static bool IsTiff(ReadOnlySpan<byte> file) =>
        file is [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..];

    /// <summary>Says what a file is that cannot be decoded as an image, and what to do.</summary>
    /// <returns>The end of a sentence; null where nothing is known of it.</returns>
    public static string? WhyNot(ReadOnlySpan<byte> file) => FileKind.Of(file) switch
    {
        { IsPacked: true, Sort: FileSort.Picture } packed => $"is {packed.Name}, but images are read as they are; {FileKind.Unpack}",
        { Sort: FileSort.Idx } idx => $"is {idx.Name}, which is not read as one image; {FileKind.WithLabels}",
        { } other => $"is {other.Name}, which is not read as an image; save it as PNG",
        null => WholeGzip.Fits(file) ? $"is a gzip file, which is not read as an image; {FileKind.Unpack}"
            : FileFormats.Markup(file) is { } markup ? $"is {markup}, which is not read as an image; save it as PNG"
            : !file.IsEmpty && !file.Contains((byte)0) && Utf8.IsValid(file)
                ? "is a text, perhaps a table, and no image; give the image itself, or name the table .csv"
            : null,
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
            yield return $"{name}: {count} {(count == 1 ? "file is no image that is" : "files are no images that are")} read ({Names}) and "
                + $"left out: {listed}{(kinds.Count > MostKinds ? $", and {kinds.Count - MostKinds} more kinds" : "")}.";
        }
    }

#pragma warning disable CA1308 // an ending as people write it, not a key
    private static string KindOf(string path) => Path.GetExtension(path) is not { Length: > 1 } ending ? "without an ending"
        : ending.Equals(Packed, StringComparison.OrdinalIgnoreCase) && IsImage(path[..^Packed.Length])
            ? $"{Path.GetExtension(path[..^Packed.Length])}{ending}".ToLowerInvariant()
        : ending.ToLowerInvariant();
#pragma warning restore CA1308
}
