using System.Security.Cryptography.X509Certificates;
using SearchCluster.Security.Certificates;

namespace SearchCluster.Security.Identities;

/// <summary>The rule for the certificate of whoever is at the other end of a connection.</summary>
internal static class PeerCheck
{
    /// <summary>Looks at a certificate.</summary>
    /// <param name="peer">What the other end showed; null when nothing.</param>
    /// <param name="authorities">Who may have signed it.</param>
    /// <param name="allowed">Roles that may be there.</param>
    /// <param name="calledHost">The host that was called, which the certificate has to name; null when the other end called.</param>
    /// <param name="now">Decides what is valid.</param>
    /// <returns>A sentence that says what is wrong and what to do; null when it is a member.</returns>
    public static string? Refusal(
        X509Certificate2? peer,
        X509Certificate2Collection authorities,
        IReadOnlyList<NodeRole> allowed,
        string? calledHost,
        DateTimeOffset now)
    {
        if (peer is null)
        {
            return "The other end showed no certificate, but members of this cluster show one. Let its machine join the cluster "
                + "(searchcluster token create on the coordinator's machine makes the token).";
        }

        var who = $"The certificate of {Quoted(CertificateFacts.NameOf(peer))}, issued by {Quoted(CertificateFacts.IssuerOf(peer))},";
        return ValidityRefusal(peer, who, now)
            ?? (ChainTrouble(peer, authorities, now) is { } trouble
                ? $"{who} is not one of this cluster: {trouble}. Let its machine join this cluster with a token, or give the address of "
                    + "the coordinator that it belongs to."
                : null)
            ?? RoleRefusal(peer, who, allowed)
            ?? (calledHost is null ? null : HostRefusal(peer, who, calledHost));
    }

    /// <summary>Says why a certificate was not signed, for members, by one of the authorities.</summary>
    /// <returns>The middle of a sentence; null when it was.</returns>
    public static string? ChainTrouble(X509Certificate2 certificate, X509Certificate2Collection authorities, DateTimeOffset now)
    {
        if (CertificateFacts.IsAuthority(certificate))
        {
            return "it is the certificate of an authority, and not that of a member";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTimeIgnored = false,
            VerificationTime = now.UtcDateTime,
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var purpose in LeafRequest.Purposes)
        {
            chain.ChainPolicy.ApplicationPolicy.Add(purpose);
        }

        return chain.Build(certificate) ? null : Described(chain, authorities);
    }

    private static string Described(X509Chain chain, X509Certificate2Collection authorities)
    {
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        return status switch
        {
            _ when status.HasFlag(X509ChainStatusFlags.PartialChain) || status.HasFlag(X509ChainStatusFlags.UntrustedRoot) =>
                "no authority that is trusted here signed it ("
                    + string.Join(", ", authorities.Select(authority =>
                        $"{Quoted(CertificateFacts.NameOf(authority))} {CertificateFacts.FingerprintOf(authority)[..16]}…")) + ")",
            _ when status.HasFlag(X509ChainStatusFlags.NotSignatureValid) => "its signature is not that of the authority that it names",
            _ when status.HasFlag(X509ChainStatusFlags.NotValidForUsage) =>
                "it may not be used for both ends of a connection (serverAuth and clientAuth)",
            _ when status.HasFlag(X509ChainStatusFlags.NotTimeValid) => "the certificate of its authority is not valid at this time",
            _ => $"its chain is refused ({status})",
        };
    }

    private static string? ValidityRefusal(X509Certificate2 peer, string who, DateTimeOffset now)
    {
        if (now >= CertificateFacts.Expires(peer))
        {
            return $"{who} expired at {Moment.Of(CertificateFacts.Expires(peer))}; it is {Moment.Of(now)} here. Let its machine join again "
                + "with a new token; if it renewed its certificate in time, set this machine's clock right.";
        }

        return now < CertificateFacts.Begins(peer)
            ? $"{who} is valid from {Moment.Of(CertificateFacts.Begins(peer))}, but it is {Moment.Of(now)} here. Set the clocks of both "
                + "machines right."
            : null;
    }

    private static string? RoleRefusal(X509Certificate2 peer, string who, IReadOnlyList<NodeRole> allowed) =>
        CertificateFacts.RoleOf(peer) switch
        {
            null => $"{who} names no role, or more than one, but a member has one. Let its machine join again with a new token.",
            { } role when !allowed.Contains(role) =>
                $"{who} is that of {NodeRoles.Phrase([role])}, but only {NodeRoles.Phrase(allowed)} may be at the other end here. "
                    + "Look at the address that was called, or let the machine join again with a token of that role.",
            _ => null,
        };

    private static string? HostRefusal(X509Certificate2 peer, string who, string calledHost)
    {
        var host = calledHost.Trim('[', ']');
        if (NodeName.IsHost(host) && peer.MatchesHostname(host, allowWildcards: false, allowCommonName: false))
        {
            return null;
        }

        var hosts = CertificateFacts.HostsOf(peer);
        return $"{who} is not for the host {Quoted(ForeignText.OneLine(calledHost, NodeName.MaximumLength))} that was called, but for "
            + $"{(hosts.Count == 0 ? "none" : string.Join(", ", hosts))}. Call one of those, or start the coordinator so that it is told "
            + "that address.";
    }

    private static string Quoted(string text) => $"\"{text}\"";
}
