using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting;

namespace SearchCluster.Cli.Predictions;

/// <summary>What the journal says of a search whose files are not as asked. A model needs its file only, so where nobody can read the
/// journal there is just less to say.</summary>
internal static class JournalWord
{
    /// <summary>Asks.</summary>
    /// <param name="context">The command.</param>
    /// <param name="askAsync">What to ask.</param>
    /// <returns>The answer; null where there is none.</returns>
    public static async Task<T?> AskAsync<T>(CommandContext context, Func<ISearchService, Task<T>> askAsync)
        where T : class
    {
        if (!context.IsElsewhere && !context.HasSearches)
        {
            return null;
        }

        try
        {
            await using var connection = await context.ReadAsync();
            return await askAsync(connection.Service);
        }
        catch (Exception unreadable) when (unreadable is CliException or SearchServiceException or HostingException)
        {
            return null;
        }
    }
}
