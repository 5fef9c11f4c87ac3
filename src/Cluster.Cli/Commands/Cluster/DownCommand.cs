using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Hosting.State;
using SearchCluster.Launch.State;

namespace SearchCluster.Cli.Commands.Cluster;

/// <summary><c>down</c>: ends what <c>launch</c> started.</summary>
internal sealed class DownCommand : CliCommand
{
    private readonly Option<bool> _now = new("--now")
    {
        Description = "End all processes at once; trials go on from their last checkpoint at the next start",
    };

    public DownCommand()
        : base(
            "down",
            "End what launch started here; running trials save their state first",
            "down",
            "down --state /srv/searches --now")
    {
        Add(_now);
        SeeAlso = ["launch", "leave", "nodes"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        if (!LaunchLock.IsHeld(state))
        {
            return Report(context, state, null);
        }

        var launch = Require(state);
        await LaunchEnding.EndAsync(state, launch, parse.GetValue(_now), context.Environment.Clock, context.Cancellation);
        return Report(context, state, launch);
    }

    /// <summary>What runs in a folder that a launch holds.</summary>
    internal static LaunchFile Require(StateFolder state) => LaunchFile.TryRead(state) ?? throw new CliException(
        ExitCodes.Conflict,
        $"A launch starts or ends in {state.Root} just now.",
        "try again in some seconds",
        CommandCodes.StateInUse);

    /// <summary>Says what has ended; null for nothing.</summary>
    internal static int Report(CommandContext context, StateFolder state, LaunchFile? launch)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new DownDocument(launch is not null, launch?.Node, launch?.Pid, state.Root), CliJsonContext.Default.DownDocument);
        }
        else
        {
            context.Output.Data.WriteLine(launch is null
                ? $"Nothing that launch started runs in {state.Root}."
                : $"Node {SafeText.Of(launch.Node)} is down: the launch of process {launch.Pid} in {state.Root} has ended.");
        }

        return ExitCodes.Done;
    }
}
