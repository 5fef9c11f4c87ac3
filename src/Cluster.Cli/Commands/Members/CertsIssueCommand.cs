using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Joining;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Identities;

namespace SearchCluster.Cli.Commands.Members;

/// <summary><c>certs issue</c>: this machine, which has the authority, gets a certificate as coordinator.</summary>
internal sealed class CertsIssueCommand : CliCommand
{
    private readonly Argument<string[]> _hosts = new("HOST")
    {
        Description = "Addresses and names by which other machines call the coordinator",
        Arity = new ArgumentArity(1, Security.NodeName.MostHosts),
    };
    private readonly Option<string?> _name = new("--name") { HelpName = "NAME", Description = "Of this machine. Default: its host name" };

    public CertsIssueCommand()
        : base(
            "issue",
            "Give the coordinator of this state folder a certificate, in the place of the one it has",
            "certs issue 10.0.0.5",
            "certs issue 10.0.0.5 lab.example --name lab")
    {
        Add(_hosts);
        Add(_name);
        SeeAlso = ["launch", "certs show", "token create"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => MemberFiles.GuardAsync(() =>
    {
        var state = StateFolder.Resolve(context.Settings.State);
        using var authority = MemberFiles.Ensure(context);
        OwnCertificate.Issue(
            authority,
            state.IdentityFolder,
            parse.GetValue(_name) ?? Hosting.NodeName.Of(System.Environment.MachineName),
            NodeRole.Coordinator,
            parse.GetRequiredValue(_hosts));
        CertsShowCommand.Show(context);
        return ExitCodes.Done;
    });
}
