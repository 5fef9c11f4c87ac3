using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Traces;

/// <summary>A trace as a tree with durations, and a summary by kind of span.</summary>
public static class TraceReport
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where.</param>
    /// <param name="search">Whose trace it is.</param>
    /// <param name="traceId">W3C trace id.</param>
    /// <param name="spans">The spans; without any it is its headline alone.</param>
    /// <param name="showAll">False to fold spans of one name beside each other after the first few.</param>
    /// <param name="width">Width of a line of the summary.</param>
    /// <param name="isStyled">Whether the reader understands that headings are dim.</param>
    public static void Write(
        TextWriter output, SearchId search, string traceId, TraceSpans spans, bool showAll, int width, bool isStyled = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(spans);
        output.WriteLine($"trace {SafeText.Of(traceId)}  search {search}  {Format.Count(spans.Count, "span")}");
        if (spans.Count == 0)
        {
            return;
        }

        output.WriteLine();
        TraceText.Write(output, spans, showAll);
        output.WriteLine();
        Summary(spans).Write(output, width, isStyled);
    }

    private static TextTable Summary(TraceSpans spans)
    {
        var kinds = new Dictionary<int, Kind>();
        foreach (var entry in spans.Entries)
        {
            kinds[entry.Name] = kinds.GetValueOrDefault(entry.Name).With(entry);
        }

        var table = new TextTable("span", "count", "total", "mean", "longest", "failed");
        foreach (var (name, kind) in kinds.OrderByDescending(kind => kind.Value.Ticks))
        {
            table.Row(
                spans.NameOf(name),
                $"{kind.Count}",
                Durations.Of(TimeSpan.FromTicks(kind.Ticks)),
                Durations.Of(TimeSpan.FromTicks(kind.Ticks / kind.Count)),
                Durations.Of(TimeSpan.FromTicks(kind.Longest)),
                $"{kind.Errors}");
        }

        return table;
    }

    private readonly record struct Kind(int Count, long Ticks, long Longest, int Errors)
    {
        public Kind With(TraceEntry entry) => new(
            Count + 1, Ticks + entry.Duration, Math.Max(Longest, entry.Duration), Errors + (entry.IsError ? 1 : 0));
    }
}
