using System.Collections.Concurrent;
using System.Globalization;
using Akka.Actor;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>The open connections of workers, by the addresses that they announced. Thread-safe.</summary>
public sealed class WorkerConnections
{
    private readonly ConcurrentDictionary<string, object> _open = new(StringComparer.OrdinalIgnoreCase);

    internal WorkerConnections()
    {
    }

    /// <summary>Tells whether the process of an actor is in touch: in this process, or over a connection that is open.</summary>
    /// <param name="system">Where it is asked.</param>
    /// <param name="address">Of the actor.</param>
    /// <returns>True also while the other end is frozen or cut off, for some seconds.</returns>
    public static bool IsOpen(ActorSystem system, Address address)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(address);
        return !address.HasGlobalScope
            || (system.Settings.Setup.Get<GuardedTcpSetup>() is { HasValue: true } setup
                && setup.Value.Workers._open.ContainsKey(
                    string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}")));
    }

    /// <summary>Gives a connection the address that it announced.</summary>
    /// <param name="endpoint"><c>host:port</c>.</param>
    /// <param name="connection">Which.</param>
    /// <returns>False when another one has it: what is meant for that worker must not go here.</returns>
    internal bool TryEnter(string endpoint, object connection) => _open.TryAdd(endpoint, connection);

    /// <summary>A connection is over.</summary>
    /// <param name="connection">Which.</param>
    internal void Leave(object connection)
    {
        foreach (var entry in _open.Where(entry => ReferenceEquals(entry.Value, connection)))
        {
            _open.TryRemove(entry);
        }
    }
}
