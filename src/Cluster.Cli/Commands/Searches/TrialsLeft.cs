using System.Globalization;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Searches;

/// <summary>Says before they are trained how many trials a search goes on with: what is added comes to what was
/// left of its budget.</summary>
internal static class TrialsLeft
{
    /// <summary>Says it.</summary>
    /// <param name="detail">The search, as it goes on.</param>
    /// <param name="added">Trials that were added to its budget now.</param>
    /// <returns>A line; null where the budget counts no trials.</returns>
    public static string? Of(SearchDetail detail, int added)
    {
        if (detail.Budget.Trials is not { } budget)
        {
            return null;
        }

        var left = Math.Max(0, budget - detail.Summary.Counts.Finished);
        var before = Math.Max(0, left - added);
        return added == 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Search {detail.SearchId}: {Format.Count(left, "trial")} of its budget of {budget} to train.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Search {detail.SearchId}: {Format.Count(left, "trial")} to train: {before} that were left of its budget of "
                    + $"{budget - added}, and {added} more; the budget is {budget} now.");
    }
}
