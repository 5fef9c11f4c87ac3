using SearchCluster.Cli.Commands.Specs;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Rendering;
using SearchCluster.Cli.Specs;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting.Persistence;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary>Looks whether the data of a search are still those that its trials learned from, before anything of it goes on. A worker looks
/// as well, at its own copy.</summary>
internal static class KnownDataCheck
{
    private const string Source = "data.source";

    /// <summary>Reads the data as the next trial will, unless nothing is known of those before.</summary>
    /// <param name="context">The command.</param>
    /// <param name="search">The search; one that does not exist is left to whoever needs it.</param>
    /// <param name="device">Device of the worker.</param>
    /// <param name="extends">Whether a search that is over goes on. Of one that does not, data that are gone are no matter, but others are:
    /// its results are not theirs.</param>
    /// <param name="asked">Says with which spec the search is to go on, of the one that it has; null where that is told elsewhere.</param>
    /// <exception cref="CliException">They are others, or cannot be used.</exception>
    public static async Task RequireAsync(
        CommandContext context, SearchId search, string device, bool extends, Func<SearchSpecView, SearchSpec?> asked)
    {
        if (!context.HasSearches)
        {
            return;
        }

        try
        {
            await using var connection = await context.Environment.Connector.ReadAsync(context.Request, context.Cancellation);
            await RequireAsync(context, connection.Service, search, device, extends, asked);
        }
        catch (JournalUnavailableException)
        {
            // What keeps the journal from being read is told by whoever opens it to go on.
        }
    }

    /// <summary>The same where the search is at hand.</summary>
    public static async Task RequireAsync(
        CommandContext context,
        ISearchService service,
        SearchId search,
        string device,
        bool extends,
        Func<SearchSpecView, SearchSpec?> asked)
    {
        var (isOver, source) = (false, "");
        try
        {
            if (await DeleteCommand.FindAsync(service, search, context.Cancellation) is { Damage: null, Data: { } known } detail
                && asked(await service.GetSpecAsync(search, context.Cancellation)) is { } spec)
            {
                source = spec.Data?.Source ?? "";
                isOver = SearchFollower.IsOver(detail) && detail.EndReason != SearchEndReason.Misconfigured;
                await DataCheck.RequireAsync(context, spec, device, known);
            }
        }
        catch (CliException unusable) when (isOver && !extends && !AreOthers(unusable))
        {
            // Its results are shown without its data; that nobody has compared them is told, unless it is plain to see.
            if (unusable.Code != DataCodes.NotRegistered && (unusable.Code != DataCodes.CannotOpen || Path.Exists(source)))
            {
                context.Output.Warn(
                    $"The data of search {search} cannot be read any more, so nobody can tell whether its results are theirs: "
                        + $"{unusable.Message}");
            }
        }
        catch (SearchServiceException)
        {
            // What is wrong with the search itself is told by whoever lets it go on.
        }
    }

    /// <summary>Tells data that are not those of the search from data that cannot be looked at.</summary>
    public static bool AreOthers(CliException unusable) => unusable.Code is DataCodes.OtherData or DataCodes.OtherBytes;

    /// <summary>With which spec a search goes on that is asked for by its spec again: its own, also where only the place of its data
    /// differs. Null where it is another.</summary>
    public static SearchSpec? Asked(CommandContext context, SpecInput input, SearchSpec given, SearchSpecView stored) =>
        Differences(context, input, given, stored) is var differences && differences.Count == 0 ? stored.Spec
        : IsMove(differences) ? Moved(stored.Spec, given.Data!.Source)
        : null;

    /// <summary>In what a spec differs from that of the search of its name.</summary>
    public static ValueArray<SpecDifference> Differences(
        CommandContext context, SpecInput input, SearchSpec given, SearchSpecView stored)
    {
        var written = stored.Written ?? WrittenSpec.Recovered(stored.Spec);
        return input
            .Readings(context, given)
            .Select(reading => SpecDifferences.Between(written, new(reading)))
            .MinBy(found => found.Count)!;
    }

    /// <summary>Tells whether specs differ in nothing but the place of their data. With the same content it is the same search.</summary>
    public static bool IsMove(ValueArray<SpecDifference> differences) =>
        differences is [{ Path: Source, Stored: not null, Given: not null }];

    /// <summary>The spec of a search with its data elsewhere.</summary>
    public static SearchSpec Moved(SearchSpec spec, string source) =>
        spec.Data is { } data ? spec with { Data = data with { Source = source } } : spec;

    /// <summary>What a person is told then. The data of another machine nobody has compared yet.</summary>
    public static string MovedNote(ISearchConnection connection, string source) => connection.ArtifactFolder is null
        ? $"Data are at {SafeText.Of(source)} now; each worker compares their content."
        : $"Data are at {SafeText.Of(source)} now; same content.";
}
