using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;
using Akka.Remote.Transport;
using SearchCluster.Hosting.Cluster.Connections.Workers;

namespace SearchCluster.Hosting.Cluster.Connections;

/// <summary>The end of a coordinator: it listens for workers and other coordinators, and calls other coordinators.</summary>
#pragma warning disable CA1001 // Akka ends a transport by Shutdown, which disposes it.
internal sealed class GuardedTcpTransport : GuardedTransport
#pragma warning restore CA1001
{
    private readonly ClusterEndpointOptions _options;
    private readonly WorkerConnections _workers;
    private readonly Newcomers _newcomers = new();
    private Socket? _listener;
    private Address? _self;

    /// <summary>Called by Akka.</summary>
    /// <param name="system">The actor system; its <see cref="GuardedTcpSetup"/> says the rest.</param>
    /// <param name="config">This transport's section of the settings.</param>
    public GuardedTcpTransport(ActorSystem system, Config config)
        : this(system, config, system.Settings.Setup.Get<GuardedTcpSetup>().Value)
    {
    }

    private GuardedTcpTransport(ActorSystem system, Config config, GuardedTcpSetup setup)
        : base(system, config, setup.Options.Guard(setup.Options.Address), setup.Options.HandshakeLimit) =>
        (_options, _workers) = (setup.Options, setup.Workers);

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
        if (WorkerAddress.TryParse(remoteAddress.Host) is not null)
        {
            throw new InvalidAssociationException(
                $"The connection of {remoteAddress.Host} is over. A worker listens on nothing: it calls by itself.");
        }

        return AddressRule.Unlike("A member", remoteAddress.Host, _options.Address) is { } unlike
            ? throw new InvalidAssociationException(unlike)
            : await CallAsync(remoteAddress);
    }

    /// <inheritdoc />
    public override Task<bool> Shutdown()
    {
        // The end is said first: a listener that closes without it looks to the one who waits there like a caller that failed.
        var shutdown = base.Shutdown();
        _listener?.Dispose();
        return shutdown;
    }

    /// <inheritdoc />
    protected override string? Admit(PeerConnection connection, Announcement announced)
    {
        if (WorkerAddress.TryParse(announced.Host) is not { } worker)
        {
            return connection.Peer.ObjectionTo(announced.Host);
        }

        (connection.IsOnly, connection.Door) = (true, new WorkerDoor());
        return connection.Peer.ObjectionTo(worker) is { } objection ? objection
            : _workers.TryEnter(announced.Endpoint, connection) ? null
            : "another connection has the address that it announced";
    }

    /// <inheritdoc />
    protected override void OnEnded(PeerConnection connection)
    {
        base.OnEnded(connection);
        _workers.Leave(connection);
    }

    private async Task AcceptAsync(Socket listener, Task<IAssociationEventListener> heard)
    {
        // Akka says whom to tell when it is ready; until then callers wait in the system's queue.
        var upstream = await heard.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!Ending.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(Ending);
                _ = WelcomeAsync(socket, (IPEndPoint)socket.RemoteEndPoint!, upstream);
            }
            catch (SocketException passing) when (!Ending.IsCancellationRequested)
            {
                // The caller is gone already, or this process has no file handle left for it: the door stays open.
                Log.Warning("A connection to the port for workers could not be taken: {Reason}", passing.Message);
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
            var known = await WelcomeAsync(socket, _self!);
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
            if (!Ending.IsCancellationRequested)
            {
                var fault = hadPlace ? refused.Fault : HandshakeFault.Crowded;
                Refusals.Note(fault, peer.ToString(), refused.Describe(Guard.Proof));
            }
        }
    }
}
