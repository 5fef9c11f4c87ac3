using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Data;
using SearchCluster.Artifacts.Http;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;
using SearchCluster.GpuWorker.Data;
using SearchCluster.Hosting.State;
using SearchCluster.Models.Data;

namespace SearchCluster.Cli.Fetching;

/// <summary>The models of a coordinator elsewhere, fetched by hash into a cache of this machine.</summary>
/// <remarks>What is used was compared with the coordinator's hashes in this moment, also what came earlier. What was cut, or was coming
/// when somebody ended the command, goes on where it was.</remarks>
/// <param name="context">The command.</param>
/// <param name="connection">The coordinator; disposed with the shelf.</param>
internal sealed class DistantShelf(CommandContext context, ISearchConnection connection) : IModelShelf
{
    private const int FilesAtOnce = 4;

    // An ensemble may be built anew while it is fetched.
    private const int MostTries = 3;
    private const string Description = ".json";
    private const string Model = ".scm";

    private readonly HttpArtifactStore _store = new(ClientCache.Transfers(connection));

    public string Name => connection.Place;

    public string PlaceOf(string artifact) => $"{artifact} at {connection.Place}";

    public async Task<bool> HasSearchAsync(SearchId search)
    {
        try
        {
            // First of all: it says in the same words as every command that the coordinator is away, or lets nobody in.
            await connection.Service.GetAsync(search, context.Cancellation);
        }
        catch (SearchServiceException unknown) when (unknown.Problem.Status == 404)
        {
            return false;
        }

        // Where artifacts are kept elsewhere, its folder is not there: what it has is found, or missed, one by one.
        return true;
    }

    public Task<bool> HasAsync(string artifact) => GuardAsync(() => _store.ExistsAsync(artifact, context.Cancellation).AsTask());

    public async Task<IReadOnlyList<string>> ListAsync(string folder) =>
        await GuardAsync(() => _store.ListAsync(folder, context.Cancellation)) is { IsFolder: true } list
            ? [.. list.Files.Select(file => file.Path)]
            : [];

    public async Task<IReadOnlyList<string>> SearchesAsync() =>
        [.. (await connection.Service.ListAsync(context.Cancellation)).Searches.Select(search => search.SearchId.Value)];

    public Task<FoundModel> BringAsync(string artifact) => GuardAsync(async () =>
    {
        for (var tries = 1; ; tries++)
        {
            var set = await ViewAsync(artifact);
            try
            {
                var cache = ClientCache.Models(context);
                var placed = await cache.BringAsync(
                    set, _ => FetchAsync(cache, set, artifact), isCompared: true, context.Cancellation);
                context.Keep(placed);
                return new FoundModel(placed.Path, artifact);
            }
            catch (StorageTroubleException replaced) when (replaced.Trouble == StorageTrouble.Damaged && tries < MostTries)
            {
                // Its list is another one now.
            }
        }
    });

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await connection.DisposeAsync();
    }

    private async Task<DataSetView> ViewAsync(string artifact)
    {
        var list = await _store.ListAsync(artifact, context.Cancellation);
        var files = (list?.Files ?? []).Where(file => IsOfModel(file.Path)).ToValueArray();
        if (list is null || files.Count == 0)
        {
            throw new CliException(
                ExitCodes.NotFound,
                $"There is no {SafeText.Of(PlaceOf(artifact))} any more: the search was deleted, or the file was, while this command ran.",
                "searchcluster list shows the searches",
                CommandCodes.NoModel);
        }

        var manifest = new DataManifest(files.Select(file => new DataFile(file.Path, file.Bytes, file.Sha256)).ToValueArray());
        return new(artifact[(ArtifactPaths.Root.Length + 1)..], manifest.HashOf(list.IsFolder), list.IsFolder, manifest.Bytes, files);
    }

    private static bool IsOfModel(string name) =>
        name.EndsWith(Description, StringComparison.Ordinal) || name.EndsWith(Model, StringComparison.Ordinal);

    private Task<DataSetView> FetchAsync(CacheFolder cache, DataSetView set, string artifact) => ByteProgress.RunAsync(
        context,
        $"Fetching {set.Name}",
        async tell =>
        {
            var (gate, done) = (new Lock(), 0L);
            await Parallel.ForEachAsync(
                set.Files,
                new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = context.Cancellation },
                async (file, token) =>
                {
                    var target = cache.Incoming(set.Sha256, file.Path);
                    if (CacheFolder.IsWhole(target, file))
                    {
                        Add(file.Bytes);
                        return;
                    }

                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    var path = set.IsFolder ? $"{artifact}/{file.Path}" : artifact;
                    if (!await _store.FetchAsync(path, file.Sha256, target, Add, token))
                    {
                        throw new StorageTroubleException(
                            StorageTrouble.Damaged, $"{path} was removed at {connection.Place} while it was fetched.");
                    }
                });
            return set;

            void Add(long bytes)
            {
                lock (gate)
                {
                    done += bytes;
                    tell(done, set.Bytes);
                }
            }
        });

    private async Task<T> GuardAsync<T>(Func<Task<T>> askAsync)
    {
        try
        {
            return await askAsync();
        }
        catch (ArtifactException refused)
        {
            throw ArtifactFailure.Of(refused);
        }
        catch (DataException refused)
        {
            throw DataFailure.Of(refused);
        }
        catch (StorageTroubleException trouble)
        {
            throw TransferFailure.Of(
                trouble,
                trouble.Trouble is StorageTrouble.DiskFull
                    ? "make room, or name a state folder on another disk: --state DIR; then run the command again: what has arrived is kept"
                    : "run the command again: what has arrived is kept");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CliException(
                ExitCodes.StorageTrouble,
                $"What {connection.Place} sends cannot be kept in {SafeText.Of(ClientCache.Models(context).Root)}: "
                    + SafeText.Of(refused.Message),
                "make room and check its permissions, or name another state folder: --state DIR; what has arrived is kept",
                StorageTroubles.Of(refused) is { } known ? StorageText.CodeOf(known) : CommandCodes.OutputUnwritable);
        }
    }
}
