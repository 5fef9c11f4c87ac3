using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Traces;

namespace SearchCluster.Insight.Tests.Traces;

public sealed class TraceTreeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Children_stand_below_their_parent_in_order_of_their_start()
    {
        var tree = TraceTree.Build([Span("c", "a", 3), Span("b", "a", 2), Span("a", null, 1), Span("d", "c", 4)]);

        Text(tree).ShouldBe("a(b c(d))");
        tree[0].Count.ShouldBe(4);
    }

    [Fact]
    public void A_span_whose_parent_is_missing_stands_at_the_root() =>
        Text(TraceTree.Build([Span("a", null, 1), Span("x", "gone", 2)])).ShouldBe("a x");

    [Fact]
    public void A_circle_of_parents_is_cut_and_every_span_occurs_once() =>
        Text(TraceTree.Build([Span("a", "b", 1), Span("b", "a", 2), Span("c", "b", 3)])).ShouldBe("a(b(c))");

    [Fact]
    public void A_span_that_is_its_own_parent_occurs_once() => Text(TraceTree.Build([Span("a", "a", 1)])).ShouldBe("a");

    [Fact]
    public void A_span_that_was_written_twice_occurs_once() =>
        Text(TraceTree.Build([Span("a", null, 1), Span("a", null, 1)])).ShouldBe("a");

    private static SpanView Span(string id, string? parent, int second) =>
        new(id, parent, id, "test", Noon.AddSeconds(second), TimeSpan.FromSeconds(1), false, ValueMap<string>.Empty, "t");

    private static string Text(IEnumerable<TraceNode> nodes) =>
        string.Join(' ', nodes.Select(node => node.Span.SpanId + (node.Children.Count == 0 ? "" : $"({Text(node.Children)})")));
}
