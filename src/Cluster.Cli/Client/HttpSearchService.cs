using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Client;

/// <summary>The coordinator's HTTP API.</summary>
internal sealed class HttpSearchService(HttpClient http) : ISearchService
{
    private static readonly ContractsJsonContext Json = ContractsJsonContext.Default;

    public Task<SearchDetail> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken) =>
        PostAsync("searches", request, Json.SubmitRequest, Json.SearchDetail, cancellationToken);

    public Task<SearchList> ListAsync(CancellationToken cancellationToken) => GetAsync("searches", Json.SearchList, cancellationToken);

    public Task<SearchDetail> GetAsync(SearchId search, CancellationToken cancellationToken) => GetAsync($"searches/{search}", Json.SearchDetail, cancellationToken);

    public Task<TrialPage> GetTrialsAsync(SearchQueries.GetTrials query, CancellationToken cancellationToken) => GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"searches/{query.SearchId}/trials?from={query.FromTrial}&limit={query.Limit}&curve={(query.IncludeCurve ? "true" : "false")}"),
        Json.TrialPage,
        cancellationToken);

    public Task<SearchSpecView> GetSpecAsync(SearchId search, CancellationToken cancellationToken) => GetAsync($"searches/{search}/spec", Json.SearchSpecView, cancellationToken);

    public Task<TraceView> GetTraceAsync(SearchId search, CancellationToken cancellationToken) => GetAsync($"searches/{search}/trace", Json.TraceView, cancellationToken);

    public Task<SearchReplies.CommandAccepted> PauseAsync(SearchId search, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"searches/{search}/pause", null, Json.CommandAccepted, cancellationToken);

    public Task<SearchReplies.CommandAccepted> ResumeAsync(SearchId search, ResumeRequest request, CancellationToken cancellationToken) =>
        PostAsync($"searches/{search}/resume", request, Json.ResumeRequest, Json.CommandAccepted, cancellationToken);

    public Task<SearchReplies.CommandAccepted> StopAsync(SearchId search, StopRequest request, CancellationToken cancellationToken) =>
        PostAsync($"searches/{search}/stop", request, Json.StopRequest, Json.CommandAccepted, cancellationToken);

    public Task<SearchReplies.SearchRemoved> DeleteAsync(SearchId search, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, $"searches/{search}", null, Json.SearchRemoved, cancellationToken);

    public Task<ClusterView> GetClusterAsync(CancellationToken cancellationToken) => GetAsync("cluster", Json.ClusterView, cancellationToken);

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, type, cancellation);

    private Task<T> PostAsync<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, path, JsonContent.Create(body, bodyType), type, cancellation);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, "api/v1/" + path) { Content = body };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync(type, cancellation) ?? throw Unreadable("the answer is empty")
                : throw new SearchServiceException(await ApiProblems.ReadAsync(response, cancellation));
        }
        catch (HttpRequestException exception)
        {
            throw new SearchServiceException(ApiProblems.Unreachable(http.BaseAddress!, exception.Message));
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SearchServiceException(ApiProblems.Unreachable(http.BaseAddress!, "no answer within " + Format.Duration(http.Timeout)));
        }
    }

    private SearchServiceException Unreadable(string reason) => new(ApiProblems.Unreadable(http.BaseAddress!, reason));
}
