using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Rendering;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary>How a hosted search came to run.</summary>
internal enum SearchStart
{
    /// <summary>It was submitted now.</summary>
    New,

    /// <summary>It was there and goes on.</summary>
    Continued,

    /// <summary>It had ended because of its data or its configuration, and is tried again.</summary>
    TriedAgain,

    /// <summary>It was there and is over.</summary>
    Over,
}

/// <summary>A search that runs, or is over.</summary>
/// <param name="Start">How it came to run.</param>
/// <param name="Before">The search before it went on; null for a new one, and for one that is over.</param>
internal sealed record StartedSearch(SearchStart Start, SearchDetail? Before);

/// <summary>Hosts coordinator and worker for the time of one search; what <c>run</c> and <c>resume</c> share.</summary>
internal static class HostedSearch
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    /// <summary>Refuses to host a second coordinator on a state folder.</summary>
    public static async Task RefuseIfLiveAsync(CommandContext context, string alternative)
    {
        if (context.Settings.Coordinator is { } url)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"run hosts its own coordinator, so --coordinator {SafeText.Of(url)} has no use here.",
                $"submit to that coordinator instead: {alternative}",
                CommandCodes.WrongUsage);
        }

        var live = await context.Environment.Connector.FindLiveAsync(context.Request, context.Cancellation);
        if (live is not null)
        {
            await using (live)
            {
                throw new CliException(
                    ExitCodes.Conflict,
                    $"A coordinator already owns this state folder and listens on {live.Place}.",
                    $"give the search to it: {alternative}\n         or choose another folder: --state DIR",
                    CommandCodes.StateInUse);
            }
        }
    }

    /// <summary>Lets a search go on that was interrupted.</summary>
    /// <returns>False where it has ended by itself meanwhile: what its worker's end left open was the last of it.</returns>
    public static async Task<bool> WakeAsync(CommandContext context, ISearchService service, SearchId search, ResumeRequest request)
    {
        try
        {
            await service.ResumeAsync(search, request, context.Cancellation);
            return true;
        }
        catch (SearchServiceException refused) when (refused.Problem.Code == ProblemCodes.WrongState)
        {
            if (await DeleteCommand.FindAsync(service, search, context.Cancellation) is { } now && SearchFollower.IsOver(now))
            {
                return false;
            }

            throw;
        }
    }

    public static async Task<int> RunAsync(
        CommandContext context, HostRequest host, SearchId search, Func<ISearchConnection, Task<StartedSearch>> startAsync)
    {
        if (host.HasProcesses)
        {
            context.Output.Note("Starting a coordinator and workers as processes of their own.");
        }

        var connection = await context.HostAsync(host);
        bool? isAccepted = null;
        try
        {
            await using (connection)
            {
                StartedSearch started;
                try
                {
                    started = await startAsync(connection);
                    isAccepted = true;
                }
                catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
                {
                    isAccepted = await IsThereAsync(context, connection.Service, search);
                    throw;
                }

                var (start, before) = started;
                connection.KeepAwake(search);
                await AnnounceAsync(context, connection, search, start);
                TellWarnings(context, search, before);
                await TellWaitingAsync(context, connection, search);
                return await SearchOutcome.FollowAsync(context, connection, search, before);
            }
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            context.Output.Note(isAccepted switch
            {
                true => $"Interrupted. Finished trials are kept, and of running ones the last state that they saved.\n"
                    + $"  searchcluster resume {search}   continues (as does the same run command)",
                false => $"Interrupted before search {search} was accepted: nothing was started, and nothing is kept. The same command "
                    + $"starts it.",
                null => $"Interrupted while search {search} was handed over. Whether it was accepted: searchcluster status {search}",
            });
            throw;
        }
    }

    /// <summary>Looks whether an interrupted start came as far as a search; null when nobody answers.</summary>
    private static async Task<bool?> IsThereAsync(CommandContext context, ISearchService service, SearchId search)
    {
        try
        {
            return await DeleteCommand.FindAsync(service, search, CancellationToken.None)
                .WaitAsync(LongestLook, context.Environment.Clock, CancellationToken.None) is not null;
        }
        catch (Exception unknown) when (unknown is TimeoutException or SearchServiceException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Other searches of the folder that were interrupted are not trained along with this one; whoever
    /// wants them is told how.</summary>
    private static async Task TellWaitingAsync(CommandContext context, ISearchConnection connection, SearchId search)
    {
        var list = await connection.Service.ListAsync(context.Cancellation);
        foreach (var other in list.Searches.Where(
            other => other.SearchId != search && other.State is SearchLifecycle.Running or SearchLifecycle.Finishing))
        {
            context.Output.Note(
                $"Search {other.SearchId} was interrupted and stays as it is; to continue it: searchcluster resume {other.SearchId}");
        }
    }

    /// <summary>Counts the warnings that were told when they were new.</summary>
    public static void TellWarnings(CommandContext context, SearchId search, SearchDetail? before)
    {
        var warnings = (before?.Warnings?.Count ?? 0) + (before?.OtherWarnings ?? 0);
        if (warnings > 0)
        {
            context.Output.Note($"  {Format.Count(warnings, "warning")} of before: searchcluster status {search}");
        }
    }

    private static async Task AnnounceAsync(CommandContext context, ISearchConnection connection, SearchId search, SearchStart start)
    {
        context.Output.Note(start switch
        {
            SearchStart.New => $"Search {search} started. Another terminal can follow it: searchcluster watch {search}",
            SearchStart.TriedAgain => $"Search {search} failed before by its data or its spec; it is tried again.",
            SearchStart.Continued => $"Search {search} goes on where it stopped.",
            _ => $"Search {search} is over; here are its results. To extend it: "
                + $"{ExtendText.Line(await connection.Service.GetAsync(search, context.Cancellation))}",
        });
        if (start != SearchStart.Over)
        {
            context.Output.Note($"  state {connection.ArtifactFolder}   API {connection.Place}   Ctrl-C stops in order");
        }
    }
}
