using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Cluster;

/// <summary><c>drain NODE...</c>: workers take no more work.</summary>
internal sealed class DrainCommand : CliCommand
{
    private readonly Argument<string[]> _names = new("NODE")
    {
        Description = "Machines or workers, by name, as nodes shows them",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> _now = new("--now")
    {
        Description = "Give back what runs, each trial with its state, so that another worker goes on with it. Default: it may finish",
    };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Return when the workers know, not when they are empty" };
    private readonly Option<bool> _undo = new("--undo") { Description = "Take work again" };

    public DrainCommand()
        : base(
            "drain",
            "Have a machine or a worker take no more trials, and wait until it holds none",
            "drain lab-cuda0",
            "drain lab --now",
            "drain lab --undo")
    {
        Add(_names);
        Add(_now);
        Add(_noWait);
        Add(_undo);
        Works = true;
        SeeAlso = ["nodes", "leave", "down"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var (now, noWait, undo) = (parse.GetValue(_now), parse.GetValue(_noWait), parse.GetValue(_undo));
        if (undo && (now || noWait))
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--undo and {(now ? "--now" : "--no-wait")} say different things: a worker that takes work again gives nothing back.",
                "leave one of them out",
                CommandCodes.WrongUsage);
        }

        await using var connection = await context.Environment.Connector.FindLiveAsync(context.Request, context.Cancellation)
            ?? throw new CliException(
                ExitCodes.Unreachable,
                $"No coordinator runs for {StatePlace(context)}, so no worker can be told.",
                "start one with searchcluster launch or searchcluster coordinator; --state DIR or --coordinator URL looks elsewhere",
                ProblemCodes.NoCoordinator);
        var workers = Chosen(parse.GetRequiredValue(_names), await connection.Service.GetClusterAsync(context.Cancellation));
        if (undo)
        {
            return Print(
                context,
                await Task.WhenAll(workers.Select(worker => connection.Service.UndrainAsync(worker, context.Cancellation))));
        }

        var draining = new WorkerDraining(context, connection.Service);
        try
        {
            var views = await draining.DrainAsync(workers, now);
            return Print(context, noWait ? views : await draining.WaitAsync(views));
        }
        catch (OperationCanceledException)
        {
            context.Output.Note(
                $"{Names(workers)} {(workers.Count == 1 ? "stays" : "stay")} drained. See: searchcluster nodes; undo: searchcluster drain "
                    + $"{string.Join(' ', workers)} --undo");
            throw;
        }
    }

    /// <summary>Finds the workers of names: each is a worker's, or a machine's and means all workers on it.</summary>
    /// <param name="names">As the user wrote them, at least one.</param>
    /// <param name="cluster">The workers.</param>
    /// <returns>Each once, by name.</returns>
    /// <exception cref="CliException">A name is neither.</exception>
    internal static IReadOnlyList<WorkerId> Chosen(IReadOnlyList<string> names, ClusterView cluster)
    {
        var byNode = cluster.Workers.ToLookup(NodeOf, view => view.Worker.WorkerId);
        var byName = cluster.Workers.Select(view => view.Worker.WorkerId).ToDictionary(worker => worker.Value);
        var chosen = new SortedDictionary<string, WorkerId>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            WorkerId[] found = byName.TryGetValue(name, out var worker) ? [worker] : [.. byNode[name]];
            if (found.Length == 0)
            {
                throw Unknown(name, [.. byName.Keys, .. byNode.Select(node => node.Key).OfType<string>()]);
            }

            foreach (var one in found)
            {
                chosen[one.Value] = one;
            }
        }

        return [.. chosen.Values];
    }

    private static string? NodeOf(WorkerView view) => view.Worker.Labels.FirstOrDefault(label => label.Key == NodeName.Label).Value;

    private static string StatePlace(CommandContext context) => Hosting.State.StateFolder.Resolve(context.Settings.State).Root;

    private static string Names(IReadOnlyList<WorkerId> workers) => string.Join(", ", workers);

    private static CliException Unknown(string name, IReadOnlyCollection<string> known) => new(
        ExitCodes.NotFound,
        $"No machine and no worker of the cluster is named \"{SafeText.Of(name)}\".",
        known.Count == 0 ? "no worker is connected; see: searchcluster nodes"
            : Suggestions.Nearest(name, known) is { } near ? $"did you mean {SafeText.Of(near)}? See: searchcluster nodes"
            : $"there are {string.Join(", ", known.Order(StringComparer.Ordinal).Take(20).Select(SafeText.Of))}",
        ProblemCodes.NoSuchWorker);

    private static int Print(CommandContext context, IReadOnlyList<WorkerView> views)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new DrainDocument([.. views.Select(view => new DrainedWorkerJson(
                    view.Worker.WorkerId.Value, view.Drain is not null, view.Drain?.Since.UtcDateTime, view.Held.Count))]),
                CliJsonContext.Default.DrainDocument);
            return ExitCodes.Done;
        }

        foreach (var view in views)
        {
            context.Output.Data.WriteLine(view switch
            {
                { Drain: null } => $"{view.Worker.WorkerId} takes work again.",
                { Held.Count: 0 } => $"{view.Worker.WorkerId} is drained and holds nothing.",
                _ => $"{view.Worker.WorkerId} takes no more work; it holds {Format.Count(view.Held.Count, "trial")}.",
            });
        }

        if (views.Any(view => view.Drain is not null))
        {
            context.Output.Note(
                $"  undo: searchcluster drain {string.Join(' ', views.Select(view => view.Worker.WorkerId))} --undo");
        }

        return ExitCodes.Done;
    }
}
