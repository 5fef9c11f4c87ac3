using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Joining;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Security.Joining;

namespace SearchCluster.Cli.Commands.Members;

/// <summary><c>token revoke ID</c>: nobody joins with it any more.</summary>
internal sealed class TokenRevokeCommand : CliCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "Its id, as token list shows it, or the whole token" };

    public TokenRevokeCommand()
        : base("revoke", "End a token for joining at once; machines that joined with it stay", "token revoke 7Yb2kQ0x")
    {
        Add(_id);
        SeeAlso = ["token list", "certs revoke"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => MemberFiles.GuardAsync(() =>
    {
        using var authority = MemberFiles.Require(context);
        var tokens = new JoinTokens(authority, context.Environment.Clock);
        var given = parse.GetRequiredValue(_id);
        var isNew = tokens.Revoke(given);
        var id = given.Contains('.', StringComparison.Ordinal) ? JoinToken.Parse(given).Id : given;
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(new RevokedDocument(isNew ? [id] : []), CliJsonContext.Default.RevokedDocument);
        }
        else
        {
            context.Output.Note(isNew
                ? $"The token {id} is revoked. Machines that joined with it stay members; searchcluster certs show lists them."
                : $"The token {id} was revoked before.");
        }

        return ExitCodes.Done;
    });
}
