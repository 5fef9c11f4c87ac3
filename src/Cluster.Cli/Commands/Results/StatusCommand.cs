using System.CommandLine;
using SearchCluster.Cli.Commands.Searches;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Rendering;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Findings;
using SearchCluster.Insight.Reports;
using SearchCluster.Insight.Status;
using SearchCluster.Insight.Wording;
using Spectre.Console;

namespace SearchCluster.Cli.Commands.Results;

/// <summary><c>status [SEARCH]</c>: one search on one screen, or the cluster.</summary>
internal sealed class StatusCommand : CliCommand
{
    private readonly Argument<SearchId?> _search = Inputs.OptionalSearch("Name of the search; without it, the cluster");

    public StatusCommand()
        : base("status", "Show where a search stands, or the cluster and its workers", "status digits", "status", "status digits --json")
    {
        Add(_search);
        SeeAlso = ["watch", "trials", "list"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        await using var connection = await context.ReadAsync();
        return parse.GetValue(_search) is { } search
            ? await PrintSearchAsync(context, connection, await connection.Service.GetAsync(search, context.Cancellation))
            : PrintCluster(context, connection, await connection.Service.GetClusterAsync(context.Cancellation));
    }

    private static async Task<int> PrintSearchAsync(CommandContext context, ISearchConnection connection, SearchDetail detail)
    {
        if (context.Output.IsJson)
        {
            var document = StatusDocument.Of(
                detail, await SearchFindings.ReadAsync(connection.Service, detail.SearchId, context.Cancellation));
            context.Output.WriteJson(
                IsAsked(connection) ? document : document with { RemainingSeconds = null }, CliJsonContext.Default.StatusDocument);
            return ExitCodes.Done;
        }

        if (SearchFollower.IsOver(detail))
        {
            await SearchOutcome.WriteAsync(context, connection.Service, detail, connection.ArtifactFolder);
            return ExitCodes.Done;
        }

        var console = context.Output.DataConsole;
        console.Write(SearchDrawing.Render(detail, console.Profile.Width, promises: IsAsked(connection)));
        FailureText.Write(context.Output.Data, detail);
        WarningText.Write(context.Output.Data, [.. WarningText.Lines(detail)]);
        console.WriteLine();
        if (connection is { Kind: ConnectionKind.Offline, Notice: null } && detail.Summary.State == SearchLifecycle.Running)
        {
            context.Output.Note(
                $"No coordinator holds this state folder; unless one runs elsewhere with this journal, nothing trains. Continue with: "
                    + $"searchcluster resume {detail.SearchId}");
        }

        if (await WaitAsync(context, connection, detail) is { } wait)
        {
            context.Output.Note(wait);
        }

        return ExitCodes.Done;
    }

    private static async Task<string?> WaitAsync(CommandContext context, ISearchConnection connection, SearchDetail detail) =>
        connection.Kind == ConnectionKind.Http ? await WorkerWait.ReadAsync(connection.Service, detail, context.Cancellation) : null;

    private static int PrintCluster(CommandContext context, ISearchConnection connection, ClusterView cluster)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                ClusterDocument.Of(cluster, connection.Place, IsAsked(connection)), CliJsonContext.Default.ClusterDocument);
            return ExitCodes.Done;
        }

        var data = context.Output.Data;
        data.WriteLine(connection.Kind == ConnectionKind.Offline
            ? $"coordinator  {(connection.Notice is null ? "none runs" : "one runs, but was not asked")}; state folder {connection.Place}"
            : $"coordinator  {connection.Place}  version {SafeText.Of(cluster.Version)}  started "
                + $"{Format.Ago(cluster.StartedAt, context.Now)}");
        foreach (var standby in (cluster.Coordinators ?? []).Where(one => !one.IsActive))
        {
            data.WriteLine(
                $"stands by    {SafeText.Of(standby.Url)}  process {standby.Pid} on {SafeText.Of(standby.Host)}  since "
                    + Format.Ago(standby.Since, context.Now));
        }

        data.WriteLine($"searches     {cluster.Searches}");
        var workers = IsAsked(connection) ? $"{cluster.Workers.Count}" : "unknown";
        data.WriteLine($"workers      {workers}");
        if (TroubleText.Of(cluster.Trouble, cluster.TroubleSince) is { } trouble)
        {
            data.WriteLine($"journal      {trouble}");
        }

        if (cluster.Workers.Count > 0)
        {
            context.Output.DataConsole.Write(WorkerTable(cluster, context.Now));
        }
        else if (connection.Kind == ConnectionKind.Http)
        {
            context.Output.Note("Nothing trains without a worker. Start one with: searchcluster worker");
        }

        return ExitCodes.Done;
    }

    // A coordinator that does not answer may have any number of workers.
    private static bool IsAsked(ISearchConnection connection) => connection.Kind != ConnectionKind.Offline || connection.Notice is null;

    private static Table WorkerTable(ClusterView cluster, DateTimeOffset now)
    {
        var table = Tables.New("worker", "device", "slots", "busy", "version", "last seen", "takes work");
        foreach (var (worker, held, lastSeenAt, drain) in cluster.Workers)
        {
            table.Row(
                worker.WorkerId.Value,
                $"{worker.Device.Kind} ({worker.Device.Name})",
                $"{worker.Slots}",
                $"{held.Count}",
                worker.Version,
                Format.Ago(lastSeenAt, now),
                drain is null ? "yes" : "no, drained");
        }

        return table;
    }
}
