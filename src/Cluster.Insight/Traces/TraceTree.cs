namespace SearchCluster.Insight.Traces;

/// <summary>The spans of a trace as trees: numbers only, four bytes a span for each of three lists.</summary>
public sealed class TraceTree
{
    private const int None = -1;

    private readonly int[] _first;
    private readonly int[] _next;

    private TraceTree(int[] first, int[] next, int root) => (_first, _next, Roots) = (first, next, Walk(next, root));

    /// <summary>Places of the roots in <see cref="TraceSpans"/>, in order of their start.</summary>
    public IEnumerable<int> Roots { get; }

    /// <summary>Places of a span's children, in order of their start.</summary>
    /// <param name="index">The span's own.</param>
    public IEnumerable<int> ChildrenOf(int index) => Walk(_next, _first[index]);

    /// <summary>Builds the trees. A span whose parent is not among the spans (it still runs, or its file is gone) stands at the root; of
    /// parents that form a circle, which only a broken file can hold, the earliest span does.</summary>
    /// <param name="spans">In any order; a parent need not be among them.</param>
    /// <returns>Every span occurs exactly once.</returns>
    public static TraceTree Build(TraceSpans spans)
    {
        ArgumentNullException.ThrowIfNull(spans);
        var parents = ParentsOf(spans);
        CutCircles(parents);
        var (first, next, root) = (new int[parents.Length], new int[parents.Length], None);
        Array.Fill(first, None);
        for (var i = parents.Length - 1; i >= 0; i--)
        {
            ref var head = ref parents[i] == None ? ref root : ref first[parents[i]];
            (next[i], head) = (head, i);
        }

        return new(first, next, root);
    }

    private static int[] ParentsOf(TraceSpans spans)
    {
        var entries = spans.Entries;
        var places = new Dictionary<ulong, int>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            places[entries[i].Id] = i;
        }

        var parents = new int[entries.Count];
        for (var i = 0; i < parents.Length; i++)
        {
            parents[i] = entries[i].Parent is { } parent && places.TryGetValue(parent, out var place) ? place : None;
        }

        return parents;
    }

    // Each way up ends at a root, at a way that was gone before, or where it was itself.
    private static void CutCircles(int[] parents)
    {
        var gone = new int[parents.Length];
        for (var start = 0; start < parents.Length; start++)
        {
            var (place, way) = (start, start + 1);
            while (place != None && gone[place] == 0)
            {
                gone[place] = way;
                place = parents[place];
            }

            if (place != None && gone[place] == way)
            {
                parents[EarliestOf(place, parents)] = None;
            }
        }
    }

    private static int EarliestOf(int place, int[] parents)
    {
        var earliest = place;
        for (var other = parents[place]; other != place; other = parents[other])
        {
            earliest = Math.Min(earliest, other);
        }

        return earliest;
    }

    private static IEnumerable<int> Walk(int[] next, int first)
    {
        for (var place = first; place != None; place = next[place])
        {
            yield return place;
        }
    }
}
