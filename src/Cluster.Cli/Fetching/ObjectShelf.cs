using SearchCluster.Artifacts.S3;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts.Storage;
using SearchCluster.Coordinator.Hosting;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Fetching;

/// <summary>The models that a coordinator of this machine keeps in an object store; needs no coordinator, but the store's
/// credentials.</summary>
/// <param name="context">The command.</param>
/// <param name="state">Its state folder; what is fetched lies below it.</param>
/// <param name="location">Bucket and prefix.</param>
internal sealed class ObjectShelf(CommandContext context, StateFolder state, S3Location location) : IModelShelf
{
    private const string FetchedFolder = "fetched";

    private readonly string _fetched = Path.Combine(state.Root, FetchedFolder);

    private readonly S3ArtifactStore _store = ArtifactStores.Open(
        location, Path.Combine(state.Root, FetchedFolder, ".transfers"), context.Environment.Variable, context.Environment.Clock);

    public string Name => _store.Place;

    public string PlaceOf(string artifact) => $"{Name}/{artifact}";

    // What the store knows of a search it knows by its items: the spec, which every search has, lies in the state folder.
    public async Task<bool> HasSearchAsync(SearchId search) =>
        File.Exists(Path.Combine(state.SharedRoot, ArtifactPaths.Spec(search)))
            || (await ListAsync(ArtifactPaths.Ensemble(search))).Count > 0;

    public async Task<bool> HasAsync(string artifact) => await _store.ExistsAsync(artifact, context.Cancellation);

    public async Task<IReadOnlyList<string>> ListAsync(string folder) =>
        [.. (await _store.ListAsync(folder, context.Cancellation) ?? [])];

    public Task<IReadOnlyList<string>> SearchesAsync() => new FolderShelf(state.SharedRoot).SearchesAsync();

    public async Task<FoundModel> BringAsync(string artifact)
    {
        var names = await _store.ListAsync(artifact, context.Cancellation);
        IEnumerable<string> files = names is null or [] ? [artifact] : names.Select(name => $"{artifact}/{name}");
        foreach (var file in files)
        {
            await FetchAsync(file);
        }

        return new(FileOf(artifact), PlaceOf(artifact));
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    private string FileOf(string artifact) => Path.Combine(_fetched, artifact.Replace('/', Path.DirectorySeparatorChar));

    private async Task FetchAsync(string artifact)
    {
        await using var content = await _store.OpenReadAsync(artifact, context.Cancellation) ?? throw new CliException(
            ExitCodes.NotFound, $"There is no {SafeText.Of(PlaceOf(artifact))} any more.", "run the command again", CommandCodes.NoModel);
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(artifact))!);
        WholeFile.Write(FileOf(artifact), content.CopyTo, survivesPowerLoss: false);
    }
}
