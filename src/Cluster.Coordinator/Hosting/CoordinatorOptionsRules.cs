using System.Globalization;
using SearchCluster.Coordinator.Options;
using SearchCluster.Hosting;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>Checks <see cref="CoordinatorOptions"/> and reports all violations at once.</summary>
internal static class CoordinatorOptionsRules
{
    /// <summary>Checks.</summary>
    /// <exception cref="CoordinatorOptionsException">Something is outside its range.</exception>
    public static void ThrowIfUnusable(this CoordinatorOptions options)
    {
        var problems = Problems(options).ToList();
        if (problems.Count > 0)
        {
            throw new CoordinatorOptionsException(string.Join(Environment.NewLine, problems));
        }
    }

    private static IEnumerable<string> Problems(CoordinatorOptions options)
    {
        if (LoopbackAddress.Refusal("The HTTP address", options.HttpHost) is { } http)
        {
            yield return http;
        }

        if (options.Mode == ActorMode.Clustered && LoopbackAddress.Refusal("The address for workers", options.ClusterHost) is { } cluster)
        {
            yield return cluster;
        }

        foreach (var (name, port) in new[] { ("HTTP port", options.HttpPort), ("port for workers", options.ClusterPort) })
        {
            if (port is < 0 or > ushort.MaxValue)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"The {name} is {port}, but must be 0 to {ushort.MaxValue}.");
            }
        }

        foreach (var (name, time) in new[]
        {
            ("lease time", options.LeaseTime),
            ("heartbeat interval", options.HeartbeatInterval),
            ("start-up timeout", options.StartupTimeout),
            ("request timeout", options.RequestTimeout),
        })
        {
            if (time <= TimeSpan.Zero)
            {
                yield return $"The {name} is {Durations.Of(time)}, but must be positive.";
            }
        }

        if (options.LeaseTime < 2 * options.HeartbeatInterval)
        {
            yield return $"The lease time is {Durations.Of(options.LeaseTime)}, but must be at least twice the heartbeat interval of "
                + $"{Durations.Of(options.HeartbeatInterval)}.";
        }

        if (options.SnapshotInterval < 1)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"The snapshot interval is {options.SnapshotInterval}, but must be at least 1.");
        }
    }
}
