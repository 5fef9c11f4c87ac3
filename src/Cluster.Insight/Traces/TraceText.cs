using SearchCluster.Contracts.Api;

namespace SearchCluster.Insight.Traces;

/// <summary>A trace as an indented tree with durations.</summary>
public static class TraceText
{
    private const int MostAlike = 4;
    private const string AttributePrefix = "searchcluster.";

    /// <summary>Writes the tree.</summary>
    /// <param name="output">Where.</param>
    /// <param name="trace">At least one span.</param>
    /// <param name="showAll">False to fold spans of one name beside each other after the first few.</param>
    public static void Write(TextWriter output, TraceView trace, bool showAll) =>
        WriteSiblings(output, TraceTree.Build(trace.Spans), string.Empty, trace.Spans[0].StartedAt, showAll);

    private static void WriteSiblings(
        TextWriter output, IReadOnlyList<TraceNode> siblings, string indent, DateTimeOffset start, bool showAll)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var folded = siblings
            .GroupBy(node => node.Span.Name, StringComparer.Ordinal)
            .Where(group => !showAll && group.Count() > MostAlike)
            .ToDictionary(group => group.Key, group => group.Skip(MostAlike - 1).ToList(), StringComparer.Ordinal);
        foreach (var node in siblings)
        {
            var count = seen[node.Span.Name] = seen.GetValueOrDefault(node.Span.Name) + 1;
            if (!folded.TryGetValue(node.Span.Name, out var hidden) || count < MostAlike)
            {
                output.WriteLine(Line(node.Span, indent, start));
                WriteSiblings(output, node.Children, indent + "  ", start, showAll);
            }
            else if (count == MostAlike)
            {
                output.WriteLine(FoldedLine(hidden, indent));
            }
        }
    }

    private static string Line(SpanView span, string indent, DateTimeOffset start)
    {
        var attributes = span.Attributes
            .Where(a => a.Key.StartsWith(AttributePrefix, StringComparison.Ordinal) && a.Key != AttributePrefix + "search")
            .Select(a => $"{SafeText.Of(a.Key[AttributePrefix.Length..])}={SafeText.Of(a.Value)}");
        var error = span.IsError ? "  FAILED" : string.Empty;
        var name = indent + SafeText.Of(span.Name);
        return $"{Offset(span.StartedAt - start),10}  {name,-32} {Durations.Of(span.Duration),10}{error}  {SafeText.Of(span.Service)}  "
            + $"{string.Join(' ', attributes)}"
            .TrimEnd();
    }

    private static string FoldedLine(List<TraceNode> hidden, string indent)
    {
        var total = TimeSpan.FromTicks(hidden.Sum(node => node.Span.Duration.Ticks));
        var errors = hidden.Count(node => node.Span.IsError);
        return $"{"",10}  {indent}... {hidden.Count} more {SafeText.Of(hidden[0].Span.Name)}, {Durations.Of(total)} in "
            + $"total{(errors > 0 ? $", {errors} failed" : string.Empty)} (--all shows them)";
    }

    private static string Offset(TimeSpan offset) => "+" + Durations.Of(offset < TimeSpan.Zero ? TimeSpan.Zero : offset);
}
