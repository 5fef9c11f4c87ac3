using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts;

/// <summary>Keeps artifacts in a folder: the state folder of one machine, or a file system that all machines share.</summary>
/// <remarks>
/// An artifact is written under a temporary name and renamed to its own, so a reader or a killed process never
/// leaves a half artifact under the final name. What a killed attempt leaves unfinished is removed when the next attempt of the item
/// begins. All works on the calling thread. Who may write is told by folders below <c>.leases</c> of a search, see
/// <see cref="FolderLease"/>; no artifact can have such a name.
/// </remarks>
/// <param name="root">The folder; created when the first artifact is written.</param>
public sealed class FolderArtifactStore(string root) : IServedStore
{
    private const int BufferBytes = 1 << 16;
    private const string LeasesFolder = ".leases";
    private const string EndedFolder = ".ended";
    private const string PreparedFolder = ".uploads";

    private readonly string _root = Path.GetFullPath(root);
    private string? _prepared;

    /// <summary>The folder, as an absolute path.</summary>
    public string Root => _root;

    /// <inheritdoc />
    public string Place => _root;

    /// <inheritdoc />
    public string UploadRoot => _root;

    /// <inheritdoc />
    public ValueTask<ServedContent?> FindAsync(string path, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return new(OpenRead(path) is { } file ? new ServedContent(file, file.Length, Sha256: null) : null);
    }

    /// <inheritdoc />
    /// <remarks>Under a lease it grows in the lease's folder, so that the same one step that ends an attempt ends its uploads, see
    /// <see cref="FolderLease"/>.</remarks>
    public IUploadGoal Expect(UploadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var held = request.Lease is { } lease ? LeaseOf(lease) : null;
        return held is { IsHeld: false }
            ? throw FolderWriter.Superseded(request.Lease!.Value)
            : new FolderGoal(Locate(request.Path), held?.Folder ?? (_prepared ??= PrepareFolder()), held, request);
    }

    /// <summary>Opens an artifact.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <returns>A readable stream that the caller disposes, or null when there is no such artifact.</returns>
    public Stream? OpenRead(string path)
    {
        try
        {
            return new FileStream(
                Locate(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes an artifact as a whole, for whoever needs no lease.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <param name="write">Writes the content to a stream that need not seek.</param>
    /// <param name="durability">What the artifact survives.</param>
    public void Write(string path, Action<Stream> write, ArtifactDurability durability = ArtifactDurability.PowerLoss) =>
        Write(path, write, durability, folder: null);

    /// <summary>Tells whether an artifact exists.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <returns>True when it can be opened.</returns>
    public bool Exists(string path) => File.Exists(Locate(path));

    /// <summary>Removes an artifact; nothing happens when there is none.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    public void Delete(string path) => DeleteFile(Locate(path));

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<string>?> ListAsync(string folder, CancellationToken cancellation = default)
    {
        try
        {
            return new(
            [
                .. Directory.EnumerateFiles(Locate(folder)).Select(file => Path.GetFileName(file)).Where(ArtifactPath.IsName)
                    .Order(StringComparer.Ordinal),
            ]);
        }
        catch (Exception none) when (none is DirectoryNotFoundException || (none is IOException && File.Exists(Locate(folder))))
        {
            return new((IReadOnlyList<string>?)null);
        }
    }

    /// <inheritdoc />
    public ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return new(OpenRead(path));
    }

    /// <inheritdoc />
    public ValueTask WriteAsync(
        string path,
        Action<Stream> write,
        ArtifactDurability durability = ArtifactDurability.PowerLoss,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        Write(path, write, durability);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return new(Exists(path));
    }

    /// <inheritdoc />
    public ValueTask DeleteAsync(string path, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        Delete(path);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    /// <remarks>A link in the place of the search's folder is removed, never what it points to.</remarks>
    public ValueTask RemoveAsync(SearchId search, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var folder = new DirectoryInfo(Locate(ArtifactPaths.Search(search)));
        if (folder.LinkTarget is not null)
        {
            folder.Delete();
        }
        else if (folder.Exists)
        {
            // The rights to write go first and in one step: an attempt that nobody knows of any more must not
            // write into what is being removed.
            var ended = Path.Combine(folder.FullName, EndedFolder);
            DeleteFolder(ended);
            MoveFolder(Path.Combine(folder.FullName, LeasesFolder), ended);
            DeleteFolder(folder.FullName);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<IArtifactWriter> BeginAsync(LeaseKey lease, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return FolderLease.Take(LeasesOf(lease.SearchId), lease) is { } held
            ? new(new FolderWriter(this, lease, held))
            : throw FolderWriter.Superseded(lease);
    }

    /// <summary>The right of an attempt that has begun, or has not.</summary>
    /// <param name="lease">Search, item, attempt and fence.</param>
    /// <returns>It tells whether it is held.</returns>
    internal FolderLease LeaseOf(LeaseKey lease) => FolderLease.Of(LeasesOf(lease.SearchId), lease);

    /// <summary>Finds where an artifact lies.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <returns>Full path.</returns>
    internal string Locate(string path) => Path.Combine(_root, ArtifactPath.Check(path).Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Writes an artifact as a whole.</summary>
    /// <param name="path">Relative path with '/' separators.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="durability">What the artifact survives.</param>
    /// <param name="folder">An existing folder in which it is prepared; null for the artifact's own, which is made if need be.</param>
    internal void Write(string path, Action<Stream> write, ArtifactDurability durability, string? folder)
    {
        ArgumentNullException.ThrowIfNull(write);
        var target = Locate(path);
        var home = Path.GetDirectoryName(target)!;
        if (folder is null)
        {
            Directory.CreateDirectory(home);
        }

        // A writer prepares its file in the folder of its lease, so that it can give no name once that folder is gone. The artifact's own
        // folder is made last: one of a search that was removed meanwhile would come back.
        WholeFile.Write(
            target,
            stream =>
            {
                write(stream);
                Directory.CreateDirectory(home);
            },
            survivesPowerLoss: durability == ArtifactDurability.PowerLoss,
            preparedIn: folder);
    }

    // What an earlier process left there belongs to no upload any more.
    private string PrepareFolder()
    {
        var folder = Path.Combine(_root, PreparedFolder);
        DeleteFolder(folder);
        return Directory.CreateDirectory(folder).FullName;
    }

    private static void DeleteFile(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was ever written there.
        }
    }

    private static void DeleteFolder(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It is gone already.
        }
    }

    private static void MoveFolder(string folder, string place)
    {
        try
        {
            Directory.Move(folder, place);
        }
        catch (DirectoryNotFoundException)
        {
            // No attempt ever wrote.
        }
    }

    private string LeasesOf(SearchId search) => Path.Combine(Locate(ArtifactPaths.Search(search)), LeasesFolder);
}
