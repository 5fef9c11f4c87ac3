using System.Security.Cryptography;
using SearchCluster.Artifacts.Data;

namespace SearchCluster.Models.Data.Files;

/// <summary>Hashes of the files that a reader of data read, taken while they are in memory. Files that it does
/// not look at are no part of what is learned.</summary>
internal sealed class ReadRecord
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, DataFile> _files = new(StringComparer.Ordinal);

    /// <summary>Notes a file; one that is read again is the same.</summary>
    /// <param name="path">From the folder, with '/'; the name where the data are one file.</param>
    /// <param name="content">Its bytes.</param>
    public byte[] Add(string path, byte[] content)
    {
        lock (_gate)
        {
            if (_files.ContainsKey(path))
            {
                return content;
            }
        }

        var file = new DataFile(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
        lock (_gate)
        {
            _files[path] = file;
        }

        return content;
    }

    /// <summary>What was read.</summary>
    /// <param name="source">The file, folder or archive.</param>
    /// <param name="isFile">True for one file that was named itself.</param>
    /// <param name="rows">Rows that came of it.</param>
    /// <returns>Null when nothing was.</returns>
    public DataIdentity? ToIdentity(string source, bool isFile, int rows)
    {
        if (_files.Count == 0)
        {
            return null;
        }

        var manifest = new DataManifest(_files.Values.ToValueArray());
        return new(
            manifest.HashOf(!isFile),
            manifest.Bytes,
            _files.Count,
            rows,
            new DateTimeOffset(FileStamp.Of(source).WrittenAt, TimeSpan.Zero));
    }
}
