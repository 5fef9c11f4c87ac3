using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Traces;

namespace SearchCluster.Insight.Tests.Traces;

public sealed class TraceTreeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Children_stand_below_their_parent_in_order_of_their_start()
    {
        Text(Span("c", "a", 3), Span("b", "a", 2), Span("a", null, 1), Span("d", "c", 4)).ShouldBe("a(b c(d))");
    }

    [Fact]
    public void A_span_whose_parent_is_missing_stands_at_the_root() =>
        Text(Span("a", null, 1), Span("x", "gone", 2)).ShouldBe("a x");

    [Fact]
    public void A_circle_of_parents_is_cut_and_every_span_occurs_once() =>
        Text(Span("a", "b", 1), Span("b", "a", 2), Span("c", "b", 3)).ShouldBe("a(b(c))");

    [Fact]
    public void A_span_that_is_its_own_parent_occurs_once() => Text(Span("a", "a", 1)).ShouldBe("a");

    [Fact]
    public void A_span_that_was_written_twice_occurs_once() =>
        Text(Span("a", null, 1), Span("a", null, 1)).ShouldBe("a");

    private static SpanView Span(string id, string? parent, int second) =>
        new(id, parent, id, "test", Noon.AddSeconds(second), TimeSpan.FromSeconds(1), false, ValueMap<string>.Empty, "t");

    [Fact]
    public void What_hangs_below_a_circle_is_kept() =>
        Text(Span("a", "b", 1), Span("z", "b", 0), Span("b", "c", 2), Span("c", "a", 3)).ShouldBe("a(c(b(z)))");

    [Fact]
    public void Spans_that_memory_should_not_hold_lie_in_a_file()
    {
        using var file = new MemoryStream();
        var attribute = new ValueMap<string>(new SortedDictionary<string, string>(StringComparer.Ordinal) { ["text"] = new('x', 1000) });
        using var spans = new TraceSpans(() => file);

        for (var n = 5_000; n > 0; n--)
        {
            spans.Add(Span($"{n:x16}", $"{n / 2:x16}", n) with { Attributes = attribute });
        }

        file.Length.ShouldBeGreaterThan(5_000_000);
        spans.Count.ShouldBe(5_000);
        spans[0].SpanId.ShouldBe($"{1:x16}");
        spans[4_999].Attributes["text"].Length.ShouldBe(1000);
        TraceTree.Build(spans).ChildrenOf(9).ShouldBe([19, 20]);
    }

    private static string Text(params IReadOnlyList<SpanView> all)
    {
        using var spans = new TraceSpans(() => throw new InvalidOperationException("They are few."));
        foreach (var span in all)
        {
            spans.Add(span);
        }

        var tree = TraceTree.Build(spans);
        return Nodes(tree.Roots);

        string Nodes(IEnumerable<int> nodes) => string.Join(
            ' ', nodes.Select(node => spans[node].SpanId + (tree.ChildrenOf(node).Any() ? $"({Nodes(tree.ChildrenOf(node))})" : "")));
    }
}
