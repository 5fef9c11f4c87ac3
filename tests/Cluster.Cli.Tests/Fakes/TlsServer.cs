using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using SearchCluster.Security.Identities;

namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>A server on loopback that shows a certificate and says of itself that it lives.</summary>
internal sealed class TlsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly NodeIdentity _identity;

    public TlsServer(NodeIdentity identity)
    {
        _identity = identity;
        _listener.Start();
        Url = new Uri($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public Uri Url { get; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Closed by the test.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        await using (var tls = new SslStream(client.GetStream()))
        {
            try
            {
                await tls.AuthenticateAsServerAsync(_identity.Certificate);
                using var reader = new StreamReader(tls);
                while (await reader.ReadLineAsync() is { } line)
                {
                    if (line.Length == 0)
                    {
                        await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlive"u8.ToArray());
                    }
                }
            }
            catch (Exception gone) when (gone is IOException or AuthenticationException)
            {
                // The client does not believe it.
            }
        }
    }
}
