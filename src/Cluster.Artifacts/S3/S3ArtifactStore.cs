using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts.S3;

/// <summary>Keeps artifacts in an object store that speaks S3.</summary>
/// <remarks>
/// Content is an object named after its SHA-256, which is never replaced. Names point to content, and lie with the fences of the item they
/// belong to in one small object (<see cref="ItemRecord"/>), which is replaced on the condition that it is still the one that was read. So
/// the step that gives content its name is the one that compares the lease, whichever process makes it. Where a server ignores conditions,
/// the locks of this process do the same, and only one process may write. Content passes through a file of this machine. Thread-safe.
/// </remarks>
public sealed class S3ArtifactStore : IServedStore, IDisposable
{
    private const int MostReplaced = 5;
    private const string PartsFolder = "parts";
    private const string ProbeKey = "conditional-writes";
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly ItemLocks _locks = new();
    private readonly S3StoreOptions _options;
    private readonly S3Bucket _bucket;
    private readonly Lazy<string> _parts;

    /// <summary>Reaches nobody yet.</summary>
    /// <param name="options">Where it is, and limits.</param>
    /// <exception cref="StorageTroubleException">There are no credentials, or no region is known.</exception>
    public S3ArtifactStore(S3StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _bucket) = (options, new S3Bucket(options));
        _parts = new(PrepareParts);
    }

    /// <inheritdoc />
    public string Place => $"{_options.Location} at {_bucket.Endpoint}";

    /// <inheritdoc />
    public string UploadRoot => _options.ScratchFolder;

    /// <summary>Looks whether the store can be used: the bucket is there, and this process may write into it.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>True where the server keeps to conditions of writes, so that several processes may write.</returns>
    /// <exception cref="StorageTroubleException">It cannot be used; the message says why and what to do.</exception>
    public async Task<bool> ReachAsync(CancellationToken cancellation = default)
    {
        var key = $"{ProbeKey}/{Guid.NewGuid():N}";
        await _bucket.TryWriteAsync(key, [], version: null, cancellation);
        var second = await _bucket.TryWriteAsync(key, [], version: null, cancellation);
        await _bucket.DeleteAsync([key], cancellation);
        return !second;
    }

    /// <inheritdoc />
    public async ValueTask<ServedContent?> FindAsync(string path, CancellationToken cancellation = default) =>
        await NamedAsync(path, cancellation) is { } named
            ? new(new BlobStream(_bucket, BlobKey(path, named), named.Bytes), named.Bytes, named.Sha256)
            : null;

    /// <inheritdoc />
    /// <remarks>All of it is fetched and compared with its hash first.</remarks>
    public async ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellation = default)
    {
        for (var tries = 1; await NamedAsync(path, cancellation) is { } named; tries++)
        {
            var file = SpoolFile.Create(_options.ScratchFolder);
            try
            {
                await FetchAsync(path, named, file, cancellation);
                file.Position = 0;
                return file;
            }
            catch (ArtifactException replaced) when (replaced.Code == ModelCodes.NoArtifact && tries < MostReplaced)
            {
                await file.DisposeAsync();
            }
            catch
            {
                await file.DisposeAsync();
                throw;
            }
        }

        return null;
    }

    /// <inheritdoc />
    public async ValueTask<bool> ExistsAsync(string path, CancellationToken cancellation = default) =>
        await NamedAsync(path, cancellation) is not null;

    /// <inheritdoc />
    /// <remarks>Of the folder of an item, as <c>searches/digits/ensemble</c>; that of all trials has no record.</remarks>
    public async ValueTask<IReadOnlyList<string>?> ListAsync(string folder, CancellationToken cancellation = default)
    {
        var prefix = ArtifactPath.Check(folder) + "/";
        var (record, _) = await ReadAsync(ItemRecord.KeyOf(prefix + "any"), cancellation);
        var names = record.Names.Keys
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !name[prefix.Length..].Contains('/'))
            .Select(name => name[prefix.Length..])
            .Order(StringComparer.Ordinal)
            .ToList();
        return names.Count > 0 ? names : null;
    }

    /// <inheritdoc />
    public async ValueTask DeleteAsync(string path, CancellationToken cancellation = default)
    {
        var key = ItemRecord.KeyOf(ArtifactPath.Check(path));
        string? former = null;
        await ChangeAsync(
            key,
            lease: null,
            record =>
            {
                var isThere = record.Names.Remove(path, out var named);
                former = isThere ? Unused(record, named!) : null;
                return isThere;
            },
            cancellation);
        await RemoveBlobAsync(path, former, cancellation);
    }

    /// <inheritdoc />
    public async ValueTask RemoveAsync(SearchId search, CancellationToken cancellation = default)
    {
        // The records go first: with them the right to write, and no name points to content that is gone.
        foreach (var prefix in new[] { ItemRecord.NamesOf(search), ItemRecord.BlobsOf(search) })
        {
            await _bucket.DeleteAsync([.. (await _bucket.ListAsync(prefix, cancellation)).Select(one => one.Key)], cancellation);
        }
    }

    /// <summary>Removes content of a search to which no name points and that is older than a day: what a process left that ended between
    /// writing content and naming it.</summary>
    /// <param name="search">Name of the search.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many objects were removed.</returns>
    public async Task<int> SweepAsync(SearchId search, CancellationToken cancellation = default)
    {
        // Content first, names after it: what is named meanwhile is young, or was named when it was listed.
        var old = _options.Clock.GetUtcNow().UtcDateTime - Abandoned;
        var prefix = ItemRecord.BlobsOf(search);
        var blobs = (await _bucket.ListAsync(prefix, cancellation)).Where(one => one.Written < old).Select(one => one.Key).ToHashSet();
        if (blobs.Count > 0)
        {
            foreach (var (key, _) in await _bucket.ListAsync(ItemRecord.NamesOf(search), cancellation))
            {
                var (record, _) = await ReadAsync(key, cancellation);
                blobs.ExceptWith(record.Names.Values.Select(named => prefix + named.Blob));
            }

            await _bucket.DeleteAsync(blobs, cancellation);
        }

        return blobs.Count;
    }

    /// <inheritdoc />
    public async ValueTask<IArtifactWriter> BeginAsync(LeaseKey lease, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        await ChangeAsync(
            ItemRecord.KeyOf(lease), lease: null, record => record.Begin(lease) ?? throw FolderWriter.Superseded(lease), cancellation);
        return new LeasedWriter(this, lease);
    }

    /// <inheritdoc />
    public ValueTask WriteAsync(
        string path,
        Action<Stream> write,
        ArtifactDurability durability = ArtifactDurability.PowerLoss,
        CancellationToken cancellation = default) => WriteAsync(path, write, lease: null, cancellation);

    /// <inheritdoc />
    public IUploadGoal Expect(UploadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new Goal(this, request, _parts.Value);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _bucket.Dispose();
        _locks.Dispose();
    }

    // What an earlier process left there belongs to no upload any more.
    private string PrepareParts()
    {
        var folder = Path.Combine(_options.ScratchFolder, PartsFolder);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    private static string BlobKey(string path, NamedBlob named) => ItemRecord.BlobsOf(new(path.Split('/')[1])) + named.Blob;

    // Equal content of one item is one object.
    private static string? Unused(ItemRecord record, NamedBlob former) =>
        record.Names.Values.Any(other => other.Blob == former.Blob) ? null : former.Blob;

    private async ValueTask WriteAsync(string path, Action<Stream> write, LeaseKey? lease, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(write);
        cancellation.ThrowIfCancellationRequested();
        ArtifactPath.Check(path);
        await using var file = SpoolFile.Create(_options.ScratchFolder);
        string hash;
        long bytes;
        await using (var content = new SpoolWriter(file, path, _options.MaximumBytes))
        {
            write(content);
            file.Flush();
            (hash, bytes) = (content.Sha256, content.Written);
        }

        await PutAsync(path, file.SafeFileHandle, bytes, hash, lease, cancellation);
    }

    /// <summary>Gives content a name.</summary>
    private async Task PutAsync(
        string path, SafeFileHandle file, long bytes, string hash, LeaseKey? lease, CancellationToken cancellation)
    {
        var key = ItemRecord.KeyOf(path);
        var (seen, _) = await ReadAsync(key, cancellation);

        // What the item has already is not sent again.
        var same = seen.Names.Values.FirstOrDefault(one => one.Sha256 == hash && one.Bytes == bytes);
        var fresh = same is null ? new NamedBlob($"{hash}-{Guid.NewGuid().ToString("N")[..8]}", hash, bytes) : null;
        if (fresh is not null)
        {
            await _bucket.WriteAsync(BlobKey(path, fresh), file, bytes, cancellation);
        }

        string? former = null;
        var isGone = false;
        try
        {
            await ChangeAsync(
                key,
                lease,
                record =>
                {
                    isGone = fresh is null && !record.Names.ContainsValue(same!);
                    if (isGone || (fresh is null && record.Names.GetValueOrDefault(path) == same))
                    {
                        return false;
                    }

                    record.Names.Remove(path, out var before);
                    record.Names[path] = fresh ?? same!;
                    former = before is null ? null : Unused(record, before);
                    return true;
                },
                cancellation);
        }
        catch (ArtifactException) when (fresh is not null)
        {
            await RemoveBlobAsync(path, fresh.Blob, CancellationToken.None);
            throw;
        }

        if (isGone)
        {
            // Another writer replaced what would have been shared.
            await PutAsync(path, file, bytes, hash, lease, cancellation);
            return;
        }

        await RemoveBlobAsync(path, former, CancellationToken.None);
    }

    // What cannot be removed now is garbage only; SweepAsync finds it.
    private async Task RemoveBlobAsync(string path, string? blob, CancellationToken cancellation)
    {
        if (blob is null)
        {
            return;
        }

        try
        {
            await _bucket.DeleteAsync([BlobKey(path, new(blob, "", 0))], cancellation);
        }
        catch (StorageTroubleException)
        {
        }
    }

    private async Task<NamedBlob?> NamedAsync(string path, CancellationToken cancellation)
    {
        var (record, _) = await ReadAsync(ItemRecord.KeyOf(ArtifactPath.Check(path)), cancellation);
        return record.Names.GetValueOrDefault(path);
    }

    private async Task<(ItemRecord Record, string? Version)> ReadAsync(string key, CancellationToken cancellation) =>
        await _bucket.ReadAsync(key, cancellation) is { } found
            ? (ItemRecord.Read(found.Content, key), found.Version)
            : (new ItemRecord(), null);

    /// <summary>Changes a record in one step.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="lease">Must be held at that step; null for none.</param>
    /// <param name="change">Changes what was read, once for each try; false where there is nothing to change.</param>
    /// <param name="cancellation">Gives up.</param>
    private async Task ChangeAsync(string key, LeaseKey? lease, Func<ItemRecord, bool> change, CancellationToken cancellation)
    {
        var home = lease is { } given ? ItemRecord.KeyOf(given) : key;
        using var held = await _locks.TakeAsync(key, home, cancellation);
        while (true)
        {
            var (record, version) = await ReadAsync(key, cancellation);
            if (lease is { } own && !(home == key ? record : (await ReadAsync(home, cancellation)).Record).IsHeldBy(own))
            {
                throw FolderWriter.Superseded(own);
            }

            if (!change(record) || await _bucket.TryWriteAsync(key, record.ToJson(), version, cancellation))
            {
                return;
            }
        }
    }

    private async Task FetchAsync(string path, NamedBlob named, FileStream file, CancellationToken cancellation)
    {
        await using var content = new BlobStream(_bucket, BlobKey(path, named), named.Bytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        while (await content.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            file.Write(buffer, 0, count);
            hash.AppendData(buffer, 0, count);
        }

        var found = Convert.ToHexStringLower(hash.GetCurrentHash());
        if (found != named.Sha256)
        {
            throw new StorageTroubleException(
                StorageTrouble.Damaged,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path} was read from {Place} with the SHA-256 {found}, but {named.Sha256} was written. Put the object "
                        + $"{BlobKey(path, named)} back from a copy."));
        }
    }

    private sealed class LeasedWriter(S3ArtifactStore store, LeaseKey lease) : IArtifactWriter
    {
        public ValueTask WriteAsync(
            string path, Action<Stream> write, ArtifactDurability durability, CancellationToken cancellation) =>
            store.WriteAsync(path, write, lease, cancellation);
    }

    private sealed class Goal(S3ArtifactStore store, UploadRequest request, string folder) : IUploadGoal
    {
        public string Folder => folder;

        // Asked at the end, where content gets its name: asking for each part would be a request each.
        public bool IsSuperseded => false;

        // Not ended with the connection of who asked: they ask again, and find it done.
        public Task GiveNameAsync(string file, SafeFileHandle content) => store.PutAsync(
            request.Path, content, request.Bytes, request.Sha256.ToLowerInvariant(), request.Lease, CancellationToken.None);
    }
}
