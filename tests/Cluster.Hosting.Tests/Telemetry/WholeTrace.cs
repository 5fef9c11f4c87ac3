using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.Telemetry;

namespace SearchCluster.Hosting.Tests.Telemetry;

/// <summary>All pages of a trace.</summary>
internal static class WholeTrace
{
    public static IReadOnlyList<SpanView> Read(StateFolder state, string traceId) => Counted(state, traceId, limit: 2).Spans;

    /// <summary>Also counts the lines that cannot be read.</summary>
    public static (IReadOnlyList<SpanView> Spans, int? Unreadable) Counted(StateFolder state, string traceId, int limit)
    {
        var (spans, unreadable, after) = (new List<SpanView>(), (int?)null, (string?)null);
        do
        {
            var page = TraceReader.Read(state, traceId, after, limit, TestContext.Current.CancellationToken);
            page.Spans.Count.ShouldBeLessThanOrEqualTo(limit);
            spans.AddRange(page.Spans);
            unreadable = page.Unreadable is { } count ? (unreadable ?? 0) + count : unreadable;
            after = page.Next;
        }
        while (after is not null);
        return (spans, unreadable);
    }
}
