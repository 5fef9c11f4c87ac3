using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Integration.Tests;

/// <summary>A coordinator and two workers as separate processes; searches come in over HTTP.</summary>
[Trait("Category", "Integration")]
public sealed class ClusterSearchTests
{
    [Fact]
    public async Task Two_workers_share_a_digits_search_that_leaves_an_ensemble_and_one_trace()
    {
        await using var deployment = new Deployment();
        await StartAsync(deployment);

        var result = (await deployment.RunAsync(
            "submit",
            deployment.WriteFile("shared.yaml", SpecTexts.Digits("shared", trials: 6, epochs: 6)),
            "--wait",
            "--json")).ShouldExitWith(0);

        result.Json.GetProperty("search").GetProperty("state").GetString().ShouldBe("completed");
        result.Json.GetProperty("ensemble").GetProperty("metrics").GetProperty("test/accuracy").GetDouble().ShouldBeGreaterThan(0.8);
        var history = deployment.History("shared");
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Attempts.Select(a => a.WorkerId.Value).Distinct().Order().ShouldBe(["w1", "w2"]);
        var spans = await WholeTraceAsync(deployment, "shared");
        ShouldBeOneTree(spans);
        spans.Select(s => s.GetProperty("service").GetString()).Distinct().Order().ShouldBe(["coordinator", "worker-w1", "worker-w2"]);
        spans.Select(s => s.GetProperty("name").GetString()).ShouldBeSubsetOf(KnownSpans);
        KnownSpans.ShouldBeSubsetOf(spans.Select(s => s.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_plain_HTTP_client_with_the_token_submits_and_reads_a_search()
    {
        await using var deployment = new Deployment();
        var coordinator = await StartAsync(deployment);
        using var client = new HttpClient { BaseAddress = coordinator.Url };
        var request = new SubmitRequest(
            SpecTexts.Function("over-http", trials: 12, measurements: 2, sleepMilliseconds: 20), "over-http.yaml");
        (await PostAsync(client, request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (await File.ReadAllTextAsync(Path.Combine(deployment.StateFolder, "token"), TestContext.Current.CancellationToken)).Trim());

        (await PostAsync(client, request)).StatusCode.ShouldBe(HttpStatusCode.Created);

        await deployment.UntilAsync(() => deployment.History("over-http").IsOver, "the search is over");
        var detail = HttpJson.Read<SearchDetail>(
            await client.GetByteArrayAsync("/api/v1/searches/over-http", TestContext.Current.CancellationToken))!;
        detail.Summary.State.ShouldBe(SearchLifecycle.Completed);
        detail.Summary.Counts.Finished.ShouldBe(12);
        JournalInvariants.Violations(deployment.History("over-http").Events).ShouldBeEmpty();
    }

    private static readonly string?[] KnownSpans =
        [
            "attempt",
            "checkpoint",
            "dispatch",
            "ensemble",
            "epoch",
            "journal.write",
            "report",
            "search.accept",
            "search.submit",
            "suggest",
            "validate",
        ];

    private static async Task<CoordinatorProcess> StartAsync(Deployment deployment)
    {
        var coordinator = await deployment.StartCoordinatorAsync();
        var first = deployment.StartWorker("w1");
        var second = deployment.StartWorker("w2");
        await deployment.UntilAsync(() => first.Error.Contains("Connected to", StringComparison.Ordinal)
            && second.Error.Contains("Connected to", StringComparison.Ordinal), "both workers are connected", first, second);
        return coordinator;
    }

    // A span is in its file a moment after it ended, so the last ones may come after the answer.
    private static async Task<List<JsonElement>> WholeTraceAsync(Deployment deployment, string search)
    {
        List<JsonElement> spans = [];
        await Patience.UntilAsync(async () =>
        {
            spans = [.. (await deployment.RunAsync("trace", search, "--json"))
                .ShouldExitWith(0).Json
                .GetProperty("spans")
                .EnumerateArray()];
            return HasAllParents(spans) && KnownSpans.All(name => spans.Exists(span => span.GetProperty("name").GetString() == name));
        });
        return spans;
    }

    private static bool HasAllParents(IReadOnlyList<JsonElement> spans)
    {
        var ids = spans.Select(span => span.GetProperty("spanId").GetString()).ToHashSet();
        return spans.Select(span => span.GetProperty("parentSpanId").GetString())
            .Count(parent => parent is null || !ids.Contains(parent)) == 1;
    }

    private static void ShouldBeOneTree(IReadOnlyList<JsonElement> spans)
    {
        var ids = spans.Select(s => s.GetProperty("spanId").GetString()).ToHashSet();
        var parents = spans.Select(s => (Name: s.GetProperty("name").GetString(), Parent: s.GetProperty("parentSpanId").GetString()))
            .ToList();
        parents.Where(s => s.Parent is null).ShouldHaveSingleItem().Name.ShouldBe("search.submit");
        parents.Where(s => s.Parent is not null && !ids.Contains(s.Parent)).ShouldBeEmpty("spans without their parent");
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, SubmitRequest request) =>
        client.PostAsJsonAsync(
            "/api/v1/searches", request, ContractsJsonContext.Default.SubmitRequest, TestContext.Current.CancellationToken);
}
