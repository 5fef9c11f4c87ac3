using System.Globalization;
using System.Net.Sockets;
using SearchCluster.Security.Identities;

namespace SearchCluster.Hosting.Cluster.Connections.Tls;

/// <summary>Looks at a coordinator's port for workers as a worker of this machine will.</summary>
public static class MemberPort
{
    /// <summary>Connects, shows the certificate, and hangs up.</summary>
    /// <param name="endpoint">Of the coordinator, <c>host:port</c>.</param>
    /// <param name="identity">Of this machine.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What keeps workers from it, as the end of a sentence; null when nothing does.</returns>
    public static async Task<string?> TroubleAsync(string endpoint, NodeIdentity identity, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var colon = endpoint.LastIndexOf(':');
        var guard = new TlsHandshake(identity);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(
                endpoint[..colon].Trim('[', ']'), int.Parse(endpoint[(colon + 1)..], CultureInfo.InvariantCulture), cancellation);
            var peer = await guard.CallAsync(connection.GetStream(), endpoint, cancellation);
            await peer.Stream.DisposeAsync();
            return null;
        }
        catch (HandshakeException refused)
        {
            return refused.Describe(guard.Proof);
        }
        catch (Exception broken) when (broken is SocketException or IOException)
        {
            return (broken.InnerException ?? broken).Message;
        }
    }
}
