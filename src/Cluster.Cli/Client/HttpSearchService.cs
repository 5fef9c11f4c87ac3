using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Cli.Client;

/// <summary>The coordinator's HTTP API.</summary>
internal sealed class HttpSearchService(HttpClient http) : ISearchService
{
    private const int LargeBody = 64 * 1024;

    private static readonly ContractsJsonContext Json = ContractsJsonContext.Default;

    public Task<SearchDetail> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken) =>
        PostAsync<SubmitRequest, SearchDetail>("searches", request, Json.SubmitRequest, cancellationToken);

    public Task<SearchList> ListAsync(CancellationToken cancellationToken) => GetAsync<SearchList>("searches", cancellationToken);

    public Task<SearchDetail> GetAsync(SearchId search, CancellationToken cancellationToken) =>
        GetAsync<SearchDetail>($"searches/{search}", cancellationToken);

    public Task<TrialPage> GetTrialsAsync(SearchQueries.GetTrials query, CancellationToken cancellationToken) => GetAsync<TrialPage>(
        string.Create(
            CultureInfo.InvariantCulture,
            $"searches/{query.SearchId}/trials?from={query.FromTrial}&limit={query.Limit}&curve={(query.IncludeCurve ? "true" : "false")}"),
        cancellationToken);

    public Task<SearchSpecView> GetSpecAsync(SearchId search, CancellationToken cancellationToken) =>
        GetAsync<SearchSpecView>($"searches/{search}/spec", cancellationToken);

    public Task<TraceView> GetTraceAsync(TraceQuery query, CancellationToken cancellationToken) => GetAsync<TraceView>(
        string.Create(
            CultureInfo.InvariantCulture,
            $"searches/{query.SearchId}/trace?limit={query.Limit}"
                + $"{(query.After is { } after ? "&after=" + Uri.EscapeDataString(after) : "")}"),
        cancellationToken);

    public Task<SearchReplies.CommandAccepted> PauseAsync(SearchId search, CancellationToken cancellationToken) =>
        SendAsync<SearchReplies.CommandAccepted>(HttpMethod.Post, $"searches/{search}/pause", null, cancellationToken);

    public Task<SearchReplies.CommandAccepted> ResumeAsync(SearchId search, ResumeRequest request, CancellationToken cancellationToken) =>
        PostAsync<ResumeRequest, SearchReplies.CommandAccepted>(
            $"searches/{search}/resume", request, Json.ResumeRequest, cancellationToken);

    public Task<SearchReplies.CommandAccepted> PrioritiseAsync(
        SearchId search, PriorityRequest request, CancellationToken cancellationToken) =>
        PostAsync<PriorityRequest, SearchReplies.CommandAccepted>(
            $"searches/{search}/priority", request, Json.PriorityRequest, cancellationToken);

    public Task<SearchReplies.CommandAccepted> StopAsync(SearchId search, StopRequest request, CancellationToken cancellationToken) =>
        PostAsync<StopRequest, SearchReplies.CommandAccepted>($"searches/{search}/stop", request, Json.StopRequest, cancellationToken);

    public Task<SearchReplies.SearchRemoved> DeleteAsync(SearchId search, CancellationToken cancellationToken) =>
        SendAsync<SearchReplies.SearchRemoved>(HttpMethod.Delete, $"searches/{search}", null, cancellationToken);

    public Task<ClusterView> GetClusterAsync(CancellationToken cancellationToken) => GetAsync<ClusterView>("cluster", cancellationToken);

    public Task<WorkerView> DrainAsync(WorkerId worker, DrainRequest request, CancellationToken cancellationToken) =>
        PostAsync<DrainRequest, WorkerView>($"workers/{Escaped(worker)}/drain", request, Json.DrainRequest, cancellationToken);

    public Task<WorkerView> UndrainAsync(WorkerId worker, CancellationToken cancellationToken) =>
        SendAsync<WorkerView>(HttpMethod.Delete, $"workers/{Escaped(worker)}/drain", null, cancellationToken);

    private static string Escaped(WorkerId worker) => Uri.EscapeDataString(worker.Value);

    private Task<T> GetAsync<T>(string path, CancellationToken cancellation) => SendAsync<T>(HttpMethod.Get, path, null, cancellation);

    private Task<T> PostAsync<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellation) =>
        SendAsync<T>(HttpMethod.Post, path, JsonContent.Create(body, bodyType), cancellation);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, "api/v1/" + path) { Content = body };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            if (body is not null)
            {
                // One that is too large is refused before it is sent: a coordinator that closes in the middle of it gives no reason.
                await body.LoadIntoBufferAsync(cancellation);
                request.Headers.ExpectContinue = body.Headers.ContentLength > LargeBody;
            }

            using var response = await http.SendAsync(request, cancellation);
            return response.IsSuccessStatusCode
                ? HttpJson.Read<T>(await response.Content.ReadAsByteArrayAsync(cancellation)) ?? throw Unreadable("the answer is empty")
                : throw new SearchServiceException(await ApiProblems.ReadAsync(response, cancellation));
        }
        catch (UntrustedException stranger)
        {
            throw new SearchServiceException(ApiProblems.Untrusted(http.BaseAddress!, stranger.Message));
        }
        catch (RevokedException refused)
        {
            throw new SearchServiceException(ApiProblems.Revoked(http.BaseAddress!, refused.Message));
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
            throw new SearchServiceException(
                ApiProblems.Unreachable(http.BaseAddress!, "no answer within " + Durations.Of(http.Timeout)));
        }
    }

    private SearchServiceException Unreadable(string reason) => new(ApiProblems.Unreadable(http.BaseAddress!, reason));
}
