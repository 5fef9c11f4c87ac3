using System.Security.Cryptography;
using System.Text;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>Both ends prove to each other that they have the key of the cluster, and never send it.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>caller</term><description>40 bytes: greeting, its nonce</description></item>
/// <item><term>called</term><description>64 bytes: its nonce, its proof; so the caller, which may be a person's
/// worker, can tell what is wrong</description></item>
/// <item><term>caller</term><description>32 bytes: its proof; zeros when that of the other end is wrong</description></item>
/// <item><term>called</term><description>1 byte: welcome</description></item>
/// </list>
/// A proof is an HMAC over role, both nonces and the address that was called. The nonces keep an old one from
/// being shown again, the role keeps one from being sent back to its maker, and the address keeps a process that took over a member's old
/// port from passing the messages on. All lengths are fixed, so whoever has not shown the key makes nobody keep more than these bytes.
/// </remarks>
internal sealed class KeyHandshake(ClusterKey key) : IConnectionGuard
{
    private const int NonceLength = 32;
    private const int ProofLength = 32;
    private const byte Welcome = 1;

    /// <inheritdoc />
    public string Proof => "the key of this cluster";

    /// <summary>How every connection of a member begins; its last digit is the version.</summary>
    internal static ReadOnlySpan<byte> Greeting => "SCKey001"u8;

    /// <inheritdoc />
    public async Task<Peer> CallAsync(Stream connection, string called, CancellationToken cancellation)
    {
        var own = RandomNumberGenerator.GetBytes(NonceLength);
        await connection.WriteAsync((byte[])[.. Greeting, .. own], cancellation);

        var challenge = await ReadAsync(connection, NonceLength + ProofLength, cancellation);
        var theirs = challenge[..NonceLength];
        if (!IsProof(challenge.AsSpan(NonceLength), Role.Called, own, theirs, called))
        {
            await TurnAwayAsync(connection, cancellation);
            throw new HandshakeException(HandshakeFault.OtherKey);
        }

        await connection.WriteAsync(Prove(Role.Caller, own, theirs, called), cancellation);
        return (await ReadAsync(connection, 1, cancellation))[0] == Welcome
            ? new Peer(connection)
            : throw new HandshakeException(HandshakeFault.Garbage);
    }

    /// <inheritdoc />
    public async Task<Peer> AnswerAsync(Stream connection, string called, CancellationToken cancellation)
    {
        // Judged as soon as it is there: what is no greeting need not wait for more bytes, or for the deadline.
        var greeting = await ReadAsync(connection, Greeting.Length, cancellation);
        if (!greeting.AsSpan().SequenceEqual(Greeting))
        {
            throw new HandshakeException(HandshakeFault.Garbage);
        }

        var theirs = await ReadAsync(connection, NonceLength, cancellation);
        var own = RandomNumberGenerator.GetBytes(NonceLength);
        await connection.WriteAsync((byte[])[.. own, .. Prove(Role.Called, theirs, own, called)], cancellation);

        if (!IsProof(await ReadAsync(connection, ProofLength, cancellation), Role.Caller, theirs, own, called))
        {
            throw new HandshakeException(HandshakeFault.OtherKey);
        }

        await connection.WriteAsync((byte[])[Welcome], cancellation);
        return new Peer(connection);
    }

    // No proof at all, so that the other end can tell its people of the other key, too: an end alone could be a process that was killed.
    private static async Task TurnAwayAsync(Stream connection, CancellationToken cancellation)
    {
        try
        {
            await connection.WriteAsync(new byte[ProofLength], cancellation);
        }
        catch (IOException)
        {
            // It is gone already; what is wrong is known all the same.
        }
    }

    private bool IsProof(ReadOnlySpan<byte> proof, Role role, byte[] caller, byte[] answerer, string called) =>
        CryptographicOperations.FixedTimeEquals(proof, Prove(role, caller, answerer, called));

    // The address comes last, since it alone has no fixed length.
    private byte[] Prove(Role role, byte[] caller, byte[] answerer, string called) =>
        key.Prove([.. Greeting, (byte)role, .. caller, .. answerer, .. Encoding.UTF8.GetBytes(called)]);

    private static async Task<byte[]> ReadAsync(Stream connection, int length, CancellationToken cancellation)
    {
        var bytes = new byte[length];
        try
        {
            await connection.ReadExactlyAsync(bytes, cancellation);
            return bytes;
        }
        catch (EndOfStreamException ended)
        {
            throw new HandshakeException(HandshakeFault.Ended, inner: ended);
        }
    }

    private enum Role : byte
    {
        Caller = 1,
        Called = 2,
    }
}
