using SearchCluster.Cli.Client;
using SearchCluster.Hosting.Cluster.Connections.Tls;
using SearchCluster.Hosting.Membership;

namespace SearchCluster.Cli.Connection.Contact;

/// <summary>Says in words why a coordinator is not trusted, or does not let this machine in, in place of what TLS says.</summary>
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
        catch (HttpRequestException broken) when (trust.Identity is { } own && MemberWelcome.IsBrokenOff(broken))
        {
            // TLS says nothing of why.
            if (await MemberWelcome.IsRefusedAsync(new Uri(request.RequestUri!, "/"), own, cancellationToken))
            {
                throw new RevokedException(
                    $"It does not let {own.Name} in any more: its certificate {own.Serial} was revoked there, or the cluster has a new "
                        + "authority. Join again with a new token, which searchcluster token create prints on the coordinator's machine.",
                    broken);
            }

            throw;
        }
    }
}
