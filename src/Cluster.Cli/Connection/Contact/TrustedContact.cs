using SearchCluster.Cli.Client;
using SearchCluster.Hosting.Cluster.Connections.Tls;

namespace SearchCluster.Cli.Connection.Contact;

/// <summary>Says in words why a coordinator is not trusted, in place of what TLS says.</summary>
/// <param name="inner">Sends.</param>
/// <param name="trust">Decides.</param>
internal sealed class TrustedContact(HttpMessageHandler inner, ServerTrust trust) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException refused) when (trust.Refusal is { } reason)
        {
            throw new UntrustedException(reason, refused);
        }
    }
}
