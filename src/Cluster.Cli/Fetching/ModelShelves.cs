using SearchCluster.Cli.Invocation;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Fetching;

/// <summary>Chooses where the models of searches are looked for.</summary>
internal static class ModelShelves
{
    /// <summary>With the coordinator elsewhere that the command line, the environment or the machine's membership names; else in the state
    /// folder.</summary>
    public static async Task<IModelShelf> OpenAsync(CommandContext context) => context.IsElsewhere
        ? new DistantShelf(context, await context.ReadAsync())
        : new FolderShelf(StateFolder.Resolve(context.Settings.State));
}
