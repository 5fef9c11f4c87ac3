using System.Globalization;
using System.Numerics;

namespace SearchCluster.Search.Sampling;

/// <summary>
/// The configurations that the trials of a search have, and those that it took over from an earlier one (<c>warmStart</c>), so that none is
/// tried twice.
/// </summary>
/// <remarks>
/// Equal values on another share of the data are another configuration. A cache over the view: it depends on
/// the trials' numbers, not on what became of them, so it is the same whether built at once or step by step.
/// </remarks>
internal sealed class TakenConfigurations
{
    private readonly HashSet<(ParameterValues Values, double? DataFraction)> _taken = [];
    private bool _hasEarlier;
    private int _trials;

    /// <summary>How many there are; equal ones count once.</summary>
    public int Count => _taken.Count;

    /// <summary>Says that there is nothing left to try.</summary>
    /// <param name="count">How many configurations there are.</param>
    /// <param name="of">Of what, in one word.</param>
    /// <param name="view">The search.</param>
    public static string All(BigInteger count, string of, SearchView view)
    {
        var earlier = view.Spec.WarmStart is { Observations.Count: > 0 } warmStart
            ? $" by this search or by {warmStart.From}, from which it was started"
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"All {count} configurations of the {of} were suggested{earlier}.");
    }

    /// <summary>Adds what was suggested since the last call.</summary>
    /// <param name="view">The same search, at the same time or later.</param>
    public void Update(SearchView view)
    {
        if (!_hasEarlier)
        {
            _hasEarlier = true;
            foreach (var earlier in view.Spec.WarmStart?.Observations ?? [])
            {
                _taken.Add((earlier.Values, null));
            }
        }

        for (; _trials < view.TrialCount; _trials++)
        {
            var trial = view.Trial(new TrialId(_trials));
            _taken.Add((trial.SuggestedValues, trial.DataFraction));
        }
    }

    /// <summary>Tells whether a configuration was tried, runs or waits.</summary>
    /// <param name="values">The configuration.</param>
    /// <param name="dataFraction">Share of the data that it would use; null for all.</param>
    public bool Contains(ParameterValues values, double? dataFraction) => _taken.Contains((values, dataFraction));
}
