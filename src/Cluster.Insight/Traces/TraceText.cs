using SearchCluster.Contracts.Api;

namespace SearchCluster.Insight.Traces;

/// <summary>A trace as an indented tree with durations.</summary>
internal sealed class TraceText
{
    private const int MostAlike = 4;
    private const string AttributePrefix = "searchcluster.";

    private readonly TextWriter _output;
    private readonly TraceSpans _spans;
    private readonly TraceTree _tree;
    private readonly bool _showAll;
    private readonly DateTimeOffset _start;

    private TraceText(TextWriter output, TraceSpans spans, bool showAll)
    {
        (_output, _spans, _tree, _showAll) = (output, spans, TraceTree.Build(spans), showAll);
        _start = new(spans.Entries[0].StartedAt, TimeSpan.Zero);
    }

    /// <summary>Writes the tree.</summary>
    /// <param name="output">Where.</param>
    /// <param name="spans">At least one span.</param>
    /// <param name="showAll">False to fold spans of one name beside each other after the first few.</param>
    public static void Write(TextWriter output, TraceSpans spans, bool showAll)
    {
        var text = new TraceText(output, spans, showAll);
        text.WriteSiblings(text._tree.Roots, string.Empty);
    }

    private void WriteSiblings(IEnumerable<int> siblings, string indent)
    {
        var (alike, seen) = (new Dictionary<int, Alike>(), new Dictionary<int, int>());
        foreach (var index in siblings)
        {
            var entry = _spans.Entries[index];
            alike[entry.Name] = alike.GetValueOrDefault(entry.Name).With(entry);
        }

        foreach (var index in siblings)
        {
            var name = _spans.Entries[index].Name;
            var (all, count) = (alike[name], seen[name] = seen.GetValueOrDefault(name) + 1);
            if (_showAll || all.Count <= MostAlike || count < MostAlike)
            {
                _output.WriteLine(Line(_spans[index], indent));
                WriteSiblings(_tree.ChildrenOf(index), indent + "  ");
            }
            else if (count == MostAlike)
            {
                _output.WriteLine(FoldedLine(_spans.NameOf(name), all, indent));
            }
        }
    }

    private string Line(SpanView span, string indent)
    {
        var attributes = span.Attributes
            .Where(a => a.Key.StartsWith(AttributePrefix, StringComparison.Ordinal) && a.Key != AttributePrefix + "search")
            .Select(a => $"{SafeText.Of(a.Key[AttributePrefix.Length..])}={SafeText.Of(a.Value)}");
        var error = span.IsError ? "  FAILED" : string.Empty;
        var name = indent + SafeText.Of(span.Name);
        return $"{Offset(span.StartedAt - _start),10}  {name,-32} {Durations.Of(span.Duration),10}{error}  {SafeText.Of(span.Service)}  "
            + $"{string.Join(' ', attributes)}"
            .TrimEnd();
    }

    private static string FoldedLine(string name, Alike all, string indent) =>
        $"{"",10}  {indent}... {all.Count - MostAlike + 1} more {SafeText.Of(name)}, "
            + $"{Durations.Of(TimeSpan.FromTicks(all.HiddenTicks))} in total"
            + $"{(all.HiddenErrors > 0 ? $", {all.HiddenErrors} failed" : string.Empty)} (--all shows them)";

    private static string Offset(TimeSpan offset) => "+" + Durations.Of(offset < TimeSpan.Zero ? TimeSpan.Zero : offset);

    // Those of one name beside each other; hidden are all from the fourth on, where there are more.
    private readonly record struct Alike(int Count, long HiddenTicks, int HiddenErrors)
    {
        public Alike With(TraceEntry entry) => Count < MostAlike - 1
            ? this with { Count = Count + 1 }
            : new(Count + 1, HiddenTicks + entry.Duration, HiddenErrors + (entry.IsError ? 1 : 0));
    }
}
