using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Transport;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>TCP between the processes of a cluster: Akka learns of a connection only after both ends have shown that they belong
/// together.</summary>
/// <remarks>
/// Takes the place of Akka's own transport, which reads frames from anybody, logs each stray connection with two stack traces, and ends the
/// actor system when a TLS handshake fails that a peer did not finish. Here a handshake that fails costs its own connection only.
/// </remarks>
#pragma warning disable CA1001 // Akka ends a transport by Shutdown, which disposes them.
internal abstract class GuardedTransport : Transport
#pragma warning restore CA1001
{
    private readonly TimeSpan _handshakeLimit;
    private readonly ConcurrentDictionary<PeerConnection, bool> _connections = new(ReferenceEqualityComparer.Instance);
    private readonly CancellationTokenSource _ending = new();

    protected GuardedTransport(ActorSystem system, Config config, IConnectionGuard guard, TimeSpan handshakeLimit)
    {
        (System, Config) = (system, config);
        (Guard, _handshakeLimit) = (guard, handshakeLimit);
        Log = Akka.Event.Logging.GetLogger(system, GetType());
        Refusals = new RefusalLog(Log, guard.Proof, TimeProvider.System);
    }

    /// <inheritdoc />
    public override string SchemeIdentifier { get; protected set; } = "tcp";

    /// <inheritdoc />
    public override long MaximumPayloadBytes { get; protected set; } = TransportLimits.MessageBytes;

    protected IConnectionGuard Guard { get; }

    protected ILoggingAdapter Log { get; }

    protected RefusalLog Refusals { get; }

    protected CancellationToken Ending => _ending.Token;

    /// <inheritdoc />
    public override bool IsResponsibleFor(Address remote) => true;

    /// <inheritdoc />
    public override async Task<bool> Shutdown()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_connections.Keys.Select(connection => connection.LeaveAsync()));
        return true;
    }

    /// <summary>Calls another process.</summary>
    /// <param name="remote">Its address.</param>
    /// <returns>The connection, after the handshake.</returns>
    /// <exception cref="InvalidAssociationException">Nobody answers there, or somebody who does not belong here.</exception>
    protected async Task<PeerConnection> CallAsync(Address remote)
    {
        var called = EndpointOf(remote);
        var address = NodeAddress.TryParse(remote.Host) ?? throw new InvalidAssociationException($"{called} is no address to call.");
        var socket = address.Ip is { } ip
            ? new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            deadline.CancelAfter(TransportLimits.Connect);
            await ConnectAsync(socket, address, remote.Port!.Value, deadline.Token);
            deadline.CancelAfter(_handshakeLimit);
            return Keep(socket, await GuardAsync(() => Guard.CallAsync(StreamOf(socket), called, deadline.Token)), remote);
        }
        catch (HandshakeException refused)
        {
            socket.Dispose();
            var why = refused.Describe(Guard.Proof);
            if (refused.IsForeign)
            {
                OnForeign(refused.Fault == HandshakeFault.OtherKey ? null : why);
            }

            throw new InvalidAssociationException($"The process at {called} is no member of this cluster: {why}.", refused);
        }
        catch (Exception failed) when (failed is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw new InvalidAssociationException($"Nobody answers at {called}: {failed.Message}", failed);
        }
    }

    /// <summary>Runs the handshake of a connection that came.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="called">The address of this process.</param>
    protected async Task<Peer> WelcomeAsync(Socket socket, Address called)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        deadline.CancelAfter(_handshakeLimit);
        return await GuardAsync(() => Guard.AnswerAsync(StreamOf(socket), EndpointOf(called), deadline.Token));
    }

    /// <summary>Looks after a connection from now on.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="peer">What its other end has shown.</param>
    /// <param name="remote">Where that is.</param>
    protected PeerConnection Keep(Socket socket, Peer peer, Address remote)
    {
        var connection = new PeerConnection(
            AddressOf((IPEndPoint)socket.LocalEndPoint!),
            remote,
            socket,
            peer,
            Admit,
            objection => Refusals.NoteEnd(EndpointOf(remote), objection));
        _connections[connection] = true;
        connection.Ended.ContinueWith(_ => OnEnded(connection), TaskScheduler.Default);
        if (_ending.IsCancellationRequested)
        {
            // The end has counted the connections already.
            _ = connection.LeaveAsync();
        }

        return connection;
    }

    /// <summary>Judges by which address the other end of a connection wants to be known.</summary>
    /// <param name="connection">Whose other end it is.</param>
    /// <param name="announced">What it announced.</param>
    /// <returns>Why it may not; null when it may.</returns>
    protected abstract string? Admit(PeerConnection connection, Announcement announced);

    /// <summary>A process that was called does not belong here.</summary>
    /// <param name="reason">What is wrong between the certificates; null when it does not have the key.</param>
    protected virtual void OnForeign(string? reason)
    {
    }

    /// <summary>Nothing is left of a connection.</summary>
    /// <param name="connection">Which.</param>
    protected virtual void OnEnded(PeerConnection connection) => _connections.TryRemove(connection, out _);

    // A certificate that is revoked or expires ends the connections that it opened, and so does silence.
    protected async Task ReviewAsync()
    {
        using var timer = new PeriodicTimer(TransportLimits.Review);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                foreach (var connection in _connections.Keys)
                {
                    connection.Review();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The transport ends, and with it all connections.
        }
    }

    protected Address AddressOf(IPEndPoint endpoint) =>
        new(SchemeIdentifier, System.Name, NodeAddress.TextOf(endpoint.Address), endpoint.Port);

    // A name is looked up for each connection, so that a machine may change its address.
    private static ValueTask ConnectAsync(Socket socket, NodeAddress address, int port, CancellationToken cancellation) =>
        address.Ip is { } ip
            ? socket.ConnectAsync(new IPEndPoint(ip, port), cancellation)
            : socket.ConnectAsync(new DnsEndPoint(address.Text, port), cancellation);

    // Whatever becomes of a connection in the middle of its handshake is that connection's trouble.
    private static async Task<Peer> GuardAsync(Func<Task<Peer>> handshake)
    {
        try
        {
            return await handshake();
        }
        catch (OperationCanceledException late)
        {
            throw new HandshakeException(HandshakeFault.Silent, inner: late);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            throw new HandshakeException(HandshakeFault.Ended, inner: gone);
        }
    }

    private static NetworkStream StreamOf(Socket socket)
    {
        socket.NoDelay = true;
        return new NetworkStream(socket, ownsSocket: false);
    }

    private static string EndpointOf(Address address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
}
