using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.Hosting.State;
using SearchCluster.Launch.Processes;
using SearchCluster.Launch.State;

namespace SearchCluster.Cli.Commands.Cluster;

/// <summary><c>leave</c>: this machine's workers finish what they run, then what <c>launch</c> started ends.</summary>
internal sealed class LeaveCommand : CliCommand
{
    public LeaveCommand()
        : base(
            "leave",
            "Let the trials that run here finish, then end what launch started",
            "leave",
            "leave --state /srv/searches --timeout 1h")
    {
        Works = true;
        SeeAlso = ["drain", "down", "launch"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        if (!LaunchLock.IsHeld(state))
        {
            return DownCommand.Report(context, state, null);
        }

        var launch = DownCommand.Require(state);
        IReadOnlyList<WorkerId> workers = [.. launch.Processes
            .Where(process => process.Role == ProcessRole.Worker)
            .Select(process => new WorkerId(process.Name))];
        try
        {
            await DrainAsync(context, workers);
        }
        catch (OperationCanceledException)
        {
            context.Output.Note(
                $"All goes on here, but the workers take no more trials. searchcluster leave waits again, searchcluster down ends it now, "
                    + $"and searchcluster drain {string.Join(' ', workers)} --undo has them take trials again.");
            throw;
        }

        await LaunchEnding.EndAsync(state, launch, now: false, context.Environment.Clock, context.Cancellation);

        // The next launch is not to find workers that wait for nothing.
        foreach (var worker in workers)
        {
            DrainMark.Remove(state, worker);
        }

        return DownCommand.Report(context, state, launch);
    }

    private static async Task DrainAsync(CommandContext context, IReadOnlyList<WorkerId> workers)
    {
        await using var connection = await context.Environment.Connector.FindLiveAsync(context.Request, context.Cancellation)
            ?? throw new CliException(
                ExitCodes.Unreachable,
                "The coordinator does not answer, so the workers cannot be told to finish.",
                "see searchcluster nodes; searchcluster down ends all the same, each trial with its state",
                ProblemCodes.NotReachable);
        var cluster = await connection.Service.GetClusterAsync(context.Cancellation);
        var draining = new WorkerDraining(context, connection.Service);
        await draining.WaitAsync(await draining.DrainAsync(
            cluster.Workers.Select(view => view.Worker.WorkerId).Where(workers.Contains), giveBack: false));
    }
}
