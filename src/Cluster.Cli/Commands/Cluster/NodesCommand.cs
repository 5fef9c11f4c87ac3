using System.CommandLine;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Cli.Rendering;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;
using SearchCluster.Insight.Wording;
using SearchCluster.Launch.Processes;
using SearchCluster.Launch.State;
using SearchCluster.Launch.Supervision;

namespace SearchCluster.Cli.Commands.Cluster;

/// <summary><c>nodes</c>: the machines of the cluster and their processes.</summary>
internal sealed class NodesCommand : CliCommand
{
    private const string Connected = "connected";

    public NodesCommand()
        : base("nodes", "Show the machines of the cluster and their processes", "nodes", "nodes --json") =>
        SeeAlso = ["launch", "drain", "logs", "status"];

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        var launch = context.Settings.Coordinator is null && LaunchLock.IsHeld(state) ? LaunchFile.TryRead(state) : null;
        await using var connection = await context.ReadAsync();
        var cluster = await connection.Service.GetClusterAsync(context.Cancellation);
        var nodes = Nodes(launch, cluster);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(new NodesDocument(nodes), CliJsonContext.Default.NodesDocument);
        }
        else
        {
            Print(context, nodes, connection);
        }

        return ExitCodes.Done;
    }

    /// <summary>Brings together what the launcher of this machine and the coordinator know.</summary>
    internal static IReadOnlyList<NodeJson> Nodes(LaunchFile? launch, ClusterView cluster)
    {
        var workers = cluster.Workers.ToDictionary(view => view.Worker.WorkerId.Value);
        var here = launch is null ? [] : launch.Processes.Select(process => Of(process, workers.GetValueOrDefault(process.Name))).ToList();
        var elsewhere = workers.Values.Where(view => here.TrueForAll(process => process.Name != view.Worker.WorkerId.Value))
            .GroupBy(view => view.Worker.Labels.FirstOrDefault(label => label.Key == NodeName.Label).Value)
            .OrderBy(group => group.Key is null)
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new NodeJson(
                group.Key, false, [.. group.OrderBy(view => view.Worker.WorkerId.Value, StringComparer.Ordinal).Select(Of)]));
        return launch is null ? [.. elsewhere] : [new(launch.Node, true, here), .. elsewhere];
    }

    private static NodeProcessJson Of(WorkerView view) => new()
    {
        Name = view.Worker.WorkerId.Value,
        Role = Words.Of(ProcessRole.Worker),
        State = Connected,
        Device = view.Worker.Device.Name,
        Slots = view.Worker.Slots,
        Busy = view.Held.Count,
        LastSeenAt = view.LastSeenAt.UtcDateTime,
        DrainedSince = view.Drain?.Since.UtcDateTime,
    };

    private static NodeProcessJson Of(ProcessView process, WorkerView? worker) => new()
    {
        Name = process.Name,
        Role = Words.Of(process.Role),
        State = Words.Of(process.Phase),
        Device = worker?.Worker.Device.Name ?? process.Device,
        Pid = process.Pid,
        Restarts = process.Restarts,
        LastEnd = process.LastEnd,
        Since = process.Since.UtcDateTime,
        Slots = worker?.Worker.Slots,
        Busy = worker?.Held.Count,
        LastSeenAt = worker?.LastSeenAt.UtcDateTime,
        DrainedSince = worker?.Drain?.Since.UtcDateTime,
    };

    private static string StateText(NodeProcessJson process) => process switch
    {
        { DrainedSince: null } => process.State,
        { Busy: > 0 } => "draining",
        _ => "drained",
    };

    private static void Print(CommandContext context, IReadOnlyList<NodeJson> nodes, ISearchConnection connection)
    {
        if (nodes.Count == 0)
        {
            context.Output.Note(connection.Kind == ConnectionKind.Offline
                ? "Nothing runs here. Start a coordinator and workers with: searchcluster launch"
                : "No worker is connected. Start one with: searchcluster worker");
            return;
        }

        var table = new TextTable("node", "process", "device", "slots", "busy", "state", "since", "seen", "pid", "restarts");
        foreach (var node in nodes)
        {
            foreach (var process in node.Processes)
            {
                table.Row(
                    node.Name ?? "-",
                    process.Name,
                    process.Device ?? "-",
                    process.Slots is { } slots ? $"{slots}" : "-",
                    process.Busy is { } busy ? $"{busy}" : "-",
                    StateText(process),
                    Ago(process.Since, context.Now),
                    Ago(process.LastSeenAt, context.Now),
                    process.Pid is { } pid ? $"{pid}" : "-",
                    process.Restarts is { } restarts ? $"{restarts}" : "-");
            }
        }

        table.Write(context.Output);
        if (nodes.SelectMany(node => node.Processes).Where(process => process.DrainedSince is not null).ToList() is { Count: > 0 } drained)
        {
            context.Output.Note(
                "Drained workers take no trials. Undo: searchcluster drain "
                    + $"{string.Join(' ', drained.Select(process => process.Name))} --undo");
        }

        foreach (var down in nodes.SelectMany(node => node.Processes).Where(IsDown))
        {
            context.Output.Note(
                $"{down.Name} {down.LastEnd}. See: searchcluster logs {down.Name}"
                    + (down.State == Words.Of(ProcessPhase.Failed) ? "; it stays down until the next launch" : ""));
        }
    }

    private static bool IsDown(NodeProcessJson process) =>
        process.LastEnd is not null
            && (process.State == Words.Of(ProcessPhase.Failed) || process.State == Words.Of(ProcessPhase.Waiting));

    private static string Ago(DateTime? at, DateTimeOffset now) =>
        at is { } known ? Format.Ago(new DateTimeOffset(known, TimeSpan.Zero), now) : "-";
}
