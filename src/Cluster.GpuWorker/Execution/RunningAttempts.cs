using System.Collections.Concurrent;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>The attempts that run in this process, for who has to tell of its end while they do. Thread-safe.</summary>
public static class RunningAttempts
{
    private static readonly ConcurrentDictionary<AttemptHost, bool> Hosts = new();

    /// <summary>Leases of attempts that have begun and not ended, in the order of their text.</summary>
    public static IReadOnlyList<LeaseKey> Read() =>
        [.. Hosts.Keys.SelectMany(host => host.RunningLeases).OrderBy(lease => lease.ToString(), StringComparer.Ordinal)];

    internal static void Add(AttemptHost host) => Hosts[host] = true;

    internal static void Remove(AttemptHost host) => Hosts.TryRemove(host, out _);
}
