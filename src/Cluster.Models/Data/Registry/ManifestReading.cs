using System.Security.Cryptography;
using SearchCluster.Artifacts.Data;
using SearchCluster.Models.Data.Files;

namespace SearchCluster.Models.Data.Registry;

/// <summary>Makes the list of the files of data that lie on this machine.</summary>
public static class ManifestReading
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Hashes a file, or the files of a folder; one pass over all bytes.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="progress">Told the bytes that are done; null for nobody.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="DataException">SC3000: it is not there; SC3019: it cannot be read or holds nothing; SC3012: a file changed
    /// meanwhile.</exception>
    public static DataManifest Read(string path, IProgress<long>? progress, CancellationToken cancellation)
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

    /// <summary>Bytes that <see cref="Read"/> will read, to show how far it is.</summary>
    /// <param name="path">The file or folder.</param>
    /// <returns>Bytes; 0 when it is not there.</returns>
    public static long SizeOf(string path) =>
        Directory.Exists(path)
            ? FolderWalk.Of(path).Files.Sum(file => new FileInfo(file.FullPath).Length)
            : File.Exists(path) ? RegularFile.Target(path).Length : 0;

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
