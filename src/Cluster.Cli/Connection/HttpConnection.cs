using SearchCluster.Cli.Connection.Contact;
using System.Net;
using System.Net.Http.Headers;
using SearchCluster.Artifacts.Http;
using SearchCluster.Cli.Client;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.Cluster.Connections.Tls;

namespace SearchCluster.Cli.Connection;

/// <summary>A coordinator over HTTP.</summary>
internal sealed class HttpConnection : ISearchConnection
{
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public HttpConnection(
        Uri url, string? token, ServerTrust trust, TimeSpan timeout, string? artifactFolder, TimeProvider clock)
    {
        _clock = clock;
        var address = new Uri(url.AbsoluteUri.TrimEnd('/') + "/");

        // A proxy from the environment must not see loopback traffic, and would not find the way back.
        var sockets = new SocketsHttpHandler
        {
            SslOptions = trust.Options(),
            UseProxy = !url.IsLoopback,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
        };
        var contact = new FirstContact(new TrustedContact(sockets, trust), clock) { Address = address };
        _http = new HttpClient(contact) { BaseAddress = address, Timeout = timeout };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        Service = new HttpSearchService(_http);
        Place = url.AbsoluteUri.TrimEnd('/');
        Transfers = new()
        {
            Address = () => address,
            Token = () => token,
            Tls = trust.Options(),
            ScratchFolder = Path.GetTempPath(),
            Clock = clock,
        };
        ArtifactFolder = artifactFolder;
    }

    public ISearchService Service { get; }

    public ConnectionKind Kind => ConnectionKind.Http;

    public string Place { get; }

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
