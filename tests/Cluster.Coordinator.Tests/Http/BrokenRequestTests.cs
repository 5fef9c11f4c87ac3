using System.Globalization;
using System.Text.RegularExpressions;

namespace SearchCluster.Coordinator.Tests.Http;

/// <summary>Requests as no client of HTTP writes them: what reaches the API is answered with a document, and the page lists the
/// rest.</summary>
public sealed partial class BrokenRequestTests
{
    private const string Host = "Host: localhost\r\n";
    private const string Post = "POST /api/v1/searches HTTP/1.1\r\n";
    private const string List = "GET /api/v1/searches HTTP/1.1\r\n";

    [Fact]
    public async Task Each_is_answered_with_a_document_or_stands_on_the_page_of_those_without()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        var port = coordinator.Client.BaseAddress!.Port;
        var bare = new List<int>();
        foreach (var (request, status, code) in new (string Request, int Status, string? Code)[]
        {
            ("GET /api/v1/searches/% HTTP/1.1\r\n" + Host, 404, "SC4004"),
            ("GET /api/v1/searches/%zz%ff HTTP/1.1\r\n" + Host, 404, "SC4004"),
            ("GET /api/v1/searches/a/trials?from=%00 HTTP/1.1\r\n" + Host, 400, "SC6011"),
            ("GET /api/v1/searches/" + new string('a', 5_000) + " HTTP/1.1\r\n" + Host, 414, "SC6019"),
            (List + Host + "X: " + new string('a', 40_000) + "\r\n", 431, "SC6019"),
            (List + Host + string.Concat(Enumerable.Range(0, 101).Select(i => $"X{i}: a\r\n")), 431, "SC6019"),
            ("GET http://elsewhere/api/v1/searches HTTP/1.1\r\n" + Host, 400, "SC6006"),
            ("GET http://localhost/api/v1/nothing HTTP/1.1\r\n" + Host, 404, "SC6004"),
            (List + "Host: \r\n", 400, "SC6006"),
            ("OPTIONS * HTTP/1.1\r\n" + Host, 404, "SC6004"),
            (Post + Host + "Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nzz", 400, "SC6019"),
            ("GET /api/v1/searches/%00 HTTP/1.1\r\n" + Host, 400, null),
            ("GET /api/v1/searches/größe HTTP/1.1\r\n" + Host, 400, null),
            ("GET /api/v1/searches/a b HTTP/1.1\r\n" + Host, 400, null),
            ("G<T /api/v1/searches HTTP/1.1\r\n" + Host, 400, null),
            (List, 400, null),
            (List + Host + Host, 400, null),
            (List + "Host: a b\r\n", 400, null),
            (List + Host + "no colon\r\n", 400, null),
            (Post + Host + "Content-Length: x\r\n", 400, null),
            (Post + Host + "Transfer-Encoding: gzip\r\n", 400, null),
            ("\x16\x03\x01\r\n", 400, null),
            ("GET * HTTP/1.1\r\n" + Host, 405, null),
            ("GET searches HTTP/1.1\r\n" + Host, 405, null),
            ("GET /" + new string('a', 70_000) + " HTTP/1.1\r\n" + Host, 414, null),
            (List + Host + "X: " + new string('a', 140_000) + "\r\n", 431, null),
            ("GET /api/v1/searches HTTP/3.0\r\n" + Host, 505, null),
        })
        {
            var headers = $"Authorization: {coordinator.Client.DefaultRequestHeaders.Authorization}\r\nConnection: close\r\n";
            var answer = await RawHttp.AskAsync(
                port, request.Insert(request.IndexOf("\r\n", StringComparison.Ordinal) + 2, headers) + "\r\n");
            var what = $"{request[..Math.Min(90, request.Length)]} -> {answer[..Math.Min(200, answer.Length)]}";

            answer.ShouldStartWith(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} "), customMessage: what);
            if (code is null)
            {
                answer.ShouldContain("Content-Length: 0\r\n", customMessage: what);
                bare.Add(status);
            }
            else
            {
                answer.ShouldContain("application/problem+json", customMessage: what);
                answer.ShouldContain($"\"code\":\"{code}\"", customMessage: what);
            }
        }

        // A timeout of the server's own, which no test waits for.
        Listed().ShouldBe(bare.Append(408).Distinct().Order());
    }

    private static IEnumerable<int> Listed() =>
        File.ReadAllText(Path.Combine(Root(), "docs", "http-api.md"))
            .Split("\n### ").Single(part => part.StartsWith("Without a document\n", StringComparison.Ordinal))
            .Split("\n## ")[0]
            .Split('\n')
            .Where(line => Row().IsMatch(line))
            .Select(line => int.Parse(line.Split('|')[1], CultureInfo.InvariantCulture));

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..");

    [GeneratedRegex("^\\| [0-9]{3} \\|")]
    private static partial Regex Row();
}
