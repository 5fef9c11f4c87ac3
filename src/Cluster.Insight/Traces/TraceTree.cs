using SearchCluster.Contracts.Api;

namespace SearchCluster.Insight.Traces;

/// <summary>One span and what happened inside it.</summary>
/// <param name="Span">As the process that ended it wrote it.</param>
/// <param name="Children">Its children in order of their start.</param>
public sealed record TraceNode(SpanView Span, IReadOnlyList<TraceNode> Children)
{
    /// <summary>Counts this span and all below it.</summary>
    public int Count => 1 + Children.Sum(child => child.Count);
}

/// <summary>The spans of a trace as trees.</summary>
public static class TraceTree
{
    /// <summary>Builds the trees. A span whose parent is not among the spans (it still runs, or its file is
    /// gone) stands at the root.</summary>
    /// <param name="spans">Spans in any order.</param>
    /// <returns>Roots in order of their start; every span occurs exactly once, also when parents form a circle.</returns>
    public static IReadOnlyList<TraceNode> Build(IEnumerable<SpanView> spans)
    {
        var ordered = spans
            .OrderBy(span => span.StartedAt)
            .ThenBy(span => span.SpanId, StringComparer.Ordinal)
            .DistinctBy(span => span.SpanId)
            .ToList();
        var known = ordered.Select(span => span.SpanId).ToHashSet(StringComparer.Ordinal);
        var byParent = ordered.ToLookup(
            span => span.ParentSpanId is { } parent && known.Contains(parent) ? parent : "", StringComparer.Ordinal);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        var roots = byParent[""].Select(span => Grow(span, byParent, placed)).ToList();

        // What is left hangs below a circle, which only a broken file can hold: cut it at its earliest span.
        foreach (var span in ordered)
        {
            if (!placed.Contains(span.SpanId))
            {
                roots.Add(Grow(span, byParent, placed));
            }
        }

        return roots;
    }

    private static TraceNode Grow(SpanView span, ILookup<string, SpanView> byParent, HashSet<string> placed)
    {
        placed.Add(span.SpanId);
        return new TraceNode(
            span, [.. byParent[span.SpanId].Where(child => !placed.Contains(child.SpanId)).Select(child => Grow(child, byParent, placed))]);
    }
}
