using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Commands.Results;

public sealed class TraceCommandTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private readonly CliHarness _cli = new();

    public TraceCommandTests()
    {
        var spans = new List<SpanView>
        {
            Span("00f067aa0ba902b7", null, "search.submit", 0, 50),
            Span("00f067aa0ba902b8", "00f067aa0ba902b7", "attempt", 10, 1000),
        };
        spans.AddRange(Enumerable.Range(0, 10)
            .Select(n => Span($"00f067aa0ba903{n:00}", "00f067aa0ba902b8", "epoch", 20 + (n * 100), 100, isError: n == 9)));
        _cli.Service.With(Sample.Detail());
        _cli.Service.Trace = new TraceView(Sample.Digits, TraceId, spans.ToValueArray());
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Similar_siblings_are_folded_with_a_count()
    {
        (await _cli.RunAsync("trace", "digits")).ShouldBe(0);

        var lines = _cli.Out.Split('\n');
        lines[0].ShouldBe($"trace {TraceId}  search digits  12 spans");
        lines.Count(line => line.Contains("    epoch  ", StringComparison.Ordinal)).ShouldBe(3);
        _cli.Out.ShouldContain("... 7 more epoch, 700 ms in total, 1 failed (--all shows them)");
    }

    [Theory]
    [InlineData("--all")]
    [InlineData("--json")]
    public async Task A_trace_whose_files_hold_no_span_is_damaged(string option)
    {
        _cli.Service.Trace = new TraceView(Sample.Digits, TraceId, [], Unreadable: 3);

        (await _cli.RunAsync("trace", "digits", option)).ShouldBe(9);

        _cli.Error.ShouldContain("warning: 3 lines of the trace's files in traces/" + TraceId + " cannot be read and are left out");
    }

    [Fact]
    public async Task All_spans_can_be_shown()
    {
        (await _cli.RunAsync("trace", "digits", "--all")).ShouldBe(0);

        _cli.Out.Split('\n').Count(line => line.Contains("    epoch  ", StringComparison.Ordinal)).ShouldBe(10);
        _cli.Out.ShouldNotContain("more epoch");
    }

    [Fact]
    public async Task The_summary_counts_each_kind()
    {
        await _cli.RunAsync("trace", "digits");

        var summary = _cli.Out
            .Split('\n')
            .Last(line => line.StartsWith("epoch", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        summary.ShouldBe(["epoch", "10", "1", "s", "100", "ms", "100", "ms", "1"]);
    }

    [Fact]
    public async Task The_document_holds_every_span()
    {
        (await _cli.RunAsync("trace", "digits", "--json")).ShouldBe(0);

        using var document = System.Text.Json.JsonDocument.Parse(_cli.Out);
        document.RootElement.GetProperty("spans").GetArrayLength().ShouldBe(12);
        document.RootElement.GetProperty("spans")[1].GetProperty("durationMilliseconds").GetDouble().ShouldBe(1000);
    }

    private static SpanView Span(
        string id, string? parent, string name, int startMilliseconds, int milliseconds, bool isError = false) => new(
        id,
        parent,
        name,
        "run",
        ImpatientClock.Start.AddMilliseconds(startMilliseconds),
        TimeSpan.FromMilliseconds(milliseconds),
        isError,
        ValueMap<string>.Empty,
        TraceId);
}
