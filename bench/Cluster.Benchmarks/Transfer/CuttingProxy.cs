using System.Net;
using System.Net.Sockets;

namespace SearchCluster.Benchmarks.Transfer;

/// <summary>Passes bytes between a client and a server, and cuts the connection off, hard, where it was told: after so many bytes
/// altogether, counted in one direction.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private Queue<long> _cuts = new();
    private bool _countsUp;
    private long _up;
    private long _down;

    public CuttingProxy(int port)
    {
        _server = new(IPAddress.Loopback, port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Made { get; private set; }

    /// <summary>Begins a measurement.</summary>
    /// <param name="isUpload">Whether bytes to the server are counted, or those from it.</param>
    /// <param name="cuts">Where it cuts, in ascending order.</param>
    public void Begin(bool isUpload, IEnumerable<long> cuts)
    {
        lock (_gate)
        {
            (_countsUp, _cuts, _up, _down, Made) = (isUpload, new Queue<long>(cuts), 0, 0, 0);
        }
    }

    /// <summary>Bytes that were passed on in the counted direction, those that were lost on the way included.</summary>
    public long Passed => _countsUp ? Interlocked.Read(ref _up) : Interlocked.Read(ref _down);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server);
                await Task.WhenAny(
                    CopyAsync(client, server, isUp: true), CopyAsync(server, client, isUp: false));
            }
            catch (SocketException)
            {
                // The server is away.
            }

            // A reset, as of a machine that forgot the connection: what is on its way is lost.
            client.LingerState = server.LingerState = new LingerOption(true, 0);
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool isUp)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _end.Token) is > 0 and var count)
            {
                var pass = Allowed(count, isUp, out var isCut);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, pass), _end.Token);
                if (isCut)
                {
                    return;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // One end hung up.
        }
    }

    private int Allowed(int count, bool isUp, out bool isCut)
    {
        lock (_gate)
        {
            isCut = false;
            var passed = isUp ? _up : _down;
            if (isUp == _countsUp && _cuts.TryPeek(out var at) && passed + count >= at)
            {
                _cuts.Dequeue();
                Made++;
                isCut = true;
                count = (int)Math.Clamp(at - passed, 0, count);
            }

            (_up, _down) = isUp ? (_up + count, _down) : (_up, _down + count);
            return count;
        }
    }
}
