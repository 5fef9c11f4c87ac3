using System.Security.Cryptography;
using System.Text.Json;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;
using SearchCluster.Contracts.Wire;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Registry;

namespace SearchCluster.GpuWorker.Data;

/// <summary>The folder of fetched data sets, or of models: which there are, who uses them, and which go when there is no room.</summary>
/// <param name="root">The folder.</param>
/// <param name="limit">Most bytes of all of them.</param>
/// <param name="clock">Tells which was used last.</param>
/// <param name="words">How it speaks of them; null for the data of a worker.</param>
public sealed class CacheFolder(string root, long limit, TimeProvider clock, CacheWords? words = null)
{
    private const string FilesFolder = "files";
    private const string Description = "set.json";
    private const string PartEnding = ".part";
    private const string LockEnding = ".lock";
    private const string RoomLock = "room";

    // What lies beside it, such as results that wait to be sent, goes on.
    private const long ReserveBytes = 64L << 20;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private readonly CacheWords _words = words ?? CacheWords.OfWorker;

    /// <summary>The folder.</summary>
    public string Root => root;

    /// <summary>Uses a data set, which is fetched first where it is not here. Of several processes one fetches.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="fetchAsync">Fetches its files to where <see cref="Incoming"/> says; told what was removed to make room.</param>
    /// <param name="isCompared">True to hash what is here before it is used, and to fetch it anew where it is damaged.</param>
    /// <param name="cancellation">Gives up; what came stays for the next time.</param>
    /// <returns>Keeps it here until it is disposed.</returns>
    public async Task<IPlacedData> BringAsync(
        DataSetView data, Func<IReadOnlyList<DataSetView>, Task> fetchAsync, bool isCompared, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(fetchAsync);
        while (true)
        {
            if (TryUse(data.Sha256) is { } here)
            {
                if (!isCompared || IsWhole(data, SetOf(data.Sha256)))
                {
                    return here;
                }

                here.Dispose();
            }

            using var alone = await TakeAloneAsync(data.Sha256, cancellation);
            if (isCompared && Has(data.Sha256) && !IsWhole(data, SetOf(data.Sha256)))
            {
                Remove(SetOf(data.Sha256));
            }

            if (!Has(data.Sha256))
            {
                await fetchAsync(await MakeRoomAsync(data, cancellation));
                Publish(data);
            }
        }
    }

    /// <summary>Tells whether a data set is here; who holds it alone, or uses it, knows that it stays.</summary>
    public bool Has(string sha256) => Directory.Exists(SetOf(sha256));

    /// <summary>Where a file of a data set is while it is fetched.</summary>
    /// <param name="sha256">The data set.</param>
    /// <param name="path">The file, a safe path.</param>
    public string Incoming(string sha256, string path) => Path.Combine(SetOf(sha256) + PartEnding, FilesFolder, path);

    /// <summary>Tells whether a file came before and is what it should be.</summary>
    /// <param name="target">Where it lies, if it is there.</param>
    /// <param name="file">What it should be.</param>
    public static bool IsWhole(string target, DataSetFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (new FileInfo(target) is not { Exists: true, Length: var length } || length != file.Bytes)
        {
            return false;
        }

        using var stream = File.OpenRead(target);
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256;
    }

    /// <summary>Uses a data set that is here.</summary>
    /// <returns>Keeps it here until it is disposed; null where it is not here, or is just being fetched or removed.</returns>
    public IPlacedData? TryUse(string sha256)
    {
        if (!Has(sha256) || TryOpen(sha256, FileAccess.Read, FileShare.Read) is not { } held)
        {
            return null;
        }

        if (!Has(sha256))
        {
            held.Dispose();
            return null;
        }

        Used(sha256);
        var data = Describe(SetOf(sha256))!;
        var files = Path.Combine(SetOf(sha256), FilesFolder);
        return new Placed(data.IsFolder ? files : Path.Combine(files, data.Files[0].Path), data.Sha256, data.Format, held);
    }

    /// <summary>Waits until nobody else uses, fetches or removes a data set.</summary>
    /// <param name="sha256">The data set, here or not.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Lets others in again when it is disposed.</returns>
    public async Task<IDisposable> TakeAloneAsync(string sha256, CancellationToken cancellation)
    {
        Directory.CreateDirectory(root);
        while (true)
        {
            if (TryOpen(sha256, FileAccess.ReadWrite, FileShare.None) is { } held)
            {
                return held;
            }

            await Task.Delay(LookInterval, clock, cancellation);
        }
    }

    /// <summary>Removes what was not used for longest until a data set has room, and reserves that room.</summary>
    /// <param name="data">The data set, which the caller holds alone.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What was removed.</returns>
    /// <exception cref="DataException">SC3313: it is larger than all data sets may be.</exception>
    /// <exception cref="StorageTroubleException">What is used leaves no room now.</exception>
    public async Task<IReadOnlyList<DataSetView>> MakeRoomAsync(DataSetView data, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Bytes > limit)
        {
            throw new DataException(
                DataCodes.CacheTooSmall,
                $"{_words.One} '{data.Name}' has {ByteSize.Format(data.Bytes)}, but the {_words.All} of a coordinator may have "
                    + $"{ByteSize.Format(limit)} on this {_words.Machine}; {_words.Remedy}.");
        }

        // One at a time, or two would take the same room.
        using var alone = await TakeAloneAsync(RoomLock, cancellation);
        var others = Others(data.Sha256).OrderBy(other => other.UsedAt).ToList();
        var removed = new List<DataSetView>();
        while (Shortage(data.Bytes, others.Sum(other => other.Data.Bytes)) is { } shortage)
        {
            if (others.FindIndex(TryRemove) is not (>= 0 and var index))
            {
                throw new StorageTroubleException(StorageTrouble.DiskFull, shortage);
            }

            removed.Add(others[index].Data);
            others.RemoveAt(index);
        }

        var part = SetOf(data.Sha256) + PartEnding;
        Directory.CreateDirectory(part);
        await File.WriteAllBytesAsync(
            Path.Combine(part, Description),
            JsonSerializer.SerializeToUtf8Bytes(data, ContractsJsonContext.Default.DataSetView),
            cancellation);
        return removed;
    }

    /// <summary>Gives a data set its name, of which all files are whole.</summary>
    /// <param name="data">The data set, which the caller holds alone.</param>
    public void Publish(DataSetView data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Directory.Move(SetOf(data.Sha256) + PartEnding, SetOf(data.Sha256));
        Used(data.Sha256);
    }

    private void Used(string sha256) => File.SetLastWriteTimeUtc(LockOf(sha256), clock.GetUtcNow().UtcDateTime);

    private string SetOf(string sha256) => Path.Combine(root, sha256);

    private string LockOf(string sha256) => Path.Combine(root, sha256 + LockEnding);

    private FileStream? TryOpen(string name, FileAccess access, FileShare share)
    {
        try
        {
            // Where it is opened to read, it is there: it was made before the folder was.
            return new FileStream(LockOf(name), access == FileAccess.Read ? FileMode.Open : FileMode.OpenOrCreate, access, share);
        }
        catch (IOException held) when (held is not (DirectoryNotFoundException or FileNotFoundException)
            && StorageTroubles.Of(held) is null or StorageTrouble.Locked)
        {
            return null;
        }
    }

    private static DataSetView? Describe(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(
                File.ReadAllBytes(Path.Combine(folder, Description)), ContractsJsonContext.Default.DataSetView);
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    private List<Kept> Others(string sha256)
    {
        var others = new List<Kept>();
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            var name = Path.GetFileName(folder);
            var hash = name.EndsWith(PartEnding, StringComparison.Ordinal) ? name[..^PartEnding.Length] : name;
            if (hash != sha256 && Describe(folder) is { } data)
            {
                others.Add(new(folder, hash, data, File.GetLastWriteTimeUtc(LockOf(hash))));
            }
        }

        return others;
    }

    private string? Shortage(long bytes, long others)
    {
        if (bytes + others > limit)
        {
            return $"{ByteSize.Format(bytes)} are to come, but {ByteSize.Format(others)} of the {ByteSize.Format(limit)} that {_words.All} "
                + $"may have in {root} are read by {_words.Readers}. Wait for them, or {_words.Remedy}.";
        }

        var free = new DriveInfo(root).AvailableFreeSpace;
        return free >= bytes + ReserveBytes
            ? null
            : $"{ByteSize.Format(bytes)} are to come, but the disk of {root} has {ByteSize.Format(free)} left. Make room there.";
    }

    private bool TryRemove(Kept kept)
    {
        using var alone = TryOpen(kept.Sha256, FileAccess.ReadWrite, FileShare.None);
        if (alone is null)
        {
            return false;
        }

        Remove(kept.Folder);
        return true;
    }

    // Its name goes first: what is half removed is no data set.
    private static void Remove(string folder)
    {
        var gone = folder + ".gone";
        if (Directory.Exists(gone))
        {
            Directory.Delete(gone, recursive: true);
        }

        Directory.Move(folder, gone);
        Directory.Delete(gone, recursive: true);
    }

    private static bool IsWhole(DataSetView data, string folder) =>
        data.Files.All(file => IsWhole(Path.Combine(folder, FilesFolder, file.Path), file));

    private sealed record Kept(string Folder, string Sha256, DataSetView Data, DateTime UsedAt);

    private sealed record Placed(string Path, string Sha256, DataFormat? Format, FileStream Held) : IPlacedData
    {
        public void Dispose() => Held.Dispose();
    }
}
