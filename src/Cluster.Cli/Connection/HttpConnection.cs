using System.Net;
using System.Net.Http.Headers;
using SearchCluster.Cli.Client;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Connection;

/// <summary>A coordinator over HTTP.</summary>
internal sealed class HttpConnection : ISearchConnection
{
    private readonly HttpClient _http;

    public HttpConnection(Uri url, string? token, TimeSpan timeout, string? artifactFolder)
    {
        // A proxy from the environment must not see loopback traffic, and would not find the way back.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = !url.IsLoopback, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = timeout,
        };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        Service = new HttpSearchService(_http);
        Place = url.AbsoluteUri.TrimEnd('/');
        ArtifactFolder = artifactFolder;
    }

    public ISearchService Service { get; }

    public ConnectionKind Kind => ConnectionKind.Http;

    public string Place { get; }

    public string? ArtifactFolder { get; }

    /// <summary>Asks whether the coordinator has recovered its searches and answers.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("healthz/ready", UriKind.Relative), cancellation);
            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
