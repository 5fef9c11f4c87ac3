using System.Net;
using System.Net.Http.Headers;
using SearchCluster.Artifacts.Http;
using SearchCluster.Cli.Client;
using SearchCluster.Cli.Connection.Contact;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.Cluster.Connections.Tls;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Connection;

/// <summary>A coordinator over HTTP.</summary>
internal sealed class HttpConnection : ISearchConnection
{
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly Func<string> _place;

    /// <summary>Connects.</summary>
    /// <param name="urls">Of the coordinator, or of several, one of which is active; at least one.</param>
    /// <param name="token">Opens it; null for none.</param>
    /// <param name="state">Tells whom to trust.</param>
    /// <param name="timeout">How long one request may take.</param>
    /// <param name="artifactFolder">Where artifacts lie; null when the coordinator is elsewhere.</param>
    /// <param name="clock">Measures waits.</param>
    public HttpConnection(
        IReadOnlyList<Uri> urls, string? token, StateFolder state, TimeSpan timeout, string? artifactFolder, TimeProvider clock)
    {
        _clock = clock;
        Uri[] addresses = [.. urls.Select(url => new Uri(url.AbsoluteUri.TrimEnd('/') + "/"))];
        CoordinatorTurns? turns = null;
        Uri Current() => turns?.Current ?? addresses[0];
        var trust = ServerTrust.Of(addresses[0], state, clock, () => Current().DnsSafeHost);

        // A proxy from the environment must not see loopback traffic, and would not find the way back.
        var sockets = new SocketsHttpHandler
        {
            SslOptions = trust.Options(),
            UseProxy = !addresses.All(address => address.IsLoopback),
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
        };
        var contact = new FirstContact(new TrustedContact(sockets, trust), clock) { Address = Current };

        // Whoever was reached over TLS names no address without it: the token goes there.
        turns = new CoordinatorTurns(
            contact,
            addresses,
            active => active.Scheme == addresses[0].Scheme && (active.Scheme == Uri.UriSchemeHttps || active.IsLoopback),
            clock);
        _http = new HttpClient(turns) { BaseAddress = addresses[0], Timeout = timeout };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        Service = new HttpSearchService(_http);
        _place = () => Current().AbsoluteUri.TrimEnd('/');
        Transfers = new()
        {
            Address = Current,
            Token = () => token,
            Tls = trust.Options(),
            ScratchFolder = Path.GetTempPath(),
            Clock = clock,
        };
        ArtifactFolder = artifactFolder;
    }

    public ISearchService Service { get; }

    public ConnectionKind Kind => ConnectionKind.Http;

    /// <summary>The coordinator that answered last.</summary>
    public string Place => _place();

    public string? ArtifactFolder { get; }

    public HttpStoreOptions? Transfers { get; }

    /// <summary>Why the coordinator was not ready when it was asked last, where that is trouble with its journal; else null.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Asks whether the coordinator has recovered its searches and answers.</summary>
    /// <param name="patience">After this time it counts as silent.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<CoordinatorAnswer> AskAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(patience, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        try
        {
            using var response = await _http.GetAsync(new Uri("healthz/ready", UriKind.Relative), limit.Token);
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized)
            {
                return CoordinatorAnswer.Ready;
            }

            var problem = await ApiProblems.ReadAsync(response, limit.Token);
            Trouble = problem.Code == ProblemCodes.JournalUnavailable ? problem.Detail : null;
            return CoordinatorAnswer.NotReady;
        }
        catch (SilenceException)
        {
            return CoordinatorAnswer.Silent;
        }
        catch (UntrustedException stranger)
        {
            throw new SearchServiceException(ApiProblems.Untrusted(_http.BaseAddress!, stranger.Message));
        }
        catch (RevokedException refused)
        {
            throw new SearchServiceException(ApiProblems.Revoked(_http.BaseAddress!, refused.Message));
        }
        catch (HttpRequestException)
        {
            return CoordinatorAnswer.Absent;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return CoordinatorAnswer.Silent;
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
