using SearchCluster.Cli.Commands.Specs;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Rendering;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary>Looks whether the data of a search are still those that its trials learned from, before anything of it goes on. A worker looks as well, at its own copy.</summary>
internal static class KnownDataCheck
{
    /// <summary>Reads the data as the next trial will, unless nothing is known of those before.</summary>
    /// <param name="context">The command.</param>
    /// <param name="search">The search; one that does not exist is left to whoever needs it.</param>
    /// <param name="device">Device of the worker.</param>
    /// <param name="evenIfOver">Whether a search that is over goes on.</param>
    /// <exception cref="Failures.CliException">They are others, or cannot be used.</exception>
    public static async Task RequireAsync(CommandContext context, SearchId search, string device, bool evenIfOver)
    {
        if (!context.HasSearches)
        {
            return;
        }

        await using var connection = await context.Environment.Connector.ReadAsync(context.Request, context.Cancellation);
        await RequireAsync(context, connection.Service, search, device, evenIfOver);
    }

    /// <summary>The same where the search is at hand.</summary>
    public static async Task RequireAsync(CommandContext context, ISearchService service, SearchId search, string device, bool evenIfOver)
    {
        try
        {
            if (await DeleteCommand.FindAsync(service, search, context.Cancellation) is { Damage: null, Data: { } known } detail && (evenIfOver || !SearchFollower.IsOver(detail)))
            {
                await DataCheck.RequireAsync(context, (await service.GetSpecAsync(search, context.Cancellation)).Spec, device, known);
            }
        }
        catch (SearchServiceException)
        {
            // What is wrong with the search itself is told by whoever lets it go on.
        }
    }
}
