using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>Says field by field in what a spec differs from the one of a search.</summary>
public static class DifferenceText
{
    private const int MostLines = 12;
    private const int LongestValue = 60;

    private static readonly string[] Paths = ["data.source", "workload.pretrained.file"];

    public static IEnumerable<string> Lines(ValueArray<SpecDifference> differences)
    {
        var width = differences.Take(MostLines).Select(difference => difference.Path.Length).DefaultIfEmpty().Max();
        foreach (var difference in differences.Take(MostLines))
        {
            var (stored, given) = (Value(difference, difference.Stored), Value(difference, difference.Given));
            yield return $"   {SafeText.Of(difference.Path).PadRight(width)}  stored {stored}, given {given}";
        }

        if (differences.Count > MostLines)
        {
            yield return $"   and {Format.Count(differences.Count - MostLines, "more field")}";
        }
    }

    // Of a path the end tells one file from another, and whoever goes on with it needs all of it.
    private static string Value(SpecDifference difference, string? json) => json is null ? "nothing"
        : SafeText.Of(Paths.Contains(difference.Path) ? json : Format.Shorten(json, LongestValue));
}
