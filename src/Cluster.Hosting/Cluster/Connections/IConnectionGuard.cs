namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>Makes the two ends of a new connection sure of each other before Akka hears a byte from it.</summary>
/// <remarks>The seam for TLS: such a guard returns the encrypted stream, and a failed handshake costs its own connection only.</remarks>
internal interface IConnectionGuard
{
    /// <summary>The part of the end that called.</summary>
    /// <param name="connection">The connection, new.</param>
    /// <param name="called">Where it called, <c>host:port</c>.</param>
    /// <param name="cancellation">The deadline.</param>
    /// <returns>What to speak on from now on.</returns>
    /// <exception cref="HandshakeException">The other end is none of ours.</exception>
    Task<Stream> CallAsync(Stream connection, string called, CancellationToken cancellation);

    /// <summary>The part of the end that was called.</summary>
    /// <param name="connection">The connection, new.</param>
    /// <param name="called">Its own address, <c>host:port</c>.</param>
    /// <param name="cancellation">The deadline.</param>
    /// <returns>What to speak on from now on.</returns>
    /// <exception cref="HandshakeException">The other end is none of ours.</exception>
    Task<Stream> AnswerAsync(Stream connection, string called, CancellationToken cancellation);
}
