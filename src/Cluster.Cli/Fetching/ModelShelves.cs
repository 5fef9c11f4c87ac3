using SearchCluster.Artifacts.S3;
using SearchCluster.Cli.Invocation;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.State.Notes;

namespace SearchCluster.Cli.Fetching;

/// <summary>Chooses where the models of searches are looked for.</summary>
internal static class ModelShelves
{
    /// <summary>With the coordinator elsewhere that the command line, the environment or the machine's membership names; else where the
    /// state folder says that artifacts are kept.</summary>
    public static async Task<IModelShelf> OpenAsync(CommandContext context)
    {
        if (context.IsElsewhere)
        {
            return new DistantShelf(context, await context.ReadAsync());
        }

        var state = StateFolder.Resolve(context.Settings.State);
        return ArtifactsNote.FolderOf(state) is { } folder ? new FolderShelf(folder)
            : S3Location.TryParse(ArtifactsNote.Read(state)!, out var location) ? new ObjectShelf(context, state, location)
            : new FolderShelf(state.SharedRoot);
    }
}
