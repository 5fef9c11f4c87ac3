using System.Net;
using System.Net.Sockets;

namespace SearchCluster.Hosting.Tests.Cluster.Connections;

/// <summary>Two ends of a connection.</summary>
internal sealed class Line : IDisposable
{
    private Line(Socket here, Socket there) => (Here, There) = (new(here, ownsSocket: true), new(there, ownsSocket: true));

    public NetworkStream Here { get; }

    public NetworkStream There { get; }

    public static async Task<Line> OpenAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var here = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await here.ConnectAsync(listener.LocalEndPoint!);
        return new Line(here, await listener.AcceptAsync());
    }

    public void Dispose()
    {
        Here.Dispose();
        There.Dispose();
    }
}
