using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Hosting.Membership;

/// <summary>The routes of a coordinator by which a machine becomes a member and stays one.</summary>
public sealed class JoinClient : IDisposable
{
    /// <summary>Header in which a coordinator names its version.</summary>
    public const string VersionHeader = "SearchCluster-Version";

    private const int LongestAnswer = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Uri _coordinator;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly bool _takesAnybody;
    private string? _refusal;

    /// <summary>Prepares; nothing is sent.</summary>
    /// <param name="coordinator">Its address, https.</param>
    /// <param name="judge">Says why whoever answers is not the coordinator, null where it is. Null itself: anybody may answer, which is for
    /// <see cref="AskAsync"/> alone.</param>
    /// <param name="clock">This machine's.</param>
    public JoinClient(Uri coordinator, Func<X509Certificate2?, string?>? judge, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(coordinator);
        _coordinator = coordinator;
        _clock = clock;
        _takesAnybody = judge is null;
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectTimeout = Patience / 2,
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,

                // The authority is judged below, and a chain that is looked for elsewhere would ask the network.
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    DisableCertificateDownloads = true,
                },
                RemoteCertificateValidationCallback = (_, shown, _, _) => Accepts(shown, judge),
            },
        })
        {
            BaseAddress = coordinator,
            Timeout = Patience,
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    /// <summary>Asks who is there. Nothing secret is sent.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="JoinException">Nobody answers, or no coordinator that machines can join.</exception>
    public async Task<OfferedCluster> AskAsync(CancellationToken cancellation)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "join/authority"), cancellation);
        var version = response.Headers.TryGetValues(VersionHeader, out var told) ? told.First() : null;
        return version is null
            ? throw NoCoordinator((int)response.StatusCode)
            : new OfferedCluster(
                await response.Content.ReadAsStringAsync(cancellation),
                ForeignText.OneLine(version, 40),
                response.Headers.Date - _clock.GetUtcNow());
    }

    /// <summary>Sends a token, and gets a certificate.</summary>
    /// <param name="token">For joining; the secret.</param>
    /// <param name="request">What the machine wants to be.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="JoinException">Nobody answers, or it is refused.</exception>
    public Task<JoinGrant> JoinAsync(string token, JoinRequest request, CancellationToken cancellation)
    {
        var message = Post("join/certificate", request);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return GrantAsync(message, cancellation);
    }

    /// <summary>Gets a new certificate for the one that the machine has.</summary>
    /// <param name="request">Signed by its key.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="JoinException">Nobody answers, or it is refused.</exception>
    public Task<JoinGrant> RenewAsync(RenewalRequest request, CancellationToken cancellation) =>
        GrantAsync(Post("join/renewal", request), cancellation);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private bool Accepts(X509Certificate? shown, Func<X509Certificate2?, string?>? judge)
    {
        using var certificate = shown is null ? null : X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        _refusal = judge?.Invoke(certificate);
        return _refusal is null && shown is not null;
    }

    private static HttpRequestMessage Post<T>(string path, T body)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, HttpJson.Writing<T>()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    private async Task<JoinGrant> GrantAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        if (_takesAnybody)
        {
            throw new InvalidOperationException("Whoever answers could keep what is sent.");
        }

        using var response = await SendAsync(message, cancellation);
        try
        {
            return HttpJson.Read<JoinGrant>(await response.Content.ReadAsByteArrayAsync(cancellation))
                ?? throw new JsonException("It is empty.");
        }
        catch (JsonException unreadable)
        {
            throw new JoinException(
                ProblemCodes.NotUnderstood,
                $"The answer of {_coordinator} cannot be read: {unreadable.Message} Use the same version on both machines.",
                unreadable);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        using (message)
        {
            HttpResponseMessage response;
            try
            {
                response = await _http.SendAsync(message, cancellation);
            }
            catch (HttpRequestException failure)
            {
                throw Unreachable(failure);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new JoinException(
                    ProblemCodes.NotReachable,
                    $"{_coordinator} takes the connection, but does not answer within {Durations.Of(Patience)}; the process may be frozen "
                        + "or overloaded.")
                { MayPass = true };
            }

            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                throw await RefusalAsync(response, cancellation);
            }
        }
    }

    private JoinException Unreachable(HttpRequestException failure) => _refusal is { } reason
        ? new JoinException(
            ProblemCodes.Untrusted, $"Who answers at {_coordinator} does not show that it is the coordinator. {reason}", failure)
        : failure.HttpRequestError == HttpRequestError.NameResolutionError
            ? new JoinException(
                ProblemCodes.NotReachable,
                $"The name {_coordinator.DnsSafeHost} cannot be looked up here "
                    + $"({(failure.InnerException ?? failure).Message.TrimEnd('.')}). Give the coordinator's IP address, or mend the name "
                    + "service of this machine.",
                failure)
            { MayPass = true }
        : failure.HttpRequestError == HttpRequestError.SecureConnectionError || failure.InnerException is IOException
            ? new JoinException(
                SecurityCodes.OtherAuthority,
                $"What answers at {_coordinator} does not speak TLS as a coordinator on a network does "
                    + $"({(failure.InnerException?.Message ?? failure.Message).TrimEnd('.')}). Is it the port for workers, a coordinator "
                    + "on loopback, or another program? searchcluster token create prints the address.",
                failure)
            : new JoinException(
                ProblemCodes.NotReachable,
                $"The coordinator at {_coordinator} cannot be reached: {(failure.InnerException ?? failure).Message.TrimEnd('.')}. Does it "
                    + "run, is the address right, and does a firewall let this machine through to it?",
                failure)
            { MayPass = true };

    // What is no coordinator sends no problem document; its status has to do.
    private async Task<JoinException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        try
        {
            if (HttpJson.Read<ApiProblem>(await response.Content.ReadAsByteArrayAsync(cancellation)) is { Code: not null } problem)
            {
                return new JoinException(problem.Code, ForeignText.OneLine($"{problem.Title} {problem.Detail}".TrimEnd(), 1000))
                {
                    Status = status,
                    MayPass = response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests,
                };
            }
        }
        catch (JsonException)
        {
            // Not a problem document.
        }

        return NoCoordinator(status);
    }

    private JoinException NoCoordinator(int status) => new(
        SecurityCodes.OtherAuthority,
        $"What answers at {_coordinator} (HTTP status {status}) is no SearchCluster coordinator that machines can join. Give the address "
            + "that searchcluster token create prints.")
    { Status = status };
}
