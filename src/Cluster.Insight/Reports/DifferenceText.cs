using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>Says field by field in what a spec differs from the one of a search.</summary>
public static class DifferenceText
{
    private const int MostLines = 12;
    private const int LongestValue = 60;

    public static IEnumerable<string> Lines(ValueArray<SpecDifference> differences)
    {
        var width = differences.Take(MostLines).Select(difference => difference.Path.Length).DefaultIfEmpty().Max();
        foreach (var difference in differences.Take(MostLines))
        {
            yield return $"   {SafeText.Of(difference.Path).PadRight(width)}  stored {Value(difference.Stored)}, given {Value(difference.Given)}";
        }

        if (differences.Count > MostLines)
        {
            yield return $"   and {Format.Count(differences.Count - MostLines, "more field")}";
        }
    }

    private static string Value(string? json) => json is null ? "nothing" : SafeText.Of(Format.Shorten(json, LongestValue));
}
