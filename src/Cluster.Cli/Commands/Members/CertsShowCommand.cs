using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Joining;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Machine;
using SearchCluster.Cli.Rendering;
using SearchCluster.Hosting.State;
using SearchCluster.Insight.Wording;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;

namespace SearchCluster.Cli.Commands.Members;

/// <summary><c>certs show</c>: who is a member, and until when.</summary>
internal sealed class CertsShowCommand : CliCommand
{
    public CertsShowCommand()
        : base(
            "show",
            "Show the certificate of this machine and, where the authority lies, those of all members",
            "certs show",
            "certs show --json") =>
        SeeAlso = ["certs revoke", "token create", "doctor"];

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => MemberFiles.GuardAsync(() =>
    {
        Show(context);
        return ExitCodes.Done;
    });

    /// <summary>Shows what is in the state folder.</summary>
    internal static void Show(CommandContext context)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        using var authority = MemberFiles.Find(context);
        var identity = NodeIdentity.Find(Path.Combine(state.Root, NodeIdentity.FolderName), context.Environment.Clock);
        var members = authority is null ? [] : Members(authority);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new CertificatesDocument(
                    authority is null ? null : new(authority.Fingerprint, authority.Expires.UtcDateTime, authority.Folder),
                    identity is null ? null : CertificateJson.Of(identity),
                    members),
                CliJsonContext.Default.CertificatesDocument);
        }
        else
        {
            Print(context, authority, identity, members);
        }
    }

    private static IReadOnlyList<CertificateJson> Members(CertificateAuthority authority)
    {
        var revoked = authority.Revoked.ToDictionary(entry => entry.Serial, entry => entry.At);
        return [.. authority.Issued.Select(entry => CertificateJson.Of(
            entry, revoked.TryGetValue(entry.Serial, out var at) ? at.UtcDateTime : null))];
    }

    private static void Print(
        CommandContext context, CertificateAuthority? authority, NodeIdentity? identity, IReadOnlyList<CertificateJson> members)
    {
        if (authority is null && identity is null)
        {
            context.Output.Note(
                "No certificates here: this state folder is that of one machine. searchcluster launch --listen ADDRESS lets others join it; "
                    + "searchcluster join has this machine join another.");
            return;
        }

        if (authority is not null)
        {
            context.Output.Data.WriteLine($"authority     {authority.Fingerprint}");
            context.Output.Data.WriteLine($"              until {Date(authority.Expires.UtcDateTime)}");
        }

        if (identity is not null)
        {
            context.Output.Data.WriteLine($"this machine  {identity.Name} ({CertificateJson.Of(identity).Role}), {identity.Serial}");
            context.Output.Data.WriteLine($"              until {Date(identity.Expires.UtcDateTime)}");
        }

        if (members.Count > 0)
        {
            context.Output.Data.WriteLine();
            PrintMembers(context, members);
        }
    }

    private static void PrintMembers(CommandContext context, IReadOnlyList<CertificateJson> members)
    {
        var table = new TextTable("name", "role", "hosts", "issued", "expires", "state", "serial");
        foreach (var member in members)
        {
            table.Row(
                member.Name,
                member.Role,
                member.Hosts.Count == 0 ? "-" : string.Join(", ", member.Hosts),
                member.IssuedAt is { } issued ? Format.Ago(new DateTimeOffset(issued, TimeSpan.Zero), context.Now) : "-",
                Date(member.ExpiresAt),
                member.RevokedAt is null ? "valid" : "revoked",
                member.Serial);
        }

        table.Write(context.Output);
    }

    private static string Date(DateTime at) => at.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
}
