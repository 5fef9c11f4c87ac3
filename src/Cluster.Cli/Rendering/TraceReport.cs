using SearchCluster.Cli.Output;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Traces;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Rendering;

/// <summary>A trace as a tree with durations, and a summary by kind of span.</summary>
internal static class TraceReport
{
    public static void Write(CliOutput output, TraceView trace, bool showAll)
    {
        output.Data.WriteLine($"trace {SafeText.Of(trace.TraceId)}  search {trace.SearchId}  {Format.Count(trace.Spans.Count, "span")}");
        if (trace.Spans.Count == 0)
        {
            output.Note("No span of it lies in the state folder.");
            return;
        }

        output.Data.WriteLine();
        TraceText.Write(output.Data, trace, showAll);
        output.Data.WriteLine();
        output.DataConsole.Write(Summary(trace.Spans));
    }

    private static Spectre.Console.Table Summary(IReadOnlyCollection<SpanView> spans)
    {
        var table = Tables.New("span", "count", "total", "mean", "longest", "failed");
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
