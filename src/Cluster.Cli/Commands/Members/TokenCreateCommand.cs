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

    private readonly Option<bool> _line = new("--line")
    {
        Description = "Print the whole line to type on another machine, for join --from FILE",
    };

    public TokenCreateCommand()
        : base(
            "create",
            "Make a token by which machines can join the cluster of this state folder",
            "token create",
            "token create --uses 8 --expires-in 2h",
            "token create --line --uses 16",
            "token create --role client --json")
    {
        Add(_role);
        Add(_lifetime);
        Add(_uses);
        Add(_line);
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

        var address = JoinLine.AddressOf(StateFolder.Resolve(context.Settings.State), context.Environment.Clock);
        if (parse.GetValue(_line) && address is null)
        {
            throw new CliException(
                ExitCodes.Conflict,
                "--line is to tell where other machines call the coordinator, but it does not listen for others, or never did.",
                "start it with searchcluster launch --listen ADDRESS, or give it a certificate for that: searchcluster certs issue ADDRESS",
                SecurityCodes.IdentityUnusable);
        }

        return MemberFiles.GuardAsync(() =>
        {
            using var authority = MemberFiles.Ensure(context);
            var role = parse.GetRequiredValue(_role) == Client ? NodeRole.Client : NodeRole.Worker;
            var tokens = new JoinTokens(authority, context.Environment.Clock);
            var token = tokens.Create(role, lifetime, parse.GetValue(_uses) ?? 1);
            Print(
                context,
                token,
                address is null ? null : JoinLine.Of(address, token),
                tokens.Entries.Single(entry => entry.Id == token.Id),
                parse.GetValue(_line));
            return ExitCodes.Done;
        });
    }

    private static void Print(CommandContext context, JoinToken token, string? line, JoinTokenEntry entry, bool isLine)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new TokenDocument(token.Value, line, JoinTokenJson.Of(entry, context.Now)), CliJsonContext.Default.TokenDocument);
            return;
        }

        context.Output.Data.WriteLine(isLine ? line : token.Value);
        context.Output.Note(
            $"Lets {Counted.Of(entry.Uses, "machine")} join as {entry.Role} until {entry.Expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC. It is "
                + $"shown this once; searchcluster token revoke {entry.Id} ends it.");
        if (isLine)
        {
            return;
        }

        context.Output.Note(line is null
            ? "  next: let the coordinator listen where others reach it: searchcluster launch --listen ADDRESS"
            : $"  on the other machine: {line}");
    }
}
