using SearchCluster.Artifacts.S3;
using SearchCluster.Cli.Invocation;
using SearchCluster.Coordinator.Hosting;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.State.Notes;

namespace SearchCluster.Cli.Predictions;

/// <summary>The folder in which the files of a model are looked for: where the coordinator keeps artifacts, or where they are brought from
/// an object store.</summary>
internal static class ArtifactRoot
{
    private const string FetchedFolder = "fetched";

    /// <summary>Finds it, and brings what is needed there.</summary>
    /// <param name="context">The command.</param>
    /// <param name="request">Which model.</param>
    /// <returns>The state folder, another one, or one below it with what was fetched.</returns>
    /// <exception cref="Contracts.Storage.StorageTroubleException">The object store cannot be used.</exception>
    public static async Task<StateFolder> OfAsync(CommandContext context, PredictionRequest request)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        if (ArtifactsNote.FolderOf(state) is { } folder)
        {
            return StateFolder.Resolve(folder);
        }

        if (!SearchId.IsValid(request.Model) || !S3Location.TryParse(ArtifactsNote.Read(state)!, out var location))
        {
            return state;
        }

        var search = new SearchId(request.Model);
        var fetched = Path.Combine(state.Root, FetchedFolder);
        using var store = ArtifactStores.Open(
            location, Path.Combine(fetched, ".transfers"), context.Environment.Variable, context.Environment.Clock);
        IReadOnlyList<string> paths = request.Trial is { } trial
            ? [ArtifactPaths.Model(search, new(trial))]
            : await store.ListAsync(ArtifactPaths.Ensemble(search), context.Cancellation);
        foreach (var path in paths)
        {
            await FetchAsync(store, path, Path.Combine(fetched, path.Replace('/', Path.DirectorySeparatorChar)), context.Cancellation);
        }

        return StateFolder.Resolve(fetched);
    }

    private static async Task FetchAsync(S3ArtifactStore store, string path, string file, CancellationToken cancellation)
    {
        await using var content = await store.OpenReadAsync(path, cancellation);
        if (content is null)
        {
            if (File.Exists(file))
            {
                File.Delete(file);
            }

            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Contracts.Storage.WholeFile.Write(file, content.CopyTo, survivesPowerLoss: false);
    }
}
