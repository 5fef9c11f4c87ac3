using System.Net;
using SearchCluster.Coordinator.Refusals;

namespace SearchCluster.Coordinator.Tests.Http.Limits;

/// <summary>Each limit of a request holds at its value and breaks one above.</summary>
[Trait("Promise", "S08")]
public sealed class HttpLimitTests
{
    private const string Body = """{"text":"a","fileName":"b"}""";

    [Fact]
    public async Task Bodies()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);

        var most = await coordinator.PostTextAsync("/api/v1/searches", Body.PadRight(HttpLimits.BodyBytes));
        var more = await coordinator.PostTextAsync("/api/v1/searches", Body.PadRight(HttpLimits.BodyBytes + 1));

        most.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, "it is read, and is no spec");
        more.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Depth_of_a_body()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);

        (await DepthAsync(HttpLimits.JsonDepth)).ShouldNotContain("levels");
        (await DepthAsync(HttpLimits.JsonDepth + 1)).ShouldContain("32 levels");

        async Task<string> DepthAsync(int levels)
        {
            var list = new string('[', levels - 1) + new string(']', levels - 1);
            var response = await coordinator.PostTextAsync("/api/v1/searches", "{\"text\":" + list + "}");
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            return (await TestCoordinator.ReadAsync<ApiProblem>(response)).Detail!;
        }
    }

    [Fact]
    public async Task Pages()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("paged"));

        (await StatusAsync(HttpLimits.MostTrials)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(HttpLimits.MostTrials + 1)).ShouldBe(HttpStatusCode.BadRequest);

        async Task<HttpStatusCode> StatusAsync(int limit) =>
            (await coordinator.Client.GetAsync($"/api/v1/searches/paged/trials?limit={limit}")).StatusCode;
    }

    [Fact]
    public async Task Addresses_and_headers()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        var port = coordinator.Client.BaseAddress!.Port;
        const string path = "/api/v1/searches/";
        var token = coordinator.Client.DefaultRequestHeaders.Authorization;
        string[] always = ["Host: localhost", $"Authorization: {token}", "Connection: close"];

        // What counts of a header are its name and its value.
        var used = always.Sum(header => header.Length - 2);

        (await StatusAsync(path.PadRight(HttpLimits.AddressLength, 'a'))).ShouldBe("404");
        (await StatusAsync(path.PadRight(HttpLimits.AddressLength + 1, 'a'))).ShouldBe("414");
        (await StatusAsync(path + "none", [.. Names(HttpLimits.Headers - always.Length)])).ShouldBe("404");
        (await StatusAsync(path + "none", [.. Names(HttpLimits.Headers + 1 - always.Length)])).ShouldBe("431");
        (await StatusAsync(path + "none", "X: " + new string('a', HttpLimits.HeaderLength - used - 1))).ShouldBe("404");
        (await StatusAsync(path + "none", "X: " + new string('a', HttpLimits.HeaderLength - used))).ShouldBe("431");
        (await StatusAsync(path.PadRight(HttpLimits.RequestLineBytes, 'a'))).ShouldBe("414");
        (await StatusAsync(path + "none", [.. Names(HttpLimits.HeadersBeneath + 1)])).ShouldBe("431");
        (await StatusAsync(path + "none", "X: " + new string('a', HttpLimits.HeaderBytesBeneath))).ShouldBe("431");

        async Task<string> StatusAsync(string address, params string[] more) =>
            (await RawHttp.AskAsync(port, $"GET {address} HTTP/1.1\r\n{string.Join("\r\n", always.Concat(more))}\r\n\r\n")).Split(' ')[1];
    }

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(number => $"X{number}: a");
}
