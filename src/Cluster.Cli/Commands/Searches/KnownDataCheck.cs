using SearchCluster.Cli.Commands.Specs;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Rendering;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.Persistence;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary>Looks whether the data of a search are still those that its trials learned from, before anything of it goes on. A worker looks
/// as well, at its own copy.</summary>
internal static class KnownDataCheck
{
    /// <summary>Reads the data as the next trial will, unless nothing is known of those before.</summary>
    /// <param name="context">The command.</param>
    /// <param name="search">The search; one that does not exist is left to whoever needs it.</param>
    /// <param name="device">Device of the worker.</param>
    /// <param name="extends">Whether a search that is over goes on. Of one that does not, data that are gone are no matter, but others are:
    /// its results are not theirs.</param>
    /// <exception cref="CliException">They are others, or cannot be used.</exception>
    public static async Task RequireAsync(CommandContext context, SearchId search, string device, bool extends)
    {
        if (!context.HasSearches)
        {
            return;
        }

        try
        {
            await using var connection = await context.Environment.Connector.ReadAsync(context.Request, context.Cancellation);
            await RequireAsync(context, connection.Service, search, device, extends);
        }
        catch (JournalUnavailableException)
        {
            // What keeps the journal from being read is told by whoever opens it to go on.
        }
    }

    /// <summary>The same where the search is at hand.</summary>
    public static async Task RequireAsync(CommandContext context, ISearchService service, SearchId search, string device, bool extends)
    {
        var isOver = false;
        try
        {
            if (await DeleteCommand.FindAsync(service, search, context.Cancellation) is { Damage: null, Data: { } known } detail)
            {
                isOver = SearchFollower.IsOver(detail);
                await DataCheck.RequireAsync(context, (await service.GetSpecAsync(search, context.Cancellation)).Spec, device, known);
            }
        }
        catch (CliException unusable) when (isOver && !extends && unusable.Code != DataCodes.OtherData)
        {
            // Its results are shown without its data.
        }
        catch (SearchServiceException)
        {
            // What is wrong with the search itself is told by whoever lets it go on.
        }
    }
}
