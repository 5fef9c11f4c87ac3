using System.Net.Http.Headers;
using System.Net.Http.Json;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Benchmarks.Throughput;

/// <summary>The few calls of the HTTP API that a benchmark needs.</summary>
internal sealed class SearchClient(Uri coordinator, string token) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = coordinator,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<int> WorkerCountAsync()
    {
        var cluster = HttpJson.Read<ClusterView>(await _http.GetByteArrayAsync("/api/v1/cluster"));
        return cluster!.Workers.Count;
    }

    public async Task SubmitAsync(string spec)
    {
        var request = new SubmitRequest(spec, "benchmark.search.yaml");
        using var response = await _http.PostAsJsonAsync("/api/v1/searches", request, ContractsJsonContext.Default.SubmitRequest);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"The search was refused: {await response.Content.ReadAsStringAsync()}");
        }
    }

    public async Task PrioritiseAsync(string search, int priority)
    {
        var request = new PriorityRequest(priority);
        using var response = await _http.PostAsJsonAsync(
            $"/api/v1/searches/{search}/priority", request, ContractsJsonContext.Default.PriorityRequest);
        response.EnsureSuccessStatusCode();
    }

    public async Task<SearchDetail> GetAsync(string search) =>
        HttpJson.Read<SearchDetail>(await _http.GetByteArrayAsync($"/api/v1/searches/{search}"))!;

    public void Dispose() => _http.Dispose();
}
