using SearchCluster.Artifacts.Http;
using SearchCluster.Cli.Invocation;
using SearchCluster.Models.Data.Registry;

namespace SearchCluster.Cli.Fetching;

/// <summary>Data sets that only the coordinator knows by name.</summary>
internal static class DistantDataSet
{
    /// <summary>Brings one to this machine, where it stays until the command has ended.</summary>
    /// <param name="context">The command.</param>
    /// <param name="name">As it is written after <c>registered:</c>.</param>
    /// <returns>The data set; null where there is no coordinator elsewhere, or it has none of the name.</returns>
    /// <exception cref="Models.Data.DataException">It cannot be brought.</exception>
    public static async Task<IPlacedData?> BringAsync(CommandContext context, string name)
    {
        if (!context.IsElsewhere || !SearchId.IsValid(name))
        {
            return null;
        }

        await using var connection = await context.ReadAsync();

        // First of all: it says in the same words as every command that the coordinator is away, or lets nobody in.
        await connection.Service.GetClusterAsync(context.Cancellation);
        using var store = new HttpDataStore(ClientCache.Transfers(connection));
        var cache = ClientCache.Data(context, store);
        var placed = await Task.Run(() => cache.Bring(name, null, context.Cancellation), context.Cancellation);
        if (placed is not null)
        {
            context.Keep(placed);
        }

        return placed;
    }
}
