using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using SearchCluster.Coordinator.Http.Access;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Security.Identities;

namespace SearchCluster.Coordinator.Http;

/// <summary>How a coordinator listens for HTTP, whether it is active or stands by.</summary>
internal static class HttpKestrel
{
    /// <summary>Sets up the server.</summary>
    /// <param name="builder">The host to be.</param>
    /// <param name="place">Where it listens.</param>
    /// <param name="isLoopback">True where nothing is encrypted.</param>
    /// <param name="identity">The certificate; needed elsewhere.</param>
    /// <param name="open">Gives a socket that listens there.</param>
    public static void UseCoordinatorHttp(
        this WebApplicationBuilder builder, IPEndPoint place, bool isLoopback, NodeIdentity? identity, Func<Socket> open)
    {
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = HttpLimits.RequestLineBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = HttpLimits.HeaderBytesBeneath;
            kestrel.Limits.MaxRequestHeaderCount = HttpLimits.HeadersBeneath;

            // An address with a host of its own counts before the Host header; that one is looked at by us.
            kestrel.AllowHostHeaderOverride = true;
            kestrel.Limits.MaxRequestBodySize = HttpLimits.BodyBytes;
            kestrel.Listen(place, listen => listen.UseTlsUnless(isLoopback, identity));
        });
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = _ => open());
    }
}
