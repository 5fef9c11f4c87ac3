using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Insight.Reports;

/// <summary>The failed trials of a search by cause, with the first example of each.</summary>
public static class FailureText
{
    private const int MostCauses = 10;
    private const int LongestMessage = 200;

    /// <summary>Writes them as a paragraph of a report; nothing when no trial failed.</summary>
    public static void Write(TextWriter output, SearchDetail detail)
    {
        if (detail.Failures is not { Count: > 0 } causes)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"{Format.Count(causes.Sum(cause => cause.Count), "failed trial")}");
        foreach (var cause in causes.Take(MostCauses))
        {
            output.WriteLine(
                $"  {cause.Count} × {Name(cause)}, first {cause.FirstTrial}: {Format.Shorten(SafeText.Of(cause.Message), LongestMessage)}");
        }

        if (causes.Count > MostCauses)
        {
            output.WriteLine($"  and {Format.Count(causes.Count - MostCauses, "further cause")}");
        }

        output.WriteLine($"  searchcluster explain {detail.SearchId} {causes[0].FirstTrial} tells more");
    }

    private static string Name(FailureCause cause) => cause.Exception is { } exception ? SafeText.Of(exception) : Words.Spaced(cause.Kind);
}
