using System.Net.Sockets;
using System.Text;

namespace SearchCluster.Coordinator.Tests.Fixtures;

/// <summary>Speaks HTTP by hand, as no client of it would.</summary>
internal static class RawHttp
{
    /// <summary>Sends bytes and reads until the server closes.</summary>
    public static async Task<string> AskAsync(int port, string request)
    {
        using var client = await ConnectAsync(port);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request), TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // It had read enough.
        }

        var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // It closes what it did not read to the end.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>Opens a connection and says nothing.</summary>
    public static async Task<TcpClient> ConnectAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        return client;
    }
}
