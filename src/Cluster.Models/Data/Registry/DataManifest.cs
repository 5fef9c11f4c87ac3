using System.Security.Cryptography;
using System.Text;
using SearchCluster.Models.Data.Files;

namespace SearchCluster.Models.Data.Registry;

/// <summary>The files of a data set with their hashes.</summary>
/// <remarks>
/// Written as <c>sha256sum</c> writes it, one line for each file in ordinal order of the paths, so that
/// <c>sha256sum -c</c> checks it as well. Hidden files and those of <c>__MACOSX</c> are no part of data and are left out.
/// </remarks>
/// <param name="Files">In ordinal order of their paths.</param>
public sealed record DataManifest(ValueArray<DataFile> Files)
{
    private const int HashDigits = 64;
    private const int BufferBytes = 1 << 20;

    /// <summary>Bytes of all files.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);

    /// <summary>The hash of the only file where the source is a file; of the manifest's text where it is a folder.</summary>
    /// <param name="isFolder">Whether the source is a folder.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public string HashOf(bool isFolder) =>
        isFolder ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToString()))) : Files[0].Sha256;

    /// <summary>Hashes a file, or the files of a folder; one pass over all bytes.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="progress">Told the bytes that are done; null for nobody.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="DataException">SC3000: it is not there; SC3019: it cannot be read or holds nothing; SC3012: a file changed
    /// meanwhile.</exception>
    public static DataManifest Of(string path, IProgress<long>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            var root = Path.GetFullPath(path);
            if (!Path.Exists(root))
            {
                throw new DataException(DataCodes.CannotOpen, $"'{DisplayText.ShortenPath(path)}' is not there.");
            }

            var isFolder = Directory.Exists(root);
            var done = 0L;
            var files = new List<DataFile>();
            foreach (var file in isFolder ? FolderWalk.Of(root).Files : [new(Path.GetFileName(root), root)])
            {
                RegularFile.Require(file.FullPath);
                files.Add(Hash(file.FullPath, file.Path, count => progress?.Report(done += count), cancellation));
            }

            return files.Count > 0
                ? new(files.OrderBy(file => file.Path, StringComparer.Ordinal).ToValueArray())
                : throw new DataException(DataCodes.NotTheLayout, $"Folder '{DisplayText.ShortenPath(path)}' holds no files.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DataException(DataCodes.NotTheLayout,
                $"'{DisplayText.ShortenPath(path)}' cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Bytes that <see cref="Of"/> will read, to show how far it is.</summary>
    /// <param name="path">The file or folder.</param>
    /// <returns>Bytes; 0 when it is not there.</returns>
    public static long SizeOf(string path) =>
        Directory.Exists(path)
            ? FolderWalk.Of(path).Files.Sum(file => new FileInfo(file.FullPath).Length)
            : File.Exists(path) ? RegularFile.Target(path).Length : 0;

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

    /// <inheritdoc />
    public override string ToString() => string.Concat(Files.Select(file => $"{file.Sha256}  {file.Path}\n"));

    private static Dictionary<string, string> ByPath(DataManifest manifest) =>
        manifest.Files.ToDictionary(file => file.Path, file => file.Sha256, StringComparer.Ordinal);

    private static DataFile Hash(string file, string name, Action<int> count, CancellationToken cancellation)
    {
        var before = FileStamp.Of(file);
        using var stream = new FileStream(
            file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        var left = before.Length;

        // A file that somebody writes as fast as it is read has no end.
        for (int read; left >= 0 && (read = stream.Read(buffer)) > 0; left -= read)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            count(read);
        }

        return left == 0 && FileStamp.Of(file) == before
            ? new(name, before.Length, Convert.ToHexStringLower(hash.GetHashAndReset()))
            : throw new DataException(DataCodes.Changing, $"{name} changed while it was read; start again when its writer is done.");
    }
}

/// <summary>One file of a data set.</summary>
/// <param name="Path">From the folder, with '/'; the file's name where the data set is a file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record DataFile(string Path, long Bytes, string Sha256);
