using SearchCluster.Cli.Failures;

namespace SearchCluster.Cli.Fetching;

/// <summary>The models of a state folder of this machine; needs no coordinator.</summary>
/// <param name="root">The folder in which artifacts lie.</param>
internal sealed class FolderShelf(string root) : IModelShelf
{
    public string Name => root;

    public string PlaceOf(string artifact) => Path.Combine(root, artifact.Replace('/', Path.DirectorySeparatorChar));

    public Task<bool> HasSearchAsync(SearchId search) => Task.FromResult(Directory.Exists(PlaceOf(ArtifactPaths.Search(search))));

    public Task<bool> HasAsync(string artifact) => Task.FromResult(File.Exists(PlaceOf(artifact)));

    public Task<IReadOnlyList<string>> ListAsync(string folder) => Task.FromResult<IReadOnlyList<string>>(
        new DirectoryInfo(PlaceOf(folder)) is { Exists: true } there ? [.. there.EnumerateFiles().Select(file => file.Name)] : []);

    public Task<IReadOnlyList<string>> SearchesAsync() => Task.FromResult<IReadOnlyList<string>>(
        new DirectoryInfo(PlaceOf(ArtifactPaths.Root)) is { Exists: true } there
            ? [.. there.EnumerateDirectories().Select(search => search.Name)]
            : []);

    public Task<FoundModel> BringAsync(string artifact) => Path.Exists(PlaceOf(artifact))
        ? Task.FromResult(new FoundModel(PlaceOf(artifact), PlaceOf(artifact)))
        : throw new CliException(
            ExitCodes.NotFound, $"There is no {SafeText.Of(PlaceOf(artifact))} any more.", "run the command again", CommandCodes.NoModel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
