using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Traces;

/// <summary>A trace as a tree with durations, and a summary by kind of span.</summary>
public static class TraceReport
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where.</param>
    /// <param name="trace">The trace; without spans it is its headline alone.</param>
    /// <param name="showAll">False to fold spans of one name beside each other after the first few.</param>
    /// <param name="width">Width of a line of the summary.</param>
    /// <param name="isStyled">Whether the reader understands that headings are dim.</param>
    public static void Write(TextWriter output, TraceView trace, bool showAll, int width, bool isStyled = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(trace);
        output.WriteLine($"trace {SafeText.Of(trace.TraceId)}  search {trace.SearchId}  {Format.Count(trace.Spans.Count, "span")}");
        if (trace.Spans.Count == 0)
        {
            return;
        }

        output.WriteLine();
        TraceText.Write(output, trace, showAll);
        output.WriteLine();
        Summary(trace.Spans).Write(output, width, isStyled);
    }

    private static TextTable Summary(IReadOnlyCollection<SpanView> spans)
    {
        var table = new TextTable("span", "count", "total", "mean", "longest", "failed");
        foreach (var group in spans.GroupBy(s => s.Name, StringComparer.Ordinal).OrderByDescending(g => g.Sum(s => s.Duration.Ticks)))
        {
            var total = group.Sum(s => s.Duration.Ticks);
            table.Row(
                group.Key,
                $"{group.Count()}",
                Durations.Of(TimeSpan.FromTicks(total)),
                Durations.Of(TimeSpan.FromTicks(total / group.Count())),
                Durations.Of(group.Max(s => s.Duration)),
                $"{group.Count(s => s.IsError)}");
        }

        return table;
    }
}
