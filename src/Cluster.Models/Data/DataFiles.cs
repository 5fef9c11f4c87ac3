using System.Security.Cryptography;
using SearchCluster.Models.Data.Files;

namespace SearchCluster.Models.Data;

/// <summary>Reads files of data.</summary>
internal static class DataFiles
{
    /// <summary>Reads a whole regular file that does not change meanwhile.</summary>
    /// <exception cref="DataException">SC3000: it cannot be opened; SC3300: it is no regular file; SC3011: it
    /// is too large; SC3012: it changed.</exception>
    public static byte[] Read(string path, long limit)
    {
        RegularFile.Require(path);
        try
        {
            var before = FileStamp.Of(path);
            if (before.Length > Math.Min(limit, Array.MaxLength))
            {
                throw new DataException(
                    DataCodes.TooLarge, $"{path} has {before.Length} bytes, but such a file may have {Math.Min(limit, Array.MaxLength)}.");
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var content = GC.AllocateUninitializedArray<byte>((int)before.Length);
            return stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length
                && stream.ReadByte() < 0
                && FileStamp.Of(path) == before
                ? content
                : throw new DataException(DataCodes.Changing, $"{path} changed while it was read; start again when its writer is done.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DataException(
                DataCodes.CannotOpen,
                $"Data file '{DisplayText.ShortenPath(path)}' cannot be opened on this worker: {failure.Message}",
                failure);
        }
    }

    /// <summary>Reads the first bytes of a regular file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>None where it cannot be opened, which whoever reads all of it tells.</returns>
    public static byte[] Head(string path, int count)
    {
        try
        {
            if (RegularFile.Obstacle(path) is not null)
            {
                return [];
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var head = new byte[count];
            return head[..stream.ReadAtLeast(head, count, throwOnEndOfStream: false)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>Compares content with the hash of the spec.</summary>
    /// <exception cref="DataException">SC1101: it is another.</exception>
    public static void CheckHash(string name, byte[] content, string? expected)
    {
        if (expected is not null && Convert.ToHexStringLower(SHA256.HashData(content)) is var actual && actual != expected)
        {
            throw new DataException(
                DataCodes.OtherBytes,
                $"{name} has SHA-256 {actual}, but the spec asks for {expected}; use the right file or correct data.sha256.");
        }
    }
}

/// <summary>Tells versions of a file, or of the files of a folder, apart; hidden files are no part of data.</summary>
/// <param name="Length">Bytes in all.</param>
/// <param name="WrittenAt">Time of the last change, also of the folders: a file may have moved.</param>
internal readonly record struct FileStamp(long Length, DateTime WrittenAt)
{
    public static FileStamp Of(string path)
    {
        if (!Directory.Exists(path))
        {
            var file = RegularFile.Target(path);
            return new(file.Exists ? file.Length : 0, file.LastWriteTimeUtc);
        }

        var walk = FolderWalk.Of(path);
        var (length, written) = (0L, walk.FoldersChangedAt);
        foreach (var inner in walk.Files.Select(inner => new FileInfo(inner.FullPath)))
        {
            (length, written) = (length + inner.Length, inner.LastWriteTimeUtc > written ? inner.LastWriteTimeUtc : written);
        }

        return new(length, written);
    }
}
