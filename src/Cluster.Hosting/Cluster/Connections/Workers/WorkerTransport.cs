using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport;

namespace SearchCluster.Hosting.Cluster.Connections.Workers;

/// <summary>The end of a worker: it listens on nothing, and makes one connection, to its coordinator.</summary>
/// <remarks>
/// Akka does not write to the second inbound connection of a peer that it takes for the same (its writer stays with the first, and then
/// calls out), so an address lives as long as its connection: when that is over the actor system is of no more use, and another one
/// takes its place.
/// </remarks>
internal sealed class WorkerTransport : GuardedTransport
{
    private readonly WorkerLinkOptions _options;
    private readonly Address _coordinator;
    private readonly Address _self;
    private int _wasConnected;

    /// <summary>Called by Akka.</summary>
    /// <param name="system">The actor system; its <see cref="WorkerLinkSetup"/> says the rest.</param>
    /// <param name="config">This transport's section of the settings.</param>
    public WorkerTransport(ActorSystem system, Config config)
        : this(system, config, system.Settings.Setup.Get<WorkerLinkSetup>().Value.Options)
    {
    }

    private WorkerTransport(ActorSystem system, Config config, WorkerLinkOptions options)
        : base(system, config, options.Guard(options.Address), options.HandshakeLimit)
    {
        _options = options;
        _coordinator = Address.Parse(ClusterEndpointOptions.ActorSystemAddress(options.Coordinator));
        _self = WorkerAddress.New(options.Address.IsLoopback ? null : options.Identity!.Name).ToAkka();
    }

    /// <inheritdoc />
    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        _ = ReviewAsync();
        return Task.FromResult((_self, new TaskCompletionSource<IAssociationEventListener>()));
    }

    /// <inheritdoc />
    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        if ((remoteAddress.Host, remoteAddress.Port) != (_coordinator.Host, _coordinator.Port))
        {
            throw new InvalidAssociationException($"A worker calls its coordinator, {_options.Coordinator}, and not {remoteAddress}.");
        }

        if (Volatile.Read(ref _wasConnected) == 1)
        {
            throw new InvalidAssociationException(
                $"The connection to {_options.Coordinator} is over; another actor system makes the next.");
        }

        var connection = await CallListenerAsync(remoteAddress);
        Volatile.Write(ref _wasConnected, 1);
        connection.IsOnly = true;
        return connection;
    }

    private async Task<PeerConnection> CallListenerAsync(Address remoteAddress)
    {
        try
        {
            return await CallAsync(remoteAddress);
        }
        catch (InvalidAssociationException failed) when (failed.InnerException is SocketException)
        {
            _options.Unanswered?.Invoke();
            throw;
        }
    }

    /// <inheritdoc />
    protected override string? Admit(PeerConnection connection, Announcement announced) =>
        connection.Peer.ObjectionTo(announced.Host);

    /// <inheritdoc />
    protected override void OnForeign(string? reason) => _options.CalledForeigner?.Invoke(reason);

    /// <inheritdoc />
    protected override void OnEnded(PeerConnection connection)
    {
        base.OnEnded(connection);
        _options.Ended?.Invoke();
    }
}
