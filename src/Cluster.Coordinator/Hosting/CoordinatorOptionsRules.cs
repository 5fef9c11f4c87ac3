using System.Globalization;
using SearchCluster.Coordinator.Options;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Security;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>Checks <see cref="CoordinatorOptions"/> and reports all violations at once.</summary>
internal static class CoordinatorOptionsRules
{
    private static readonly NodeRole[] Roles = [NodeRole.Coordinator];

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

    private static IEnumerable<string> Addresses(CoordinatorOptions options)
    {
        if (AddressRule.Refusal("The HTTP address", options.HttpHost, Roles, options.StateFolder, options.Clock) is { } http)
        {
            yield return http;
        }

        if (options.Mode == ActorMode.Local)
        {
            yield break;
        }

        if (AddressRule.Refusal("The address for workers", options.ClusterHost, Roles, options.StateFolder, options.Clock) is { } cluster)
        {
            yield return cluster;
            yield break;
        }

        var own = NodeAddress.TryParse(options.ClusterHost)!;
        if (!own.IsLoopback && NodeAddress.TryParse(options.HttpHost) is { IsLoopback: true } local)
        {
            // Theirs would be called instead, and shown the token.
            yield return $"Workers are to come to {own}, but the HTTP address is {local}, which workers of other machines do not reach, "
                + $"and checkpoints and models go over HTTP. Give --host {own} as well.";
        }
    }

    private static IEnumerable<string> Problems(CoordinatorOptions options)
    {
        foreach (var refusal in Addresses(options))
        {
            yield return refusal;
        }

        if (ArtifactStores.Refusal(options) is { } place)
        {
            yield return place;
        }

        if (options.StateFolder.SharedRoot != options.StateFolder.Root && options.Journal is not PostgresJournal)
        {
            // Nothing would keep two coordinators from writing the same results.
            yield return $"The shared folder is {options.StateFolder.SharedRoot} (--shared, $SEARCHCLUSTER_SHARED), but the journal is a "
                + "file of this machine, which no other coordinator sees. Name the database with $SEARCHCLUSTER_POSTGRES, or leave "
                + "--shared out.";
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
