using System.Net.Sockets;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Cluster.Connections.Tls;
using SearchCluster.Hosting.Membership;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;
using SearchCluster.Security.Joining;

namespace SearchCluster.Cli.Joining;

/// <summary>Makes this machine a member of a cluster: finds out who the coordinator is by the hash in the token, has a key certified that
/// was made here, and remembers the place. One that is a member already stays so, without a token.</summary>
/// <param name="context">The command.</param>
/// <param name="state">Where certificate and place are kept.</param>
/// <param name="given">What this machine is to be called; null for its host name.</param>
/// <param name="waits">Whether a coordinator that is not there yet is waited for.</param>
internal sealed class ClusterJoin(CommandContext context, StateFolder state, string? given, bool waits)
{
    // Certificates are valid from an hour before they are issued, for clocks that are behind.
    private static readonly TimeSpan MostClockDifference = TimeSpan.FromMinutes(50);
    private static readonly TimeSpan NotedClockDifference = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PortPatience = TimeSpan.FromSeconds(5);

    /// <summary>Joins, or finds that this was done.</summary>
    /// <param name="invitation">Where, and with which token.</param>
    /// <exception cref="CliException">Something is missing, or does not fit.</exception>
    /// <exception cref="JoinException">The coordinator cannot be reached, or refuses.</exception>
    /// <exception cref="TrustException">The token, the authority or a file of the folder is refused.</exception>
    public async Task<Membership> RunAsync(Invitation invitation)
    {
        state.Create();
        if (CertificateAuthority.Exists(state.AuthorityFolder))
        {
            throw new CliException(
                ExitCodes.Conflict,
                $"{SafeText.Of(state.Root)} is the state folder of a coordinator: it holds the authority of a cluster.",
                "start this machine's processes with searchcluster launch, or join with another folder: --state DIR",
                CommandCodes.StateInUse);
        }

        var member = Known(invitation);
        if (member is not null
            && await MemberWelcome.IsRefusedAsync(new Uri(member.Cluster.Url), member.Identity, context.Cancellation))
        {
            invitation = Again(member, invitation);
            member = null;
        }

        var membership = member ?? await JoinAsync(invitation);
        await CheckPortAsync(membership);
        return membership;
    }

    // Its certificate was taken back, and only a new token helps.
    private static Invitation Again(Membership member, Invitation invitation) => invitation.Token is null
        ? throw new CliException(
            ExitCodes.NotAllowed,
            $"The coordinator at {SafeText.Of(member.Cluster.Url)} does not let {member.Identity.Name} in any more: its certificate "
                + $"{member.Identity.Serial} was revoked there, or the cluster has a new authority.",
            "join again with a new token, which searchcluster token create prints on the coordinator's machine",
            ProblemCodes.Untrusted)
        : invitation with
        {
            Address = invitation.Address ?? (JoinAddress.TryParse(member.Cluster.Url, out var before) ? before : null),
        };

    private Membership? Known(Invitation invitation)
    {
        var joined = JoinedCluster.TryRead(state);
        NodeIdentity? identity;
        try
        {
            identity = NodeIdentity.Find(state.IdentityFolder, context.Environment.Clock);
        }
        catch (TrustException) when (invitation.Token is not null)
        {
            // Expired, or half lost: the token is there for that. Whom the folder trusted before does not count.
            return null;
        }

        if (identity is null || joined is null)
        {
            return null;
        }

        if (invitation.Token is { } token && !identity.TrustsAny(token.IsFor))
        {
            throw new CliException(
                ExitCodes.Conflict,
                $"{SafeText.Of(state.Root)} is a member of the cluster at {SafeText.Of(joined.Url)}, but the token is for another one.",
                $"join with another folder (--state DIR), or leave that cluster: remove {SafeText.Of(state.IdentityFolder)}",
                CommandCodes.StateInUse);
        }

        if (given is not null && given != identity.Name)
        {
            throw new CliException(
                ExitCodes.Conflict,
                $"--node is {given}, but this machine is a member of the cluster as {identity.Name}, and its certificate says so.",
                $"leave --node out, or join as {given} with another folder (--state DIR) and a new token",
                CommandCodes.StateInUse);
        }

        if (invitation.Address is { } address && new Uri(joined.Url) != address.Url)
        {
            // It has moved, or has another name: whoever answers there has to show a certificate of the same cluster.
            joined = joined with
            {
                Url = address.Url.GetLeftPart(UriPartial.Authority),
                ClusterAddress = joined.ClusterAddress?.Split(':')[^1] is { } port ? $"{address.Host}:{port}" : null,
            };
            joined.Write(state);
        }

        return new(joined, identity, false);
    }

    private async Task<Membership> JoinAsync(Invitation invitation)
    {
        if (invitation is not { Address: { } address, Token: { } token })
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"{SafeText.Of(state.Root)} is no member of a cluster yet, so "
                    + $"{(invitation.Address is null ? "the coordinator's address is" : "a token is")} needed to join one.",
                "searchcluster token create, on the coordinator's machine, prints the line to type here",
                CommandCodes.WrongUsage);
        }

        if (address.Host.IsLoopback)
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"The address is {address}, which is this machine itself, but machines join over a network.",
                "give the address that the coordinator's machine has there; it listens there with: searchcluster launch --listen ADDRESS",
                CommandCodes.WrongUsage);
        }

        var authority = await ReachedAsync(() => VerifyAsync(address, token));
        using var client = new JoinClient(
            address.Url, shown => authority.Refusal(shown, address.Url.DnsSafeHost), context.Environment.Clock);
        var name = given ?? SearchCluster.Hosting.NodeName.Of(Environment.MachineName);
        using var request = SigningRequest.Create(state.IdentityFolder, name);
        var grant = await ReachedAsync(() => client.JoinAsync(
            token.Value, new JoinRequest(request.Pem, name, Hosts(address)), context.Cancellation));
        request.Accept(grant.Certificate, grant.Authorities);
        var joined = new JoinedCluster(address.Url.GetLeftPart(UriPartial.Authority), grant.ClusterAddress, context.Now);
        joined.Write(state);
        return new(joined, NodeIdentity.Find(state.IdentityFolder, context.Environment.Clock)!, true);
    }

    // Nothing secret is sent before the hash was compared.
    private async Task<OfferedAuthority> VerifyAsync(JoinAddress address, JoinToken token)
    {
        using var stranger = new JoinClient(address.Url, judge: null, context.Environment.Clock);
        var offered = await stranger.AskAsync(context.Cancellation);
        var authority = OfferedAuthority.Verify(offered.Authority, token, $"{address}", context.Environment.Clock);
        if (offered.Version != ProductVersion.Current)
        {
            throw new CliException(
                ExitCodes.VersionMismatch,
                $"The coordinator at {address} has version {offered.Version}, but this tool has {ProductVersion.Current}, and the machines "
                    + "of a cluster need the same.",
                "install the coordinator's version here, or this one there; the token was not sent and can still be used",
                ProblemCodes.NotUnderstood);
        }

        CheckClock(address, offered.Ahead);
        return authority;
    }

    private void CheckClock(JoinAddress address, TimeSpan? ahead)
    {
        if (ahead is not { } difference || difference.Duration() < NotedClockDifference)
        {
            return;
        }

        var text = $"The clock of this machine is {Durations.Of(TimeSpan.FromSeconds(Math.Round(difference.Duration().TotalSeconds)))} "
            + $"{(difference > TimeSpan.Zero ? "behind" : "ahead of")} that of the coordinator at {address}";
        if (difference.Duration() > MostClockDifference)
        {
            throw new TrustException(
                SecurityCodes.ClocksDiffer,
                $"{text}, but certificates have a time from which and until which they are valid. Set both clocks right, best by NTP, then "
                    + "join again; the token was not sent and can still be used.");
        }

        context.Output.Warn($"{text}. Set both right, best by NTP: logs and traces are compared by time, and certificates expire by it.");
    }

    /// <summary>Tries again while a coordinator that is not there yet is waited for.</summary>
    private async Task<T> ReachedAsync<T>(Func<Task<T>> work)
    {
        var told = (string?)null;
        using var timer = new PeriodicTimer(BetweenTries, context.Environment.Clock);
        while (true)
        {
            try
            {
                return await work();
            }
            catch (JoinException absent) when (absent.MayPass && waits)
            {
                if (told != absent.Message)
                {
                    context.Output.Note($"{SafeText.Of(absent.Message)} It is tried again every {Durations.Of(BetweenTries)}.");
                    told = absent.Message;
                }

                await timer.WaitForNextTickAsync(context.Cancellation);
            }
        }
    }

    // For people who look at certificates: nobody calls a worker.
    private static ValueArray<string> Hosts(JoinAddress address)
    {
        try
        {
            using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(address.Url.DnsSafeHost, address.Port);
            return socket.LocalEndPoint is System.Net.IPEndPoint local ? [NodeAddress.TextOf(local.Address).Trim('[', ']')] : [];
        }
        catch (SocketException)
        {
            return [];
        }
    }

    /// <summary>Workers connect to a port of its own, which a firewall may close though it lets people join.</summary>
    private async Task CheckPortAsync(Membership membership)
    {
        if (membership.Identity.Role != NodeRole.Worker)
        {
            return;
        }

        if (membership.Cluster.ClusterAddress is not { } place || !place.Contains(':', StringComparison.Ordinal))
        {
            throw new CliException(
                ExitCodes.Unreachable,
                $"The coordinator at {SafeText.Of(membership.Cluster.Url)} takes no workers: it has no port for them.",
                "start it with searchcluster launch --listen ADDRESS or searchcluster coordinator",
                ProblemCodes.NotReachable);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        using var patience = context.Environment.Clock.CreateTimer(_ => limit.Cancel(), null, PortPatience, Timeout.InfiniteTimeSpan);
        string? trouble;
        try
        {
            trouble = await MemberPort.TroubleAsync(place, membership.Identity, limit.Token);
        }
        catch (OperationCanceledException) when (!context.Cancellation.IsCancellationRequested)
        {
            trouble = $"no answer within {Durations.Of(PortPatience)}";
        }

        if (trouble is not null)
        {
            // A member that starts beside its coordinator, after a power cut perhaps, waits for it.
            context.Output.Warn(
                $"The coordinator's port for workers, {SafeText.Of(place)}, does not let workers in now ({SafeText.Of(trouble)}). They "
                    + "wait for it. If the coordinator runs, let its firewall pass TCP to that port.");
        }
    }
}
