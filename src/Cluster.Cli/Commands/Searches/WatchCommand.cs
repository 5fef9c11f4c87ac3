using System.CommandLine;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Rendering;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Status;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary><c>watch [SEARCH]</c>: follows a search to its end; with <c>--json</c> one line for each change.</summary>
internal sealed class WatchCommand : CliCommand
{
    private readonly Argument<SearchId?> _search = Inputs.OptionalSearch("Name of the search; without it, the one that runs");

    public WatchCommand()
        : base("watch", "Follow a search until it ends; Ctrl-C leaves, the search goes on", "watch digits", "watch", "watch digits --json")
    {
        Add(_search);
        Works = true;
        SeeAlso = ["status", "trials"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        await using var connection = await context.Environment.Connector.FindLiveAsync(context.Request, context.Cancellation)
            ?? await context.ReadAsync();
        var search = parse.GetValue(_search) ?? await OnlyRunningAsync(context, connection.Service);
        if (connection.Kind == ConnectionKind.Offline)
        {
            return await OnceAsync(context, connection, await connection.Service.GetAsync(search, context.Cancellation));
        }

        try
        {
            return context.Output.IsJson
                ? await StreamAsync(context, connection, search)
                : await ShowAsync(context, connection, search);
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested && context.IsInterrupted)
        {
            context.Output.Note("The search goes on.");
            return ExitCodes.Done;
        }
    }

    /// <summary>Waits for the end without a word, and prints the result.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="connection">Where the search is.</param>
    /// <param name="search">Its name there.</param>
    /// <param name="before">The search before it went on, whose warnings were told then; null to tell them all.</param>
    /// <param name="upload">What was sent with it; null for nothing.</param>
    public static async Task<int> WaitAsync(
        CommandContext context, ISearchConnection connection, SearchId search, SearchDetail? before = null, UploadJson? upload = null)
    {
        var follower = new SearchFollower(context, connection, before);
        var detail = await follower.FollowAsync(search, context.Output.DataConsole, isLive: false, _ => { });
        return await SearchOutcome.ReportAsync(
            context, connection.Service, detail, connection.ArtifactFolder, follower.UntoldWarnings(detail), upload);
    }

    private static async Task<int> ShowAsync(CommandContext context, ISearchConnection connection, SearchId search)
    {
        var now = await connection.Service.GetAsync(search, context.Cancellation);
        var before = BeforeItWentOn(now);
        HostedSearch.TellWarnings(context, search, before);

        // At once, as status does: it may have waited long before anybody watched.
        var wait = await WorkerWait.ReadAsync(connection.Service, now, context.Cancellation);
        if (wait is not null)
        {
            context.Output.Warn(wait);
        }

        var follower = new SearchFollower(context, connection, before) { ToldWait = wait };
        var detail = await follower.FollowAsync(
            search, context.Output.DataConsole, context.Output.IsDataLive, d => follower.Throttled(d, context.Output.Data.WriteLine));
        await SearchOutcome.WriteAsync(context, connection.Service, detail, connection.ArtifactFolder, follower.UntoldWarnings(detail));
        return SearchOutcome.ExitCode(detail);
    }

    // Warnings of an earlier round were told then; those since it runs may be new to whoever watches.
    private static SearchDetail? BeforeItWentOn(SearchDetail detail)
    {
        var earlier = (detail.Warnings ?? ValueArray<WarningView>.Empty)
            .Where(warning => warning.FirstAt < detail.RunningSince)
            .ToValueArray();
        return earlier.Count == 0 ? null : detail with { Warnings = earlier };
    }

    private static async Task<int> StreamAsync(CommandContext context, ISearchConnection connection, SearchId search)
    {
        var written = (Revision: -1L, Trouble: (string?)null);
        var last = await new SearchFollower(context, connection).FollowAsync(search, context.Output.DataConsole, isLive: false, detail =>
        {
            if ((detail.Revision, detail.Trouble) != written)
            {
                written = (detail.Revision, detail.Trouble);
                context.Output.WriteJsonLine(StatusDocument.Of(detail), CliJsonContext.Default.StatusDocument);
            }
        });
        return SearchOutcome.ExitCode(last);
    }

    private static async Task<int> OnceAsync(CommandContext context, ISearchConnection connection, SearchDetail detail)
    {
        if (SearchFollower.IsOver(detail) && context.Output.IsJson)
        {
            // A stream, as while a coordinator answers: whoever reads it line by line does not know which of the two it is.
            context.Output.WriteJsonLine(
                StatusDocument.Of(detail, await SearchFindings.ReadAsync(connection.Service, detail.SearchId, context.Cancellation)),
                CliJsonContext.Default.StatusDocument);
            return SearchOutcome.ExitCode(detail);
        }

        if (SearchFollower.IsOver(detail))
        {
            return await SearchOutcome.ReportAsync(context, connection.Service, detail, connection.ArtifactFolder);
        }

        throw new CliException(
            ExitCodes.Unreachable,
            "No coordinator runs, so there is nothing to watch.",
            $"continue the search with: searchcluster resume {detail.SearchId}",
            ProblemCodes.NoCoordinator);
    }

    private static async Task<SearchId> OnlyRunningAsync(CommandContext context, ISearchService service)
    {
        var running = (await service.ListAsync(context.Cancellation)).Searches
            .Where(s => s.State is SearchLifecycle.Running or SearchLifecycle.Finishing)
            .Select(s => s.SearchId)
            .ToList();
        return running.Count == 1
            ? running[0]
            : throw new CliException(
                ExitCodes.WrongUsage,
                running.Count == 0 ? "No search runs now." : $"{running.Count} searches run now: {string.Join(", ", running)}.",
                "name one: searchcluster watch SEARCH   (searchcluster list shows all)",
                CommandCodes.WrongUsage);
    }
}
