using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Joining;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Cli.Options;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Joining;

namespace SearchCluster.Cli.Commands.Members;

/// <summary><c>token create</c>: lets machines join.</summary>
internal sealed class TokenCreateCommand : CliCommand
{
    private const string Client = "client";

    private readonly Option<string> _role = Inputs.Choice(
        "--role", "What who joins with it becomes", "worker", "worker", Client);

    private readonly Option<TimeSpan?> _lifetime = Inputs.Duration("--expires-in", "How long it lasts, at most 90d. Default: 24h");
    private readonly Option<int?> _uses = Inputs.WholeNumber(
        "--uses", "How many machines may join with it. Default: 1", 1, JoinTokens.MostUses);

    public TokenCreateCommand()
        : base(
            "create",
            "Make a token by which machines can join the cluster of this state folder",
            "token create",
            "token create --uses 8 --expires-in 2h",
            "token create --role client --json")
    {
        Add(_role);
        Add(_lifetime);
        Add(_uses);
        SeeAlso = ["join", "token list", "token revoke", "certs show"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var lifetime = parse.GetValue(_lifetime) ?? JoinTokens.DefaultLifetime;
        if (lifetime <= TimeSpan.Zero || lifetime > JoinTokens.LongestLifetime)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--expires-in is {Durations.Of(lifetime)}, but must be more than 0 s and at most "
                    + $"{Durations.Of(JoinTokens.LongestLifetime)}.",
                "make another token when that one has expired",
                CommandCodes.WrongUsage);
        }

        return MemberFiles.GuardAsync(() =>
        {
            using var authority = MemberFiles.Ensure(context);
            var role = parse.GetRequiredValue(_role) == Client ? NodeRole.Client : NodeRole.Worker;
            var tokens = new JoinTokens(authority, context.Environment.Clock);
            var token = tokens.Create(role, lifetime, parse.GetValue(_uses) ?? 1);
            Print(context, token, tokens.Entries.Single(entry => entry.Id == token.Id));
            return ExitCodes.Done;
        });
    }

    private static void Print(CommandContext context, JoinToken token, JoinTokenEntry entry)
    {
        var line = JoinLine.AddressOf(StateFolder.Resolve(context.Settings.State), context.Environment.Clock) is { } address
            ? JoinLine.Of(address, token)
            : null;
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new TokenDocument(token.Value, line, JoinTokenJson.Of(entry, context.Now)), CliJsonContext.Default.TokenDocument);
            return;
        }

        context.Output.Data.WriteLine(token.Value);
        context.Output.Note(
            $"Lets {Counted.Of(entry.Uses, "machine")} join as {entry.Role} until {entry.Expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC. It is "
                + $"shown this once; searchcluster token revoke {entry.Id} ends it.");
        context.Output.Note(line is null
            ? "  next: let the coordinator listen where others reach it: searchcluster launch --listen ADDRESS"
            : $"  on the other machine: {line}");
    }
}
