using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;

namespace SearchCluster.Hosting.Membership;

/// <summary>Renews the certificate of a state folder in the last third of its time: with the authority where that lies in the folder too,
/// else with the coordinator. A folder without a certificate costs a look every ten minutes.</summary>
/// <remarks>Several processes of a machine may do so at once: the lock of the identity folder lets one at a time, and the next finds that
/// nothing is due.</remarks>
/// <param name="state">The folder.</param>
/// <param name="coordinator">Address of the HTTP API; null while it is not known.</param>
/// <param name="clock">Says what is due.</param>
/// <param name="log">Told of renewals, and of those that fail.</param>
public sealed partial class CertificateRenewal(
    StateFolder state, Func<Uri?> coordinator, TimeProvider clock, ILogger<CertificateRenewal> log) : BackgroundService
{
    private static readonly NodeRole[] Coordinators = [NodeRole.Coordinator];
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(10);

    // Ten days are left when the first fails: who reads logs sees one line every some hours, not one every look.
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromHours(6);

    private DateTimeOffset _warned = DateTimeOffset.MinValue;

    /// <summary>Looks once.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>True when a new certificate was written.</returns>
    public async Task<bool> LookAsync(CancellationToken cancellation)
    {
        NodeIdentity? identity = null;
        try
        {
            identity = NodeIdentity.Find(state.IdentityFolder, clock);
            if (identity is null || !IsDue(identity) || !await RenewAsync(identity, cancellation))
            {
                return false;
            }

            LogRenewed(log, identity.Name, identity.Expires);
            _warned = DateTimeOffset.MinValue;
            return true;
        }
        catch (Exception failure) when (failure is TrustException or JoinException)
        {
            Warn(identity, failure.Message);
            return false;
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, clock);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private bool IsDue(NodeIdentity identity) => clock.GetUtcNow() >= identity.RenewalDue;

    private async Task<bool> RenewAsync(NodeIdentity identity, CancellationToken cancellation)
    {
        var folder = state.AuthorityFolder;
        if (CertificateAuthority.Exists(folder))
        {
            using var authority = CertificateAuthority.Open(folder, clock);
            OwnCertificate.Issue(authority, identity.Folder, identity.Name, identity.Role, identity.Hosts);
            return true;
        }

        if (coordinator() is not { } url || url.Scheme != Uri.UriSchemeHttps)
        {
            return false;
        }

        using var request = SigningRequest.Create(identity.Folder, identity.Name);
        if (!IsDue(identity))
        {
            return false;
        }

        using var client = new JoinClient(url, shown => identity.Refusal(shown, Coordinators, url.DnsSafeHost), clock);
        var grant = await client.RenewAsync(
            new RenewalRequest(
                identity.Certificate.ExportCertificatePem(), request.Pem, Convert.ToBase64String(identity.SignRenewal(request.Pem))),
            cancellation);
        request.Accept(grant.Certificate, identity.AuthoritiesWith(grant.Authorities));
        return true;
    }

    private void Warn(NodeIdentity? identity, string reason)
    {
        if (clock.GetUtcNow() - _warned >= BetweenWarnings)
        {
            _warned = clock.GetUtcNow();
            if (identity is null)
            {
                LogUnusable(log, reason);
            }
            else
            {
                LogNotRenewed(log, identity.Name, identity.Expires, reason);
            }
        }
    }

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Information, Message = "The certificate of {Name} was renewed and lasts until {Expires:u}")]
    private static partial void LogRenewed(ILogger logger, string name, DateTimeOffset expires);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "The certificate of {Name} ends at {Expires:u} and could not be renewed; it is tried again every 10 min. {Reason}")]
    private static partial void LogNotRenewed(ILogger logger, string name, DateTimeOffset expires, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The certificate of this machine cannot be used. {Reason}")]
    private static partial void LogUnusable(ILogger logger, string reason);
}
