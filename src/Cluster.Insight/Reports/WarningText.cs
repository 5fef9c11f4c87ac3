using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>The warnings of a search, one a line.</summary>
public static class WarningText
{
    // More would push the search itself off a live screen; the report at its end has them all.
    private const int MostOnScreen = 3;

    /// <summary>All warnings in full.</summary>
    public static IEnumerable<string> Lines(SearchDetail detail)
    {
        foreach (var warning in detail.Warnings ?? [])
        {
            yield return Line(warning) + (warning.Count > 1 ? $" (told by {warning.Count} attempts)" : "");
        }

        if (Others(detail) is { } others)
        {
            yield return others;
        }
    }

    /// <summary>One warning without its count, which grows.</summary>
    public static string Line(WarningView warning) => SafeText.Of(warning.Code is { } code ? $"{code} {warning.Text}" : warning.Text);

    /// <summary>What is said of warnings that are not kept one by one; null when there are none.</summary>
    public static string? Others(SearchDetail detail) => detail.OtherWarnings == 0
        ? null
        : $"Its trials warned of more than is kept: {Format.Count(detail.OtherWarnings, "further warning")}, see the log.";

    /// <summary>As many as have room on a live screen, each cut to its width.</summary>
    public static IEnumerable<string> Screen(SearchDetail detail, int columns)
    {
        var lines = Lines(detail).ToList();
        var shown = lines.Count > MostOnScreen
            ? lines.Take(MostOnScreen - 1).Append($"and {Format.Count(lines.Count - MostOnScreen + 1, "further warning")}")
            : lines;
        return shown.Select(line => Format.Shorten("warning: " + line, columns - 1));
    }

    /// <summary>Writes them as a paragraph of a report; nothing when there are none.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(Format.Count(lines.Count, "warning"));
        foreach (var line in lines)
        {
            output.WriteLine($"  {line}");
        }
    }
}
