using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SearchCluster.Artifacts.Tests.Http;

/// <summary>A coordinator that was frozen: its machine still takes connections, answers begin and never end.</summary>
internal sealed class SilentStore : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<string, string?> _answer;
    private readonly Task _accepting;

    /// <summary>Listens.</summary>
    /// <param name="answer">Of a first line: the body of JSON of a whole answer, or null for one that stops in the middle.</param>
    public SilentStore(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

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
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var text = new StringBuilder();
                var buffer = new byte[1 << 16];
                while (await stream.ReadAsync(buffer, _end.Token) is > 0 and var count)
                {
                    text.Append(Encoding.ASCII.GetString(buffer, 0, count));
                    if (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                    {
                        continue;
                    }

                    var line = text.ToString().Split("\r\n")[0];
                    var body = _answer(line);
                    await stream.WriteAsync(
                        Encoding.ASCII.GetBytes(
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nETag: \"00\"\r\n"
                            + (body is null ? "Content-Length: 1000\r\n\r\nhalf" : $"Connection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}")),
                        _end.Token);
                    if (body is not null)
                    {
                        return;
                    }
                }
            }
            catch (Exception over) when (over is OperationCanceledException or IOException)
            {
                // The other end gave up, or the test is over.
            }
        }
    }
}
