using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.InProcess;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Joining;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Hosting.Membership;
using SearchCluster.Hosting.State;
using SearchCluster.Launch.Supervision;
using SearchCluster.Security;

namespace SearchCluster.Cli.Commands.Cluster;

/// <summary><c>join</c>: this machine becomes a member of the cluster of another one, and works for it.</summary>
internal sealed class JoinCommand : CliCommand
{
    private readonly Argument<string?> _address = new("ADDRESS")
    {
        Description = "Where the coordinator listens, HOST or HOST:PORT. Not needed once this machine has joined",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> _token = new("--token")
    {
        HelpName = "TOKEN",
        Description = "Token for joining, as launch --listen and token create print it. Not needed once this machine has joined",
    };
    private readonly Option<string?> _from = new("--from")
    {
        HelpName = "FILE",
        Description = "File with address and token, the whole line perhaps; - for standard input. Default: $SEARCHCLUSTER_JOIN",
    };
    private readonly Option<bool> _wait = new("--wait")
    {
        Description = "Wait for a coordinator that is not there yet. Default: say so and end",
    };
    private readonly Option<bool> _only = new("--only") { Description = "Become a member, and start no worker" };
    private readonly MachineOptions _machine = new();

    public JoinCommand()
        : base(
            "join",
            "Join the cluster of another machine, and start a worker for each GPU here",
            "join 10.0.0.5:8642 --token scj1.0123456789abcdef0123456789abcdef.7Yb2kQ0x.SECRET",
            "join --from invitation.txt --wait --detach",
            "join")
    {
        Add(_address);
        Add(_token);
        Add(_from);
        Add(_wait);
        Add(_only);
        _machine.AddTo(this);
        Works = true;
        SeeAlso = ["token create", "launch", "leave", "certs show"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        if (context.Settings.Coordinator is { } coordinator)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--coordinator is \"{SafeText.Of(coordinator)}\", but join takes the address as its argument.",
                "for example: searchcluster join 10.0.0.5:8642 --token TOKEN",
                CommandCodes.WrongUsage);
        }

        var state = StateFolder.Resolve(context.Settings.State);
        var membership = await JoinedAsync(parse, context, state);
        if (!DetachedLaunch.IsActive(context))
        {
            Tell(context, state, membership);
        }

        if (parse.GetValue(_only) || membership.Identity.Role == NodeRole.Client)
        {
            return ExitCodes.Done;
        }

        return _machine.IsDetached(parse)
            ? await DetachedLaunch.RunAsync(context, WithoutSecrets(parse))
            : await LaunchProcess.RunAsync(context, _machine.Request(parse, context, state) with
            {
                Elsewhere = new CoordinatorPlace(membership.Cluster.Url, membership.Cluster.ClusterAddress!),

                // By its name in the certificate a machine is let drain its workers.
                Node = membership.Identity.Name,
            });
    }

    private async Task<Membership> JoinedAsync(ParseResult parse, CommandContext context, StateFolder state)
    {
        try
        {
            return await new ClusterJoin(context, state, _machine.GivenNode(parse), parse.GetValue(_wait)).RunAsync(
                await Invitation.FindAsync(context, parse.GetValue(_address), parse.GetValue(_token), parse.GetValue(_from)));
        }
        catch (JoinException refused)
        {
            throw new CliException(
                refused.MayPass ? ExitCodes.Unreachable : ExitCodes.NotAllowed,
                refused.Message,
                refused.MayPass ? "to wait until it answers: searchcluster join --wait" : null,
                refused.Code);
        }
    }

    // The one in the background is a member by then, and command lines are seen by all users of a machine.
    private List<string> WithoutSecrets(ParseResult parse)
    {
        var kept = new List<string>();
        var isValue = false;
        foreach (var token in parse.Tokens.Select(token => token.Value))
        {
            var isLeftOut = isValue || MachineOptions.IsDetach(token);
            isValue = !isValue && (token == _token.Name || token == _from.Name);
            if (!isLeftOut && !isValue)
            {
                kept.Add(token);
            }
        }

        return kept;
    }

    private static void Tell(CommandContext context, StateFolder state, Membership membership)
    {
        var (cluster, identity) = (membership.Cluster, membership.Identity);
        var role = NodeRoles.Word(identity.Role);
        if (context.Output.IsJson)
        {
            context.Output.WriteJsonLine(
                new JoinDocument(
                    membership.IsNew,
                    identity.Name,
                    role,
                    cluster.Url,
                    cluster.ClusterAddress,
                    identity.Expires.UtcDateTime,
                    state.Root),
                CliJsonContext.Default.JoinDocument);
            return;
        }

        context.Output.Note(membership.IsNew
            ? $"{identity.Name} has joined the cluster at {cluster.Url} as {role}. Its key was made here and stays in {identity.Folder}; "
                + $"the certificate lasts until {identity.Expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC."
            : $"{identity.Name} is a member of the cluster at {cluster.Url} ({role}, until "
                + $"{identity.Expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC).");
    }
}
