using System.Globalization;
using System.Net;
using SearchCluster.Hosting;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>Checks <see cref="CoordinatorOptions"/> and reports all violations at once.</summary>
internal static class CoordinatorOptionsRules
{
    /// <summary>Checks.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="CoordinatorStartException">Something is outside its range.</exception>
    public static void ThrowIfUnusable(this CoordinatorOptions options)
    {
        var problems = Problems(options).ToList();
        if (problems.Count > 0)
        {
            throw new CoordinatorStartException(string.Join(Environment.NewLine, problems));
        }
    }

    /// <summary>Reads a loopback address.</summary>
    /// <param name="host">localhost, 127.x.x.x or ::1.</param>
    /// <returns>Null when it is anything else.</returns>
    public static IPAddress? Loopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address) ? address
        : null;

    private static IEnumerable<string> Problems(CoordinatorOptions options)
    {
        if (Loopback(options.HttpHost) is null)
        {
            yield return NotLoopback("The HTTP address", options.HttpHost);
        }

        if (options.Mode == ActorMode.Clustered && Loopback(options.ClusterHost) is null)
        {
            yield return NotLoopback("The address for workers", options.ClusterHost);
        }

        foreach (var (name, port) in new[] { ("HTTP port", options.HttpPort), ("port for workers", options.ClusterPort) })
        {
            if (port is < 0 or > ushort.MaxValue)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"The {name} is {port}, but must be 0 to {ushort.MaxValue}.");
            }
        }

        foreach (var (name, time) in new[] { ("lease time", options.LeaseTime), ("heartbeat interval", options.HeartbeatInterval), ("start-up timeout", options.StartupTimeout), ("request timeout", options.RequestTimeout) })
        {
            if (time <= TimeSpan.Zero)
            {
                yield return $"The {name} is {time}, but must be positive.";
            }
        }

        if (options.LeaseTime < 2 * options.HeartbeatInterval)
        {
            yield return $"The lease time is {options.LeaseTime}, but must be at least twice the heartbeat interval of {options.HeartbeatInterval}.";
        }

        if (options.SnapshotInterval < 1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The snapshot interval is {options.SnapshotInterval}, but must be at least 1.");
        }
    }

    private static string NotLoopback(string what, string host) =>
        $"{what} is \"{host}\", but this release listens on loopback only (127.0.0.1, ::1, localhost): other addresses need TLS, which it does not have yet. Use an SSH tunnel to reach it from elsewhere.";
}
