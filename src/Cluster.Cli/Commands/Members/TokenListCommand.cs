using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Joining;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Cli.Rendering;
using SearchCluster.Insight.Wording;
using SearchCluster.Security.Joining;

namespace SearchCluster.Cli.Commands.Members;

/// <summary><c>token list</c>: the tokens by which machines can join.</summary>
internal sealed class TokenListCommand : CliCommand
{
    public TokenListCommand()
        : base("list", "List the tokens for joining, without their secrets", "token list", "token list --json") =>
        SeeAlso = ["token create", "token revoke", "certs show"];

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => MemberFiles.GuardAsync(() =>
    {
        using var authority = MemberFiles.Find(context);
        var entries = authority is null ? [] : new JoinTokens(authority, context.Environment.Clock).Entries;
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new TokenListDocument([.. entries.Select(entry => JoinTokenJson.Of(entry, context.Now))]),
                CliJsonContext.Default.TokenListDocument);
            return ExitCodes.Done;
        }

        if (entries.Count == 0)
        {
            context.Output.Note("No tokens for joining. Make one with: searchcluster token create");
            return ExitCodes.Done;
        }

        var table = new TextTable("id", "role", "uses left", "created", "expires", "state");
        foreach (var entry in entries)
        {
            table.Row(
                entry.Id,
                entry.Role,
                $"{entry.UsesLeft} of {entry.Uses}",
                Format.Ago(entry.Created, context.Now),
                $"{entry.Expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
                JoinTokenJson.Of(entry, context.Now).State);
        }

        table.Write(context.Output);
        return ExitCodes.Done;
    });
}
