namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>Makes the two ends of a new connection sure of each other before Akka hears a byte from it.</summary>
/// <remarks>A failed handshake costs its own connection only, whatever the other end does in the middle of it.</remarks>
internal interface IConnectionGuard
{
    /// <summary>What a member shows, as it stands in a sentence.</summary>
    string Proof { get; }

    /// <summary>The part of the end that called.</summary>
    /// <param name="connection">The connection, new.</param>
    /// <param name="called">Where it called, <c>host:port</c>.</param>
    /// <param name="cancellation">The deadline.</param>
    /// <returns>The other end.</returns>
    /// <exception cref="HandshakeException">The other end is none of ours.</exception>
    Task<Peer> CallAsync(Stream connection, string called, CancellationToken cancellation);

    /// <summary>The part of the end that was called.</summary>
    /// <param name="connection">The connection, new.</param>
    /// <param name="called">Its own address, <c>host:port</c>.</param>
    /// <param name="cancellation">The deadline.</param>
    /// <returns>The other end.</returns>
    /// <exception cref="HandshakeException">The other end is none of ours.</exception>
    Task<Peer> AnswerAsync(Stream connection, string called, CancellationToken cancellation);
}
