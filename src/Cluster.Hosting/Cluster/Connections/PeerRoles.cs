using System.Collections.Concurrent;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>Which members have shown a certificate that lets them be a coordinator, and which have not. Thread-safe.</summary>
internal sealed class PeerRoles
{
    // A cluster has some hundreds of members, and each start of one comes with a new port.
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, bool> _mayLead = new(StringComparer.Ordinal);

    /// <summary>Remembers what a process has shown last.</summary>
    /// <param name="endpoint">By which it is known, <c>host:port</c>.</param>
    /// <param name="mayLead">True when it may be a coordinator.</param>
    public void Note(string endpoint, bool mayLead)
    {
        if (_mayLead.Count >= Most)
        {
            // Those that are still there connect again before they are judged.
            _mayLead.Clear();
        }

        _mayLead[endpoint] = mayLead;
    }

    /// <summary>Tells whether a process may be a coordinator.</summary>
    /// <param name="endpoint">By which it is known.</param>
    /// <returns>Null when it has shown nothing here yet.</returns>
    public bool? MayLead(string endpoint) => _mayLead.TryGetValue(endpoint, out var mayLead) ? mayLead : null;
}
