using System.Globalization;
using SearchCluster.Hosting.ActorSystems;

namespace SearchCluster.Hosting.Cluster;

/// <summary>Where a coordinator listens, for workers and for other coordinators, and whom it joins.</summary>
public sealed record ClusterEndpointOptions : ConnectionOptions
{
    /// <summary>Address to listen on and to be known by; see <see cref="AddressRule"/>. Default 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port to listen on; 0 for any free one. Default 0.</summary>
    public int Port { get; init; }

    /// <summary>Coordinators to join, each <c>host:port</c>. Empty: it joins itself once it is started.</summary>
    public ValueArray<string> Seeds { get; init; } = [];

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

    internal static bool IsEndpoint(string text)
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
        else if (MissingProof("Host", address) is { } missing)
        {
            yield return missing;
        }

        if (Port is < 0 or > ushort.MaxValue)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Port is {Port}, but must be 0 to {ushort.MaxValue}.");
        }

        foreach (var seed in Seeds.Where(seed => !IsEndpoint(seed)))
        {
            yield return $"Seed \"{seed}\" is not an endpoint; write host:port.";
        }
    }
}
