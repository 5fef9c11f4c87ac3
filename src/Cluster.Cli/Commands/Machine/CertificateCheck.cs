using System.Globalization;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;

namespace SearchCluster.Cli.Commands.Machine;

/// <summary>Whether the certificates of the state folder can be used, and how long.</summary>
internal static class CertificateCheck
{
    private const string Name = "certificates";

    // Whoever has to let all machines join anew needs some weeks for it.
    private static readonly TimeSpan AuthorityNear = TimeSpan.FromDays(30);

    public static Check Run(StateFolder state, TimeProvider clock)
    {
        try
        {
            var identity = NodeIdentity.Find(Path.Combine(state.Root, NodeIdentity.FolderName), clock);
            var folder = state.AuthorityFolder;
            using var authority = CertificateAuthority.Exists(folder) ? CertificateAuthority.Open(folder, clock) : null;
            _ = authority?.Revoked;
            return Of(identity, authority, clock.GetUtcNow());
        }
        catch (TrustException refused)
        {
            return new(Name, CheckResult.Problem, refused.Message);
        }
    }

    private static Check Of(NodeIdentity? identity, CertificateAuthority? authority, DateTimeOffset now)
    {
        if (identity is null && authority is null)
        {
            return new(Name, CheckResult.Ok, "none; the searches of this state folder run on one machine");
        }

        var parts = new List<string>();
        if (identity is not null)
        {
            parts.Add($"{identity.Name} is a {NodeRoles.Word(identity.Role)} {Until(identity.Expires, now)}");
        }

        if (authority is not null)
        {
            parts.Add($"the authority signs {Until(authority.Expires, now)}");
        }

        var detail = string.Join("; ", parts);
        return identity is not null && now >= identity.RenewalDue
            ? new(Name, CheckResult.Note, detail, "renew it before that (docs/http-api.md), or join again with a new token")
            : authority is not null && authority.Expires - now < AuthorityNear
                ? new(Name, CheckResult.Note, detail, "move its folder away before that, make a new one, and let all machines join again")
                : new(Name, CheckResult.Ok, detail);
    }

    private static string Until(DateTimeOffset at, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"until {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC ({Counted.Of((long)(at - now).TotalDays, "day")} left)");
}
