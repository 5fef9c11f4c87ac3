using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts;

/// <summary>Keeps artifacts in a folder: the state folder of one machine, or a file system that all machines share.</summary>
/// <remarks>
/// An artifact is written under a temporary name beside its own and renamed over it, so a reader or a killed process never leaves
/// a half artifact under the final name. Temporary files of killed processes stay until the search is deleted; they end in <c>.tmp</c>.
/// </remarks>
/// <param name="root">The folder; created when the first artifact is written.</param>
public sealed class FolderArtifactStore(string root) : IArtifactStore
{
    private const int BufferBytes = 1 << 16;

    private readonly string _root = Path.GetFullPath(root);

    /// <summary>The folder, as an absolute path.</summary>
    public string Root => _root;

    /// <inheritdoc />
    public Stream? OpenRead(string path)
    {
        try
        {
            return new FileStream(Locate(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Write(string path, Action<Stream> write, ArtifactDurability durability = ArtifactDurability.PowerLoss)
    {
        ArgumentNullException.ThrowIfNull(write);
        var target = Locate(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        WholeFile.Write(target, write, survivesPowerLoss: durability == ArtifactDurability.PowerLoss);
    }

    /// <inheritdoc />
    public bool Exists(string path) => File.Exists(Locate(path));

    /// <inheritdoc />
    public void Delete(string path)
    {
        try
        {
            File.Delete(Locate(path));
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever written there.
        }
    }

    private string Locate(string path) => Path.Combine(_root, ArtifactPath.Check(path).Replace('/', Path.DirectorySeparatorChar));
}
