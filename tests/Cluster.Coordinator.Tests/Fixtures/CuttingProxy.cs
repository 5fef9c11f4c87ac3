using System.Net;
using System.Net.Sockets;

namespace SearchCluster.Coordinator.Tests.Fixtures;

/// <summary>A connection that breaks: it passes bytes on between a client and a server, and cuts each connection after some, until it has
/// cut often enough.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _serverPort;
    private readonly int _bytesBetweenCuts;
    private readonly Task _accepting;
    private int _cutsLeft;
    private int _cuts;

    public CuttingProxy(int serverPort, int cuts, int bytesBetweenCuts)
    {
        (_serverPort, _cutsLeft, _bytesBetweenCuts) = (serverPort, cuts, bytesBetweenCuts);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How often it has cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(PassAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, cut.Token);
                var left = Interlocked.Decrement(ref _cutsLeft) >= 0 ? new StrongBox(_bytesBetweenCuts) : null;
                Task[] ways =
                [
                    CopyAsync(client.GetStream(), server.GetStream(), left, cut),
                    CopyAsync(server.GetStream(), client.GetStream(), left, cut),
                ];
                await Task.WhenAny(ways);
                await cut.CancelAsync();
                await Task.WhenAll(ways);
            }
            catch (Exception over) when (over is IOException or SocketException or OperationCanceledException)
            {
            }

            // A reset, and no orderly end: what is on its way is lost.
            client.LingerState = new LingerOption(true, 0);
            server.LingerState = new LingerOption(true, 0);
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, StrongBox? left, CancellationTokenSource cut)
    {
        var buffer = new byte[8192];
        try
        {
            while (await from.ReadAsync(buffer, cut.Token) is > 0 and var count)
            {
                await to.WriteAsync(buffer.AsMemory(0, count), cut.Token);
                if (left is not null && left.Take(count))
                {
                    Interlocked.Increment(ref _cuts);
                    return;
                }
            }
        }
        catch (Exception over) when (over is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }

    private sealed class StrongBox(int value)
    {
        private int _value = value;

        // True once: when this takes the last of it.
        public bool Take(int count)
        {
            var after = Interlocked.Add(ref _value, -count);
            return after <= 0 && after + count > 0;
        }
    }
}
