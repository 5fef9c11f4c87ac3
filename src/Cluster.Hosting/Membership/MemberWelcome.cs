using SearchCluster.Hosting.Cluster.Connections.Tls;
using SearchCluster.Security.Identities;

namespace SearchCluster.Hosting.Membership;

/// <summary>Whether a coordinator still lets a machine in that has joined.</summary>
public static class MemberWelcome
{
    private const int Tries = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Calls the HTTP API and shows the certificate.</summary>
    /// <param name="coordinator">Its address, https.</param>
    /// <param name="identity">Of this machine.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>True when the coordinator answers, and ends the connection because of the certificate: it was revoked, or is of another
    /// authority. False also when nobody answers, since then nobody has refused.</returns>
    public static async Task<bool> IsRefusedAsync(Uri coordinator, NodeIdentity identity, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(coordinator);
        var trust = new ServerTrust(identity, () => coordinator.DnsSafeHost);
        using var http = new HttpClient(
            new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, SslOptions = trust.Options() })
        {
            BaseAddress = coordinator,
            Timeout = Patience,
        };

        // One that is just ending breaks a connection off, too; it does not do so again.
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("healthz/live", UriKind.Relative), cancellation);
                return false;
            }
            catch (HttpRequestException broken) when (trust.Refusal is null && IsBrokenOff(broken))
            {
                if (tries == Tries)
                {
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                return false;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    /// <summary>Tells whether a connection was broken off, as by whom who refuses a certificate.</summary>
    /// <param name="failure">Of a request.</param>
    public static bool IsBrokenOff(HttpRequestException failure) =>
        failure.HttpRequestError == HttpRequestError.SecureConnectionError || failure.InnerException is IOException;
}
