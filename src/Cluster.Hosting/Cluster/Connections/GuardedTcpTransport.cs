using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;
using Akka.Remote.Transport;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>TCP between members: Akka learns of a connection only after both ends have shown that they belong together.</summary>
/// <remarks>
/// Takes the place of Akka's own transport, which reads frames from anybody, logs each stray connection with two stack traces, and ends the
/// actor system when a TLS handshake fails that a peer did not finish. Here a handshake that fails costs its own connection only.
/// </remarks>
#pragma warning disable CA1001 // Akka ends a transport by Shutdown, which disposes them.
internal sealed class GuardedTcpTransport : Transport
#pragma warning restore CA1001
{
    private readonly ClusterEndpointOptions _options;
    private readonly IConnectionGuard _guard;
    private readonly PeerRoles _roles;
    private readonly Newcomers _newcomers = new();
    private readonly RefusalLog _refusals;
    private readonly ConcurrentDictionary<PeerConnection, bool> _connections = new(ReferenceEqualityComparer.Instance);
    private readonly CancellationTokenSource _ending = new();
    private readonly ILoggingAdapter _log;
    private Socket? _listener;
    private Address? _self;

    /// <summary>Called by Akka.</summary>
    /// <param name="system">The actor system; its <see cref="GuardedTcpSetup"/> says the rest.</param>
    /// <param name="config">This transport's section of the settings.</param>
    public GuardedTcpTransport(ActorSystem system, Config config)
    {
        (System, Config) = (system, config);
        var setup = system.Settings.Setup.Get<GuardedTcpSetup>().Value;
        (_options, _guard, _roles) = (setup.Options, setup.Guard, setup.Roles);
        _log = Akka.Event.Logging.GetLogger(system, typeof(GuardedTcpTransport));
        _refusals = new RefusalLog(_log, _guard.Proof, TimeProvider.System);
    }

    /// <inheritdoc />
    public override string SchemeIdentifier { get; protected set; } = "tcp";

    /// <inheritdoc />
    public override long MaximumPayloadBytes { get; protected set; } = TransportLimits.MessageBytes;

    /// <inheritdoc />
    public override bool IsResponsibleFor(Address remote) => true;

    /// <inheritdoc />
    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var endpoint = new IPEndPoint(AddressRule.Resolve(_options.Address), _options.Port);
        try
        {
            _listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            _listener.Bind(endpoint);
            _listener.Listen();
        }
        catch (SocketException refused)
        {
            _listener?.Dispose();
            throw new RemoteTransportException(
                $"The port for workers cannot be used at {endpoint}: {refused.Message}. Choose another, or 0 for any free one.", refused);
        }

        var taken = (IPEndPoint)_listener.LocalEndPoint!;
        _self = AddressOf(taken).WithHost(_options.Address.Text);
        var upstream = new TaskCompletionSource<IAssociationEventListener>();
        _ = AcceptAsync(_listener, upstream.Task);
        _ = ReviewAsync();
        return Task.FromResult((_self, upstream));
    }

    /// <inheritdoc />
    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        var called = EndpointOf(remoteAddress);
        if (AddressRule.Unlike("A member", remoteAddress.Host, _options.Address) is { } unlike)
        {
            throw new InvalidAssociationException(unlike);
        }

        var address = NodeAddress.TryParse(remoteAddress.Host)!;
        var socket = address.Ip is { } ip
            ? new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            deadline.CancelAfter(TransportLimits.Connect);
            await ConnectAsync(socket, address, remoteAddress.Port!.Value, deadline.Token);
            deadline.CancelAfter(_options.HandshakeLimit);
            return Keep(socket, await GuardAsync(() => _guard.CallAsync(StreamOf(socket), called, deadline.Token)), remoteAddress);
        }
        catch (HandshakeException refused)
        {
            socket.Dispose();
            var why = refused.Describe(_guard.Proof);
            if (refused.IsForeign)
            {
                _options.CalledForeigner?.Invoke(called, refused.Fault == HandshakeFault.OtherKey ? null : why);
            }

            throw new InvalidAssociationException($"The process at {called} is no member of this cluster: {why}.", refused);
        }
        catch (Exception failed) when (failed is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw new InvalidAssociationException($"Nobody answers at {called}: {failed.Message}", failed);
        }
    }

    /// <inheritdoc />
    public override async Task<bool> Shutdown()
    {
        _listener?.Dispose();
        await _ending.CancelAsync();
        await Task.WhenAll(_connections.Keys.Select(connection => connection.LeaveAsync()));
        return true;
    }

    // A name is looked up for each connection, so that a machine may change its address.
    private static ValueTask ConnectAsync(Socket socket, NodeAddress address, int port, CancellationToken cancellation) =>
        address.Ip is { } ip
            ? socket.ConnectAsync(new IPEndPoint(ip, port), cancellation)
            : socket.ConnectAsync(new DnsEndPoint(address.Text, port), cancellation);

    // A certificate that is revoked or expires ends the connections that it opened.
    private async Task ReviewAsync()
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

    private async Task AcceptAsync(Socket listener, Task<IAssociationEventListener> heard)
    {
        // Akka says whom to tell when it is ready; until then callers wait in the system's queue.
        var upstream = await heard.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(_ending.Token);
                _ = WelcomeAsync(socket, (IPEndPoint)socket.RemoteEndPoint!, upstream);
            }
            catch (SocketException passing) when (!_ending.IsCancellationRequested)
            {
                // The caller is gone already, or this process has no file handle left for it: the door stays open.
                _log.Warning("A connection to the port for workers could not be taken: {Reason}", passing.Message);
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task WelcomeAsync(Socket socket, IPEndPoint peer, IAssociationEventListener upstream)
    {
        var place = _newcomers.Enter(socket);
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            deadline.CancelAfter(_options.HandshakeLimit);
            var known = await GuardAsync(() => _guard.AnswerAsync(StreamOf(socket), EndpointOf(_self!), deadline.Token));
            if (!_newcomers.Leave(place))
            {
                throw new HandshakeException(HandshakeFault.Crowded);
            }

            upstream.Notify(new InboundAssociation(Keep(socket, known, AddressOf(peer))));
        }
        catch (HandshakeException refused)
        {
            socket.Dispose();
            var hadPlace = _newcomers.Leave(place);
            if (!_ending.IsCancellationRequested)
            {
                var fault = hadPlace ? refused.Fault : HandshakeFault.Crowded;
                _refusals.Note(fault, peer.ToString(), refused.Describe(_guard.Proof));
            }
        }
    }

    private PeerConnection Keep(Socket socket, Peer peer, Address remote)
    {
        var connection = new PeerConnection(
            AddressOf((IPEndPoint)socket.LocalEndPoint!),
            remote,
            socket,
            peer,
            endpoint => _roles.Note(endpoint, peer.MayLead),
            objection => _refusals.NoteEnd(EndpointOf(remote), objection));
        _connections[connection] = true;
        connection.Ended.ContinueWith(_ => _connections.TryRemove(connection, out bool _), TaskScheduler.Default);
        if (_ending.IsCancellationRequested)
        {
            // The end has counted the connections already.
            _ = connection.LeaveAsync();
        }

        return connection;
    }

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

    private Address AddressOf(IPEndPoint endpoint) =>
        new(SchemeIdentifier, System.Name, NodeAddress.TextOf(endpoint.Address), endpoint.Port);

    private static string EndpointOf(Address address) => string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}");
}
