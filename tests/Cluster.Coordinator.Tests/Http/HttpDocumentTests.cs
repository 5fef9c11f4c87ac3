using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using SearchCluster.Coordinator.Tests.Http.Transfers;

namespace SearchCluster.Coordinator.Tests.Http;

/// <summary><c>docs/http-api.md</c>, the OpenAPI document and what the API answers are one.</summary>
public sealed partial class HttpDocumentTests
{
    private static readonly int[] Everywhere = [400, 401, 403, 414, 431, 503];

    [Fact]
    public async Task The_page_lists_the_routes_with_their_queries_and_refusals()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        using var document = JsonDocument.Parse(await coordinator.Client.GetStringAsync("/openapi/v1.json"));

        var described = Operations(document)
            .Where(operation => operation.Route != "GET /healthz/live")
            .Select(operation => (
                operation.Route,
                string.Join(", ", operation.Parameters.Where(parameter => parameter != "name")),
                string.Join(", ", operation.Statuses.Except(Everywhere).Where(status => status >= 400))))
            .ToList();
        var listed = Rows().Where(row => row[0] != "GET /healthz/live")
            .Select(row => (row[0], row[1] == "–" ? "" : row[1].Replace("`", "", StringComparison.Ordinal), row[4] == "–" ? "" : row[4]));

        listed.ShouldBe(described, ignoreOrder: true);
        Rows().Select(row => row[0]).ShouldContain("GET /healthz/live");
        described.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Each_status_of_the_document_occurs_with_a_problem_that_fits_its_schema()
    {
        using var folder = new TemporaryFolder();
        await using (var before = await TestCoordinator.StartAsync(folder.Path))
        {
            await before.PostAsync("/api/v1/searches", TestCoordinator.Submission("damaged"));
        }

        JournalSurgery.Flip(Path.Combine(folder.Path, "journal.db"), "journal", "search-damaged", 1, 0);
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("taken"));
        using var document = JsonDocument.Parse(await coordinator.Client.GetStringAsync("/openapi/v1.json"));
        using var anonymous = new HttpClient { BaseAddress = coordinator.Client.BaseAddress };

        var artifacts = await ArtifactProvocation.PrepareAsync(coordinator);
        var data = await DataProvocation.PrepareAsync(coordinator);
        // Refusals of the routes by which machines join need an authority, or none: JoinApiTests brings them about.
        foreach (var operation in Operations(document).Where(operation => !operation.Route.Contains("/join/", StringComparison.Ordinal)))
        {
            foreach (var status in operation.Statuses.Where(status => status is >= 400 and not 503))
            {
                using var request = await artifacts.TryProvokeAsync(operation.Route, status)
                    ?? await data.TryProvokeAsync(operation.Route, status)
                    ?? Provoke(operation.Route, status);
                using var response = await (status == 401 ? anonymous : coordinator.Client).SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();

                ((int)response.StatusCode).ShouldBe(status, $"{operation.Route}: {text}");
                response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", operation.Route);
                using var problem = JsonDocument.Parse(text);
                OpenApiSchema.Misfit(problem.RootElement, operation.Schema(status), document).ShouldBeNull($"{operation.Route} {status}");
            }
        }
    }

    [Fact]
    public async Task Answers_fit_their_schemas()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path, workerSlots: 2);
        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("whole", trials: 6));
        await SearchApiTests.WhenOverAsync(coordinator, "whole");
        using var document = JsonDocument.Parse(await coordinator.Client.GetStringAsync("/openapi/v1.json"));

        foreach (var operation in Operations(document).Where(operation => operation.Route.StartsWith("GET", StringComparison.Ordinal)))
        {
            var address = operation.Route["GET ".Length..].Replace("{name}", "whole", StringComparison.Ordinal);
            var query = address.EndsWith("/trials", StringComparison.Ordinal) ? "?curve=true" : "";
            var response = await coordinator.Client.GetAsync(address + query);
            if (operation.Route.EndsWith("/report", StringComparison.Ordinal))
            {
                response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
                operation.Schema(200).GetProperty("type").GetString().ShouldBe("string");
            }
            else if (response.StatusCode == HttpStatusCode.OK && operation.Statuses.Contains(400))
            {
                using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
                OpenApiSchema.Misfit(answer.RootElement, operation.Schema(200), document).ShouldBeNull(operation.Route);
            }
        }
    }

    [Fact]
    public async Task Whole_numbers_are_no_texts_in_the_document()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        using var document = JsonDocument.Parse(await coordinator.Client.GetStringAsync("/openapi/v1.json"));

        var trials = document.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("ResumeRequest")
            .GetProperty("properties").GetProperty("trials");

        trials.GetProperty("type").ToString().ShouldBe("integer");
        using var text = JsonDocument.Parse("\"3\"");
        OpenApiSchema.Misfit(text.RootElement, trials, document).ShouldNotBeNull();
    }

    private static HttpRequestMessage Provoke(string route, int status)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        path = path.Replace(
            "{name}", status == 404 ? "none" : status == 409 && method != "DELETE" ? "damaged" : "taken", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(method), status switch
        {
            400 => path + "?token=abc",
            414 => path + "?x=" + new string('a', 5000),
            _ => path,
        });
        var body = status switch
        {
            409 when path == "/api/v1/searches" => JsonSerializer.Serialize(
                new { text = TestCoordinator.Yaml("taken", 99), fileName = "a.yaml" }),
            413 => "{\"text\":\"" + new string('a', 1_100_000) + "\"}",
            422 when path == "/api/v1/searches" => "{\"text\":\"version: 1\",\"fileName\":\"a.yaml\"}",
            404 or 409 or 422 when route.EndsWith("/priority", StringComparison.Ordinal) =>
                $"{{\"priority\":{(status == 422 ? 101 : 1)}}}",
            422 => "{\"trials\":-1}",
            415 => "{}",
            _ => null,
        };
        var type = status == 415 ? "text/plain" : "application/json";
        request.Headers.ExpectContinue = status == 413;
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, type);
        if (status == 431)
        {
            request.Headers.Add("X-Long", new string('a', 40_000));
        }

        if (status == 403)
        {
            request.Headers.Add("Origin", "https://evil.example");
        }

        return request;
    }

    private static List<Operation> Operations(JsonDocument document) =>
    [
        .. from path in document.RootElement.GetProperty("paths").EnumerateObject()
           from method in path.Value.EnumerateObject()
           select new Operation($"{method.Name.ToUpperInvariant()} {path.Name}", method.Value),
    ];

    private static List<string[]> Rows() =>
    [
        .. File.ReadAllText(Path.Combine(Root(), "docs", "http-api.md"))
            .Split("\n## ").Single(part => part.StartsWith("Routes\n", StringComparison.Ordinal))
            .Split('\n')
            .Where(line => TableRow().IsMatch(line))
            .Select(line => line.Trim('|').Split('|').Select((cell, i) => i == 0 ? cell.Trim().Trim('`') : cell.Trim()).ToArray()),
    ];

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..");

    [GeneratedRegex("^\\| `(GET|POST|DELETE|PUT) /")]
    private static partial Regex TableRow();

    private sealed record Operation(string Route, JsonElement Description)
    {
        public List<int> Statuses =>
            [.. Description.GetProperty("responses").EnumerateObject().Select(response => int.Parse(response.Name, null))];

        public List<string> Parameters => Description.TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!)]
            : [];

        public JsonElement Schema(int status) => Description.GetProperty("responses")
            .GetProperty(status.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .GetProperty("content").EnumerateObject().First().Value.GetProperty("schema");
    }
}
