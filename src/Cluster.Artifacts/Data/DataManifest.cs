using System.Security.Cryptography;
using System.Text;

namespace SearchCluster.Artifacts.Data;

/// <summary>The files of a data set with their hashes.</summary>
/// <remarks>
/// Written as <c>sha256sum</c> writes it, one line for each file in ordinal order of the paths, so that
/// <c>sha256sum -c</c> checks it as well. Hidden files and those of <c>__MACOSX</c> are no part of data and are left out.
/// </remarks>
/// <param name="Files">In ordinal order of their paths.</param>
public sealed record DataManifest(ValueArray<DataFile> Files)
{
    private const int HashDigits = 64;
    private const int MaximumPath = 1024;
    private const int MaximumName = 200;

    /// <summary>Bytes of all files.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>The hash of the only file where the source is a file; of the manifest's text where it is a folder.</summary>
    /// <param name="isFolder">Whether the source is a folder.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public string HashOf(bool isFolder) =>
        isFolder ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToString()))) : Files[0].Sha256;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>The manifest, without sizes (0).</returns>
    /// <exception cref="FormatException">A line has another form.</exception>
    public static DataManifest Parse(IEnumerable<string> lines) =>
        new(lines.Select(line => line.Length > HashDigits + 2
            ? new DataFile(line[(HashDigits + 2)..], 0, line[..HashDigits])
            : throw new FormatException("A line is no hash with a path."))
            .ToValueArray());

    /// <summary>What is different from an earlier manifest.</summary>
    /// <returns>One text for each file, for example <c>changed: train/1.png</c>; empty when they are the same.</returns>
    public ValueArray<string> DifferencesFrom(DataManifest earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        var (before, now) = (ByPath(earlier), ByPath(this));
        return before.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(path => !now.TryGetValue(path, out var hash)
                ? $"missing: {path}"
                : !before.TryGetValue(path, out var old) ? $"new: {path}" : hash != old ? $"changed: {path}" : null)
            .OfType<string>()
            .ToValueArray();
    }

    /// <summary>Finds a path that whoever receives the files cannot have, because it leads out of their folder, stands twice, is hidden,
    /// or is no name on another operating system.</summary>
    /// <returns>The first such path; null when all are safe.</returns>
    public string? UnsafePath()
    {
        var folders = Files.SelectMany(file => Folders(file.Path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return Files.Select(file => file.Path).FirstOrDefault(
            path => path.Length > MaximumPath || !path.Split('/').All(IsSafeName) || !seen.Add(path) || folders.Contains(path));
    }

    /// <inheritdoc />
    public override string ToString() => string.Concat(Files.Select(file => $"{file.Sha256}  {file.Path}\n"));

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    // ':' is a drive or a stream on Windows, where a name may not end with a blank or a dot either.
    private static bool IsSafeName(string name) => name.Length is > 0 and <= MaximumName
        && name[0] != '.'
        && name[^1] is not ('.' or ' ')
        && !name.Any(c => char.IsControl(c) || c is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|');

    private static Dictionary<string, string> ByPath(DataManifest manifest) =>
        manifest.Files.ToDictionary(file => file.Path, file => file.Sha256, StringComparer.Ordinal);
}

/// <summary>One file of a data set.</summary>
/// <param name="Path">From the folder, with '/'; the file's name where the data set is a file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record DataFile(string Path, long Bytes, string Sha256);
