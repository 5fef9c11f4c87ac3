using System.Net;
using System.Net.Sockets;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Identities;

namespace SearchCluster.Hosting.Cluster;

/// <summary>The one rule for every address that a process listens on or calls as a member of a cluster: loopback in the clear, with the
/// secrets of the state folder (token, key); any other one with TLS and a certificate, which names the address where it is one's own;
/// else the process does not start.</summary>
public static class AddressRule
{
    /// <summary>Says why a process may not listen on an address.</summary>
    /// <param name="what">Which one, as the start of a sentence.</param>
    /// <param name="host">What was given.</param>
    /// <param name="roles">What the certificate of the process may say that it is.</param>
    /// <param name="state">The folder in which its certificate lies.</param>
    /// <param name="clock">Certificates expire.</param>
    /// <returns>A sentence with a way out; null when it may.</returns>
    public static string? Refusal(string what, string? host, IReadOnlyList<NodeRole> roles, StateFolder state, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (NodeAddress.TryParse(host) is not { } address)
        {
            return $"{what} {(string.IsNullOrWhiteSpace(host) ? "" : $"\"{ForeignText.OneLine(host, 100)}\" ")}{NodeAddress.Misfit(host)}.";
        }

        if (address.IsLoopback)
        {
            return null;
        }

        return IdentityRefusal(
            $"{what} is {address}, which other machines reach, so it needs TLS",
            " Or listen on loopback (127.0.0.1) and use an SSH tunnel to reach it from elsewhere.",
            identity => identity.Refusal(identity.Certificate, roles, address.Host),
            state,
            clock) ?? Unresolvable(what, address);
    }

    /// <summary>Says why a process may not call a coordinator as its worker.</summary>
    /// <param name="host">Of the coordinator.</param>
    /// <param name="state">The folder in which the certificate of the worker's machine lies; which hosts that names is no matter.</param>
    /// <param name="clock">Certificates expire.</param>
    /// <returns>A sentence with a way out; null when it may.</returns>
    public static string? CallRefusal(string? host, StateFolder state, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(state);
        return NodeAddress.TryParse(host) is not { } address
            ? $"The coordinator is at \"{ForeignText.OneLine(host ?? "", 100)}\", which {NodeAddress.Misfit(host)}."
            : address.IsLoopback ? null
            : IdentityRefusal(
                $"The coordinator is at {address}, on a network, so workers speak TLS with it",
                "",
                identity => identity.Refusal(identity.Certificate, Callers, calledHost: null),
                state,
                clock);
    }

    /// <summary>Says why a coordinator at one address may not call one at another: they call each other both ways, and from
    /// another machine nobody calls a loopback address.</summary>
    /// <param name="what">Whose address it is, as the start of a sentence.</param>
    /// <param name="called">The host of it.</param>
    /// <param name="own">The address of the caller.</param>
    /// <returns>A sentence with a way out; null when it may.</returns>
    public static string? Unlike(string what, string? called, NodeAddress own)
    {
        ArgumentNullException.ThrowIfNull(own);
        return NodeAddress.TryParse(called) is not { } address
            ? $"{what} is at \"{ForeignText.OneLine(called ?? "", 100)}\", which {NodeAddress.Misfit(called)}."
            : address.IsLoopback == own.IsLoopback ? null
            : address.IsLoopback
                ? $"{what} is at {address}, which is loopback, but this process listens on {own}: the coordinators of a cluster are all "
                    + "on loopback or all on a network, since they call each other."
                : $"{what} is at {address}, but this process listens on {own}, where only this machine reaches it: the coordinators "
                    + "of a cluster call each other. Listen on an address of this machine that the others reach (--cluster-host).";
    }

    /// <summary>Finds out where to listen.</summary>
    /// <param name="address">The address, a name perhaps.</param>
    /// <exception cref="AddressException">Nobody knows the name, or it means loopback.</exception>
    public static IPAddress Resolve(NodeAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Ip ?? (Unresolvable("The address to listen on", address) is { } problem
            ? throw new AddressException(problem)
            : Dns.GetHostAddresses(address.Text)[0]);
    }

    // On the coordinator's machine a worker may share its state folder, and with it its certificate.
    private static readonly NodeRole[] Callers = [NodeRole.Worker, NodeRole.Coordinator];

    private const string GetOne = "docs/security.md says how a machine gets one.";

    private static string? IdentityRefusal(
        string start, string otherWay, Func<NodeIdentity, string?> misfitOf, StateFolder state, TimeProvider clock)
    {
        try
        {
            return NodeIdentity.Find(state.IdentityFolder, clock) is not { } identity
                ? $"{start}, but there is no certificate of this machine in {state.IdentityFolder}. {GetOne}{otherWay}"
                : misfitOf(identity) is { } misfit ? $"{start}, but the certificate in {state.IdentityFolder} does not do. {misfit}"
                : null;
        }
        catch (TrustException broken)
        {
            return $"{start}, but the certificate of this machine cannot be used. {broken.Message}";
        }
    }

    // Some systems give a machine's own name a loopback address in /etc/hosts.
    private static string? Unresolvable(string what, NodeAddress address)
    {
        if (address.Ip is not null)
        {
            return null;
        }

        try
        {
            return Dns.GetHostAddresses(address.Text) is [var first, ..] && !IPAddress.IsLoopback(first)
                ? null
                : $"{what} is {address}, which means loopback on this machine (see /etc/hosts), where others do not reach it. Give the IP "
                    + "address of this machine instead, or correct the name.";
        }
        catch (SocketException unknown)
        {
            return $"{what} is {address}, but that name cannot be looked up: {unknown.Message}. Give the IP address of this machine.";
        }
    }
}
