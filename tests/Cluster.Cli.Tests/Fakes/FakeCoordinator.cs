using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>A coordinator at the level of bytes, which says that it lives and is ready and answers all else as a test says.</summary>
internal sealed class FakeCoordinator : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, Answer> _answer;
    private readonly ConcurrentBag<TcpClient> _clients = [];

    /// <summary>Listens, and says in the state folder where.</summary>
    /// <param name="state">The folder; its lock is the test's.</param>
    /// <param name="answer">Answers a path of the API.</param>
    public FakeCoordinator(StateFolder state, Func<string, Answer> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        new CoordinatorEndpoint(Url, null, 1, "1.0.0", DateTimeOffset.UnixEpoch).Write(state);
        _ = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>Paths of the API that were asked, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Nobody listens any more, and whoever is connected is cut off.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients.Add(client);
                _ = ServeAsync(client);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The test is over with it.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            while (await reader.ReadLineAsync() is { Length: > 0 } request)
            {
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                    // Headers.
                }

                var path = request.Split(' ')[1];
                var answer = path switch
                {
                    "/healthz/live" => Answer.Of("live"),
                    "/healthz/ready" => Answer.Of("{}"),
                    _ => Ask(path),
                };
                await client.GetStream().WriteAsync(answer.Bytes);
                if (answer.BreaksOff)
                {
                    client.Client.LingerState = new LingerOption(true, 0);
                    client.Dispose();
                    return;
                }
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Whoever asked has hung up, or this was disposed.
        }
    }

    private Answer Ask(string path)
    {
        Asked.Enqueue(path);
        return _answer(path);
    }

    /// <summary>What is sent.</summary>
    /// <param name="Bytes">All of it.</param>
    /// <param name="BreaksOff">Whether the connection is reset after it.</param>
    internal sealed record Answer(byte[] Bytes, bool BreaksOff)
    {
        /// <summary>A whole answer.</summary>
        public static Answer Of(string body) =>
            new(Encoding.UTF8.GetBytes(Head(Encoding.UTF8.GetByteCount(body)) + body), BreaksOff: false);

        /// <summary>No answer.</summary>
        public static Answer Nothing { get; } = new([], BreaksOff: true);

        /// <summary>The beginning of an answer.</summary>
        public static Answer Half { get; } = new(Encoding.UTF8.GetBytes(Head(4_000) + "{\"searches\":["), BreaksOff: true);

        private static string Head(int length) =>
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n";
    }
}
