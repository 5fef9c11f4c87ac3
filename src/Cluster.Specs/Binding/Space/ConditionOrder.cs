using SearchCluster.Specs.Text;

namespace SearchCluster.Specs.Binding.Space;

/// <summary>Sorts parameters so that each comes after those its conditions name.</summary>
internal static class ConditionOrder
{
    /// <summary>Sorts; the order of the file decides among those that are free.</summary>
    /// <param name="parameters">The parameters in the order of the file.</param>
    /// <param name="drafts">Their sections, for messages.</param>
    /// <returns>The sorted parameters; null when conditions go in a circle, which is reported.</returns>
    public static ValueArray<ParameterSpec>? Sort(
        IReadOnlyList<ParameterSpec> parameters, IReadOnlyDictionary<string, ParameterDraft> drafts)
    {
        var sorted = new List<ParameterSpec>(parameters.Count);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        while (sorted.Count < parameters.Count)
        {
            var next = parameters.FirstOrDefault(p => !placed.Contains(p.Name) && Parents(p).All(placed.Contains));
            if (next is null)
            {
                Report(parameters.Where(p => !placed.Contains(p.Name)).ToDictionary(p => p.Name, StringComparer.Ordinal), drafts);
                return null;
            }

            placed.Add(next.Name);
            sorted.Add(next);
        }

        return sorted.ToValueArray();
    }

    private static IEnumerable<string> Parents(ParameterSpec parameter) => (parameter.When ?? []).Select(condition => condition.Parameter);

    // Every parameter left waits for another one left: following any of them leads into the circle.
    private static void Report(Dictionary<string, ParameterSpec> left, IReadOnlyDictionary<string, ParameterDraft> drafts)
    {
        var path = new List<string> { left.Keys.First() };
        while (true)
        {
            var next = Parents(left[path[^1]]).First(left.ContainsKey);
            var start = path.IndexOf(next);
            if (start >= 0)
            {
                var circle = string.Join(" → ", path.Skip(start).Append(next));
                var section = drafts[next].Section;
                section.Error(
                    SpecCodes.ConditionCycle,
                    section.Find("when")!.Key.At,
                    "when",
                    $"the conditions go in a circle: {Display.Cut(circle, 200)}",
                    "remove one of these conditions");
                return;
            }

            path.Add(next);
        }
    }
}
