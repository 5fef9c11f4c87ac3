using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary><c>delete SEARCH</c>: removes a search with its trials, models and traces, and frees its name.</summary>
internal sealed class DeleteCommand : CliCommand
{
    private readonly Argument<SearchId> _search = Inputs.Search();
    private readonly Option<bool> _yes = Confirmation.Option();

    public DeleteCommand()
        : base(
            "delete",
            "Remove a search with its trials, models and traces; its name is free again",
            "delete digits",
            "delete digits --yes")
    {
        Add(_search);
        Add(_yes);
        SeeAlso = ["stop", "run", "list"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var search = parse.GetRequiredValue(_search);
        await using var connection = await context.ConnectAsync();
        await ConfirmAsync(context, connection.Service, search, parse.GetValue(_yes), $"delete {search}");
        var removed = await connection.Service.DeleteAsync(search, context.Cancellation);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new CommandDocument(search.Value, "delete", "deleted", removed.AlreadyDone), CliJsonContext.Default.CommandDocument);
            return ExitCodes.Done;
        }

        context.Output.Data.WriteLine($"{search} is {(removed.AlreadyDone ? "already " : string.Empty)}deleted.");
        return ExitCodes.Done;
    }

    /// <summary>Asks before a search is removed; one that is gone already needs no question.</summary>
    public static async Task ConfirmAsync(CommandContext context, ISearchService service, SearchId search, bool isConfirmed, string command)
    {
        if (!isConfirmed && await LossAsync(service, search, context.Cancellation) is { } loss)
        {
            await Confirmation.RequireAsync(
                context, isConfirmed, $"Deleting {search} removes its {loss}, models and traces for good.", command);
        }
    }

    private static async Task<string?> LossAsync(ISearchService service, SearchId search, CancellationToken cancellation)
    {
        try
        {
            return await FindAsync(service, search, cancellation) is { } found
                ? Format.Count(found.Summary.Counts.Finished, "finished trial")
                : null;
        }
        catch (SearchServiceException exception) when (exception.Problem.Code == StorageCodes.SearchDamaged)
        {
            return "trials that nobody can read";
        }
    }

    /// <summary>Looks at a search; null when there is none of that name.</summary>
    public static async Task<SearchDetail?> FindAsync(ISearchService service, SearchId search, CancellationToken cancellation)
    {
        try
        {
            return await service.GetAsync(search, cancellation);
        }
        catch (SearchServiceException exception) when (exception.Problem.Status == 404)
        {
            return null;
        }
    }
}
