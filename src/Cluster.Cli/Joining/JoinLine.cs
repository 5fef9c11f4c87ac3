using SearchCluster.Cli.Invocation;
using SearchCluster.Hosting;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.Security.Identities;
using SearchCluster.Security.Joining;

namespace SearchCluster.Cli.Joining;

/// <summary>What somebody types on another machine.</summary>
internal static class JoinLine
{
    /// <summary>Writes the line.</summary>
    /// <param name="address">Of the coordinator, <c>host:port</c>.</param>
    /// <param name="token">With its secret.</param>
    public static string Of(string address, JoinToken token) => $"searchcluster join {address} --token {token.Value}";

    /// <summary>Makes a token for workers and writes the line.</summary>
    /// <param name="context">The command.</param>
    /// <param name="url">Of the coordinator's HTTP API.</param>
    /// <param name="uses">How many machines may join with it.</param>
    /// <exception cref="TrustException">The authority cannot be used.</exception>
    public static string Create(CommandContext context, string url, int uses)
    {
        using var authority = MemberFiles.Require(context);
        var token = new JoinTokens(authority, context.Environment.Clock).Create(NodeRole.Worker, JoinTokens.DefaultLifetime, uses);
        return Of(new Uri(url).Authority, token);
    }

    /// <summary>Finds where other machines join the coordinator of a state folder: where it listens, else where its certificate says that it
    /// is called.</summary>
    /// <param name="state">The folder.</param>
    /// <param name="clock">Says which certificates are valid.</param>
    /// <returns><c>host:port</c>; null where it is on loopback, or nobody knows.</returns>
    public static string? AddressOf(StateFolder state, TimeProvider clock)
    {
        if (CoordinatorLock.IsHeld(state) && CoordinatorEndpoint.TryRead(state) is { } endpoint)
        {
            return new Uri(endpoint.Url) is { Scheme: "https" } url ? url.Authority : null;
        }

        try
        {
            return NodeIdentity.Find(state.IdentityFolder, clock) is { Role: NodeRole.Coordinator, Hosts: [var host, ..] }
                && NodeAddress.TryParse(host) is { } address
                ? $"{address}:{Coordinator.Options.CoordinatorDefaults.HttpPort}"
                : null;
        }
        catch (TrustException)
        {
            // doctor and certs show tell what is wrong with it.
            return null;
        }
    }
}
