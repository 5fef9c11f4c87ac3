using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Cluster;

/// <summary>Lets in whoever has the key of the cluster, and says of anybody else who it was; once each, since peers try again.</summary>
internal sealed class PeerCheck(ClusterKey key)
{
    private const int Remembered = 100;

    private readonly ConcurrentDictionary<string, bool> _told = [];

    /// <summary>Decides.</summary>
    /// <param name="certificate">What the peer showed, or null.</param>
    /// <param name="peer">Where it is.</param>
    /// <param name="log">The log.</param>
    /// <returns>True when it may come in.</returns>
    public bool Accept(X509Certificate2? certificate, string peer, ILoggingAdapter log)
    {
        if (key.IsShownBy(certificate))
        {
            return true;
        }

        if (_told.Count < Remembered && _told.TryAdd(peer, true))
        {
            log.Error("The process at {Peer} has another key than this cluster and is refused; coordinator and workers of one cluster use one state folder", peer);
        }

        return false;
    }
}
