using System.Net;
using System.Net.Sockets;
using SearchCluster.Hosting;
using SearchCluster.Security.Identities;

namespace SearchCluster.Coordinator.Standby;

/// <summary>The port of the HTTP API: taken when the process is set up, and handed to who stands by, and after that to who is
/// active.</summary>
/// <param name="address">Where it listens, as it was given.</param>
/// <param name="identity">The certificate; null on loopback.</param>
/// <param name="socket">It listens; nothing accepts yet.</param>
/// <param name="take">Takes a port of the same address again.</param>
internal sealed class HttpDoor(NodeAddress address, NodeIdentity? identity, Socket socket, Func<int, Socket> take) : IDisposable
{
    private Socket? _socket = socket;

    /// <summary>Where it listens, as it was given.</summary>
    public NodeAddress Address => address;

    /// <summary>The certificate; null on loopback.</summary>
    public NodeIdentity? Identity => identity;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Place { get; } = (IPEndPoint)socket.LocalEndPoint!;

    /// <summary>Hands the socket on; when the one before was closed, another on the same port.</summary>
    /// <exception cref="SearchCluster.Hosting.HostingException">Another process took the port meanwhile.</exception>
    public Socket Open() => Interlocked.Exchange(ref _socket, null) ?? take(Place.Port);

    /// <inheritdoc />
    public void Dispose() => Interlocked.Exchange(ref _socket, null)?.Dispose();
}
