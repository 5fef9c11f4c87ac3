using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Joining;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;

namespace SearchCluster.Cli.Commands.Members;

/// <summary><c>certs revoke NAME</c>: a member is none any more.</summary>
internal sealed class CertsRevokeCommand : CliCommand
{
    private readonly Argument<string> _member = new("NAME")
    {
        Description = "Name of a member, all of whose certificates it means, or the serial number of one",
    };

    public CertsRevokeCommand()
        : base("revoke", "Take the certificates of a member back; it is not let in any more", "certs revoke lab2")
    {
        Add(_member);
        SeeAlso = ["certs show", "token revoke"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => MemberFiles.GuardAsync(() =>
    {
        using var authority = MemberFiles.Require(context);
        var member = parse.GetRequiredValue(_member);
        var revoked = authority.Revoke(member);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new RevokedDocument([.. revoked.Select(entry => entry.Serial)]), CliJsonContext.Default.RevokedDocument);
        }
        else
        {
            context.Output.Note(revoked.Count == 0
                ? $"All certificates of {SafeText.Of(member)} were revoked before."
                : $"{Counted.Of(revoked.Count, "certificate")} of {revoked[0].Name} revoked. It can join again only with a new token.");
        }

        return ExitCodes.Done;
    });
}
