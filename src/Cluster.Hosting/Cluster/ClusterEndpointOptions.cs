using System.Globalization;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Cluster;

/// <summary>Where a process listens for the others and whom it joins.</summary>
public sealed record ClusterEndpointOptions
{
    /// <summary>What members know each other by.</summary>
    public required ClusterKey Key { get; init; }

    /// <summary>Address to listen on and to be known by; see <see cref="LoopbackAddress"/>. Default 127.0.0.1.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Address that others use, when it differs from <see cref="Host"/>; null when not.</summary>
    public string? PublicHost { get; init; }

    /// <summary>Port to listen on; 0 for any free one. Default 0.</summary>
    public int Port { get; init; }

    /// <summary>What this member does, see <see cref="ClusterRoles"/>. At least one.</summary>
    public required ValueArray<string> Roles { get; init; }

    /// <summary>Members to join, each <c>host:port</c>. Empty: the member joins itself once it is started (a coordinator).</summary>
    public ValueArray<string> Seeds { get; init; } = [];

    /// <summary>From the first byte to the last of a handshake; what is honest takes milliseconds. Default 10 s.</summary>
    public TimeSpan HandshakeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Told of each process that was called (<c>host:port</c>) and does not have the key; may come
    /// from any thread. Null for nobody.</summary>
    public Action<string>? CalledForeigner { get; init; }

    /// <summary>Writes an address as Akka names it.</summary>
    /// <param name="endpoint"><c>host:port</c>.</param>
    /// <returns>For example <c>akka.tcp://searchcluster@127.0.0.1:8643</c>.</returns>
    public static string ActorSystemAddress(string endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var colon = endpoint.LastIndexOf(':');
        return $"akka.tcp://{CoreExtensions.ActorSystemName}@{LoopbackAddress.Canonical(endpoint[..colon])}{endpoint[colon..]}";
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
        if (string.IsNullOrWhiteSpace(Host))
        {
            yield return "Host is empty; give an address of this machine.";
        }
        else if (LoopbackAddress.Refusal("Host", Host) is { } refusal)
        {
            yield return refusal;
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
