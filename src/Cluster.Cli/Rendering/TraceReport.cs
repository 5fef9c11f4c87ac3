using SearchCluster.Cli.Output;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.Telemetry;

namespace SearchCluster.Cli.Rendering;

/// <summary>A trace as a tree with durations, and a summary by kind of span.</summary>
internal static class TraceReport
{
    private const int MostAlike = 4;
    private const string AttributePrefix = "searchcluster.";

    public static void Write(CliOutput output, TraceView trace, bool showAll)
    {
        output.Data.WriteLine($"trace {SafeText.Of(trace.TraceId)}  search {trace.SearchId}  {Format.Count(trace.Spans.Count, "span")}");
        if (trace.Spans.Count == 0)
        {
            output.Note("No span of it lies in the state folder.");
            return;
        }

        output.Data.WriteLine();
        WriteSiblings(output.Data, TraceTree.Build(trace.Spans), string.Empty, trace.Spans[0].StartedAt, showAll);
        output.Data.WriteLine();
        output.DataConsole.Write(Summary(trace.Spans));
    }

    private static void WriteSiblings(TextWriter data, IReadOnlyList<TraceNode> siblings, string indent, DateTimeOffset start, bool showAll)
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
                data.WriteLine(Line(node.Span, indent, start));
                WriteSiblings(data, node.Children, indent + "  ", start, showAll);
            }
            else if (count == MostAlike)
            {
                data.WriteLine(FoldedLine(hidden, indent));
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
        return $"{Offset(span.StartedAt - start),10}  {name,-32} {Format.Duration(span.Duration),10}{error}  {SafeText.Of(span.Service)}  {string.Join(' ', attributes)}".TrimEnd();
    }

    private static string FoldedLine(List<TraceNode> hidden, string indent)
    {
        var total = TimeSpan.FromTicks(hidden.Sum(node => node.Span.Duration.Ticks));
        var errors = hidden.Count(node => node.Span.IsError);
        return $"{"",10}  {indent}... {hidden.Count} more {SafeText.Of(hidden[0].Span.Name)}, {Format.Duration(total)} in total{(errors > 0 ? $", {errors} failed" : string.Empty)} (--all shows them)";
    }

    private static string Offset(TimeSpan offset) => "+" + Format.Duration(offset < TimeSpan.Zero ? TimeSpan.Zero : offset);

    private static Spectre.Console.Table Summary(IReadOnlyCollection<SpanView> spans)
    {
        var table = Tables.New("span", "count", "total", "mean", "longest", "failed");
        foreach (var group in spans.GroupBy(s => s.Name, StringComparer.Ordinal).OrderByDescending(g => g.Sum(s => s.Duration.Ticks)))
        {
            var total = group.Sum(s => s.Duration.Ticks);
            table.Row(
                group.Key,
                $"{group.Count()}",
                Format.Duration(TimeSpan.FromTicks(total)),
                Format.Duration(TimeSpan.FromTicks(total / group.Count())),
                Format.Duration(group.Max(s => s.Duration)),
                $"{group.Count(s => s.IsError)}");
        }

        return table;
    }
}
