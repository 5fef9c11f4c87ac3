using System.CommandLine;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.InProcess;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Joining;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Cli.Options;
using SearchCluster.Hosting.State;
using SearchCluster.Security.Joining;

namespace SearchCluster.Cli.Commands.Cluster;

/// <summary><c>launch</c>: coordinator and workers of this machine as processes that are watched.</summary>
internal sealed class LaunchCommand : CliCommand
{
    private const int DefaultUses = 10;

    private readonly MachineOptions _machine = new();
    private readonly Option<string?> _listen = new("--listen")
    {
        HelpName = "ADDRESS",
        Description = "Address of this machine on which others join, with TLS. Default: only this machine's processes",
    };
    private readonly Option<int?> _tokenUses = Inputs.WholeNumber(
        "--token-uses", "With --listen: machines that may join with the line that is printed, within 24 h. Default: 10; 0 prints none",
        0,
        JoinTokens.MostUses);
    private readonly Option<int?> _port = Inputs.WholeNumber(
        "--port", "Port of the HTTP API ($SEARCHCLUSTER_PORT). Default: 8642; without --listen, or the next free one", 0, 65535);
    private readonly Option<int?> _clusterPort = Inputs.WholeNumber(
        "--cluster-port", "Port for workers ($SEARCHCLUSTER_CLUSTER_PORT). Default: 8643 with --listen, else any free one", 0, 65535);

    private readonly Option<string?> _artifacts = Inputs.Artifacts();

    public LaunchCommand()
        : base(
            "launch",
            "Start a coordinator and a worker for each GPU, and start again what dies",
            "launch",
            "launch --gpus 0,1 --detach",
            "launch --listen 10.0.0.5",
            "launch --gpus none --workers 2 --slots 4")
    {
        Aliases.Add("up");
        _machine.AddTo(this);
        Add(_listen);
        Add(_tokenUses);
        Add(_port);
        Add(_clusterPort);
        Add(_artifacts);
        Works = true;
        SeeAlso = ["join", "nodes", "down", "submit"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        if (context.Settings.Coordinator is { } coordinator)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--coordinator is \"{SafeText.Of(coordinator)}\", but launch starts a coordinator of its own.",
                "workers for a coordinator of another machine: searchcluster join HOST:PORT --token TOKEN",
                CommandCodes.WrongUsage);
        }

        var state = StateFolder.Resolve(context.Settings.State);
        MemberFolder.RequireOwn(state, "a coordinator");
        var uses = Uses(parse);
        var listen = parse.GetValue(_listen) is { } address
            ? ListeningMachine.Prepare(context, state, _machine.Node(parse), address)
            : null;
        var request = _machine.Request(parse, context, state) with
        {
            Listen = listen,
            Port = parse.GetValue(_port),
            ClusterPort = parse.GetValue(_clusterPort),
            Artifacts = parse.GetValue(_artifacts),
        };
        if (!_machine.IsDetached(parse))
        {
            return await LaunchProcess.RunAsync(
                context, request, ready => Invite(context, listen is not null && !DetachedLaunch.IsActive(context) ? uses : 0, ready.Url));
        }

        var ended = await DetachedLaunch.RunAsync(
            context, [.. parse.Tokens.Select(token => token.Value).Where(token => !MachineOptions.IsDetach(token))]);
        if (ended == ExitCodes.Done && listen is not null && JoinLine.AddressOf(state, context.Environment.Clock) is { } where)
        {
            Invite(context, uses, "https://" + where);
        }

        return ended;
    }

    private int Uses(ParseResult parse) => parse.GetValue(_tokenUses) is not { } uses ? DefaultUses
        : parse.GetValue(_listen) is not null ? uses
        : throw new CliException(
            ExitCodes.WrongUsage,
            "--token-uses is given without --listen, but nobody can join a cluster that only this machine reaches.",
            "add --listen ADDRESS, or leave --token-uses out",
            CommandCodes.WrongUsage);

    // To the terminal alone: what is logged stays longer than the token is good for.
    private static void Invite(CommandContext context, int uses, string url)
    {
        if (uses == 0)
        {
            return;
        }

        var line = JoinLine.Create(context, url, uses);
        if (context.Output.IsJson)
        {
            context.Output.WriteJsonLine(new InvitationDocument(line, uses), CliJsonContext.Default.InvitationDocument);
        }
        else
        {
            context.Output.Data.WriteLine(line);
            context.Output.Note(
                $"  lets {Counted.Of(uses, "other machine")} join within {Durations.Of(JoinTokens.DefaultLifetime)}. More: searchcluster "
                    + "token create");
        }
    }
}
