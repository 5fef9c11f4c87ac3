using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace SearchCluster.Coordinator.Tests.Http;

public sealed class ProtectionTests
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    [Fact]
    public async Task Every_route_and_method_but_liveness_and_joining_needs_the_token()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        var routes = coordinator.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!
                .TrimStart('/')
                .Replace("{name}", "x", StringComparison.Ordinal)
                .Replace("{documentName}", "v1", StringComparison.Ordinal))
            .Append("/").Append("/unknown").Distinct().ToList();
        routes.Count.ShouldBeGreaterThan(10);
        using var anonymous = new HttpClient { BaseAddress = coordinator.Client.BaseAddress };

        foreach (var route in routes)
        {
            // Where machines join, what they bring is asked for instead: JoinApiTests.
            foreach (var method in Methods.Where(method => !(route is "/healthz/live" or "/join/authority" && method == "GET")
                && !(route is "/join/certificate" or "/join/renewal" && method == "POST")))
            {
                var response = await anonymous.SendAsync(new HttpRequestMessage(new HttpMethod(method), route));
                response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {route}");
            }
        }

        (await anonymous.GetAsync("/healthz/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_token_is_refused_with_a_problem()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        coordinator.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", SearchCluster.Hosting.State.AccessToken.Create().Value);

        var response = await coordinator.Client.GetAsync("/api/v1/searches");

        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"invalid_token\"");
        await ShouldBeAsync(response, 401, "SC6001");
        (await TestCoordinator.ReadAsync<ApiProblem>(response)).Title.ShouldBe("The token is not accepted.");
    }

    [Theory]
    [InlineData(null, "A token is needed.", "Bearer")]
    [InlineData("Bearer", "The Authorization header is of another kind.", "Bearer error=\"invalid_token\"")]
    [InlineData("Basic YTpi", "The Authorization header is of another kind.", "Bearer error=\"invalid_token\"")]
    [InlineData("Bearer wrong", "The token is not accepted.", "Bearer error=\"invalid_token\"")]
    public async Task A_missing_token_is_told_apart_from_a_wrong_one(string? header, string title, string challenge)
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        using var client = new HttpClient { BaseAddress = coordinator.Client.BaseAddress };
        if (header is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header).ShouldBeTrue();
        }

        var response = await client.GetAsync("/api/v1/searches");

        response.Headers.WwwAuthenticate.ToString().ShouldBe(challenge);
        (await TestCoordinator.ReadAsync<ApiProblem>(response)).Title.ShouldBe(title);
    }

    [Theory]
    [InlineData("limit=99999999999", "limit is \"99999999999\", but must be a whole number from 1 to 10000, in digits 0 to 9.")]
    [InlineData("limit=0", "limit is \"0\", but must be a whole number from 1 to 10000, in digits 0 to 9.")]
    [InlineData("from=-1", "from is \"-1\", but must be a whole number from 0 to 2147483647, in digits 0 to 9.")]
    [InlineData("curve=yes", "curve is \"yes\", but must be true or false.")]
    public async Task A_parameter_is_refused_with_its_rule(string query, string detail)
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);

        var response = await coordinator.Client.GetAsync("/api/v1/searches/any/trials?" + query);

        (await TestCoordinator.ReadAsync<ApiProblem>(response)).Detail.ShouldBe(detail);
    }

    [Theory]
    [InlineData(
        "stop",
        "{\"mode\":1}",
        "Line 1, column 9: mode is 1, but must be one of \"Graceful\", \"Now\"; for example \"mode\": \"Graceful\".")]
    [InlineData(
        "resume",
        "{\"trial\":3}",
        "Line 1, column 2: the body has no member \"trial\". Did you mean \"trials\"?; it takes trials, time, concurrency, dataSource.")]
    public async Task A_body_is_refused_with_field_rule_and_example(string command, string body, string detail)
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);

        var response = await coordinator.PostTextAsync($"/api/v1/searches/any/{command}", body);

        await ShouldBeAsync(response, 400, "SC6010");
        (await TestCoordinator.ReadAsync<ApiProblem>(response)).Detail.ShouldBe(detail);
    }

    [Fact]
    public async Task An_address_that_is_too_long_is_a_problem_as_well()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);

        await ShouldBeAsync(await coordinator.Client.GetAsync("/api/v1/searches/" + new string('a', 8192)), 414, "SC6019");
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", null, null, 404, "SC6004")]
    [InlineData("DELETE", "/api/v1/searches", null, null, 405, "SC6005")]
    [InlineData("GET", "/api/v1/searches/none", null, null, 404, "SC4004")]
    [InlineData("GET", "/api/v1/searches/NOT_A_NAME", null, null, 404, "SC4004")]
    [InlineData("POST", "/api/v1/searches/none/pause", null, null, 404, "SC4004")]
    [InlineData("GET", "/api/v1/searches/none/trials?from=-1", null, null, 400, "SC6011")]
    [InlineData("GET", "/api/v1/searches/none/trials?limit=1e3", null, null, 400, "SC6011")]
    [InlineData("GET", "/api/v1/searches/none/trials?limit=10001", null, null, 400, "SC6011")]
    [InlineData("GET", "/api/v1/searches/none/trials?from=%D9%A3", null, null, 400, "SC6011")]
    [InlineData("GET", "/api/v1/searches?token=abc", null, null, 400, "SC6002")]
    [InlineData("POST", "/api/v1/searches", "application/json", "", 400, "SC6010")]
    [InlineData("POST", "/api/v1/searches", "application/json", "null", 400, "SC6010")]
    [InlineData("POST", "/api/v1/searches", "application/json", "[]", 400, "SC6010")]
    [InlineData("POST", "/api/v1/searches", "application/json", "{\"text\":\"a\",", 400, "SC6010")]
    [InlineData("POST", "/api/v1/searches", "application/json", "{\"text\":\"a\"}", 400, "SC6010")]
    [InlineData("POST", "/api/v1/searches", "application/json", "{\"text\":\"a\",\"fileName\":\"b\",\"wat\":1}", 400, "SC6010")]
    [InlineData(
        "POST",
        "/api/v1/searches",
        "application/json",
        "{\"text\":\"a\",\"fileName\":\"b\",\"overrides\":{\"seed\":\"1\",\"seed\":\"2\"}}",
        400,
        "SC6010")]
    [InlineData("POST", "/api/v1/searches", "application/json", "{\"text\":\"\\ud800\",\"fileName\":\"b\"}", 400, "SC6010")]
    [InlineData("POST", "/api/v1/searches", "application/json", "{\"text\":\"a\",\"text\":\"c\",\"fileName\":\"b\"}", 400, "SC6010")]
    [InlineData(
        "POST",
        "/api/v1/searches",
        "application/json",
        "{\"text\":\"a\",\"fileName\":\"b\",\"onDuplicate\":\"maybe\"}",
        400,
        "SC6011")]
    [InlineData("POST", "/api/v1/searches", "text/plain", "{}", 415, "SC6015")]
    public async Task Refusals_are_problems_with_a_code(string method, string path, string? type, string? body, int status, string code)
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, type!);

        await ShouldBeAsync(await coordinator.Client.SendAsync(request), status, code);
    }

    [Fact]
    public async Task A_spec_with_errors_is_refused_with_their_places()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);

        var response = await coordinator.PostAsync(
            "/api/v1/searches", new SubmitRequest("version: 1\nname: x\nbudgt: { trials: 3 }\n", "x.yaml"));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await TestCoordinator.ReadAsync<ApiProblem>(response);
        problem.Code.ShouldStartWith("SC1");
        problem.Problems
            .ShouldNotBeNull()
            .ShouldContain(place => place.Line == 3 && place.Message.Contains("budgt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Foreign_hosts_and_origins_and_large_bodies_are_refused()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        using var foreignHost = new HttpRequestMessage(HttpMethod.Get, "/api/v1/searches");
        foreignHost.Headers.Host = "evil.example";
        using var foreignOrigin = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/searches");
        foreignOrigin.Headers.Add("Origin", "https://evil.example");

        await ShouldBeAsync(await coordinator.Client.SendAsync(foreignHost), 400, "SC6006");
        await ShouldBeAsync(await coordinator.Client.SendAsync(foreignOrigin), 403, "SC6007");
        await ShouldBeAsync(
            await coordinator.PostTextAsync("/api/v1/searches", "{\"text\":\"" + new string('a', 1_100_000) + "\"}"), 413, "SC6013");
    }

    private static async Task ShouldBeAsync(HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await TestCoordinator.ReadAsync<ApiProblem>(response)).Code.ShouldBe(code, text);
    }
}
