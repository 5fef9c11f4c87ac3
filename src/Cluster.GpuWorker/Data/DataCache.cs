using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Http;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Registry;

namespace SearchCluster.GpuWorker.Data;

/// <summary>Data sets of the coordinator, fetched once for all processes of a state folder and kept while there is room.</summary>
/// <remarks>
/// A data set lies in a folder that is named after its hash, beside a file that who reads it holds open: shared by readers, alone by who
/// fetches or removes. The system lets go of it when a process ends, however that happens. Files are compared with their hashes before the
/// folder gets its name; what came before a cut or the end of a process is compared again and kept. Thread-safe.
/// </remarks>
/// <param name="root">The folder; made when it is needed.</param>
/// <param name="limit">Most bytes of all data sets.</param>
/// <param name="source">The coordinator; null while its folder is this machine's, or none was reached.</param>
/// <param name="clock">Tells which was used last.</param>
/// <param name="logger">Told what is fetched and removed.</param>
/// <param name="words">How it speaks of them; null for a worker's.</param>
public sealed class DataCache(
    string root,
    long limit,
    Func<HttpDataStore?> source,
    TimeProvider clock,
    ILogger<DataCache> logger,
    CacheWords? words = null)
    : IDistantData
{
    /// <summary>Name of its folder in a state folder.</summary>
    public const string FolderName = "data-cache";

    private const int FilesAtOnce = 4;

    // The trials of a search begin one after the other, and a list of files may be long.
    private static readonly TimeSpan ToldFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (string Sha256, long At)> _told = new(StringComparer.Ordinal);
    private readonly CacheFolder _folder = new(root, limit, clock, words);

    /// <inheritdoc />
    public IPlacedData? Bring(string name, string? sha256, CancellationToken cancellation)
    {
        if (source() is not { } store)
        {
            return null;
        }

        try
        {
            return ((sha256 ?? Told(name)) is { } known ? _folder.TryUse(known) : null)
                ?? BringAsync(store, name, cancellation).GetAwaiter().GetResult();
        }
        catch (ArtifactException refused)
        {
            throw new DataException(refused.Code, refused.Message, refused);
        }
        catch (StorageTroubleException trouble)
        {
            throw new DataException(DataCodes.CannotOpen, $"Data set '{name}' cannot be fetched now: {trouble.Message}", trouble);
        }
    }

    private string? Told(string name) =>
        _told.TryGetValue(name, out var told) && clock.GetElapsedTime(told.At) < ToldFor ? told.Sha256 : null;

    private async Task<IPlacedData?> BringAsync(HttpDataStore store, string name, CancellationToken cancellation)
    {
        if (await store.FindAsync(name, cancellation) is not { } data)
        {
            return null;
        }

        _told[name] = (data.Sha256, clock.GetTimestamp());
        return await _folder.BringAsync(
            data, removed => FetchAsync(store, data, removed, cancellation), isCompared: false, cancellation);
    }

    private async Task FetchAsync(
        HttpDataStore store, DataSetView data, IReadOnlyList<DataSetView> made, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        foreach (var removed in made)
        {
            Log.DataRemoved(logger, removed.Name, ByteSize.Format(removed.Bytes), root);
        }

        Log.FetchingData(logger, data.Name, Counted.Of(data.Files.Count, "file"), ByteSize.Format(data.Bytes));
        await Parallel.ForEachAsync(
            data.Files,
            new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellation },
            async (file, token) =>
            {
                var target = _folder.Incoming(data.Sha256, file.Path);
                if (!CacheFolder.IsWhole(target, file))
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    await store.FetchAsync(data, file, target, progress: null, token);
                }
            });
        Log.DataFetched(logger, data.Name, ByteSize.Format(data.Bytes), Durations.Of(clock.GetElapsedTime(started)));
    }
}
