using System.Globalization;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.State;
using SearchCluster.Security.Identities;

namespace SearchCluster.Hosting.Cluster;

/// <summary>Where a process listens for the others and whom it joins.</summary>
public sealed record ClusterEndpointOptions
{
    /// <summary>What members on loopback know each other by; needed there.</summary>
    public ClusterKey? Key { get; init; }

    /// <summary>What members on a network know each other by; needed where <see cref="Host"/> is not loopback.</summary>
    public NodeIdentity? Identity { get; init; }

    /// <summary>Address to listen on and to be known by; see <see cref="AddressRule"/>. Default 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port to listen on; 0 for any free one. Default 0.</summary>
    public int Port { get; init; }

    /// <summary>What this member does, see <see cref="ClusterRoles"/>. At least one.</summary>
    public required ValueArray<string> Roles { get; init; }

    /// <summary>Members to join, each <c>host:port</c>. Empty: the member joins itself once it is started (a coordinator).</summary>
    public ValueArray<string> Seeds { get; init; } = [];

    /// <summary>From the first byte to the last of a handshake; what is honest takes milliseconds. Default 10 s.</summary>
    public TimeSpan HandshakeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Told of each process that was called (<c>host:port</c>) and is no member of this cluster, with what is wrong between the
    /// two certificates, or null where it does not have the key. May come from any thread. Null for nobody.</summary>
    public Action<string, string?>? CalledForeigner { get; init; }

    internal NodeAddress Address => NodeAddress.TryParse(Host) ?? throw new InvalidOperationException("The options were not checked.");

    /// <summary>Writes an address as Akka names it.</summary>
    /// <param name="endpoint"><c>host:port</c>.</param>
    /// <returns>For example <c>akka.tcp://searchcluster@127.0.0.1:8643</c>.</returns>
    public static string ActorSystemAddress(string endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var colon = endpoint.LastIndexOf(':');
        return $"akka.tcp://{CoreExtensions.ActorSystemName}@{NodeAddress.Canonical(endpoint[..colon])}{endpoint[colon..]}";
    }

    /// <summary>Checks all members and reports all that is wrong at once.</summary>
    /// <exception cref="ArgumentException">Something is.</exception>
    public void ThrowIfUnusable()
    {
        var problems = Problems().ToList();
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", problems));
        }
    }

    private static bool IsEndpoint(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= ushort.MaxValue;
    }

    private IEnumerable<string> Problems()
    {
        if (NodeAddress.TryParse(Host) is not { } address)
        {
            yield return $"Host {NodeAddress.Misfit(Host)}.";
        }
        else if (address.IsLoopback && Key is null)
        {
            yield return $"Host is {address}, but there is no key, by which members on loopback know each other.";
        }
        else if (!address.IsLoopback && Identity is null)
        {
            yield return $"Host is {address}, but there is no certificate, by which members on a network know each other.";
        }

        if (Port is < 0 or > ushort.MaxValue)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Port is {Port}, but must be 0 to {ushort.MaxValue}.");
        }

        if (Roles.Count == 0)
        {
            yield return "Roles is empty, but must name at least one.";
        }

        foreach (var seed in Seeds.Where(seed => !IsEndpoint(seed)))
        {
            yield return $"Seed \"{seed}\" is not an endpoint; write host:port.";
        }
    }
}
