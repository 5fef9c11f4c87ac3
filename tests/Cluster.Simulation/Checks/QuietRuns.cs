using System.Collections.Concurrent;
using SearchCluster.Search.State;
using SearchCluster.Simulation.Engine;

namespace SearchCluster.Simulation.Checks;

/// <summary>What each plan comes to when nothing goes wrong. Thread-safe.</summary>
internal static class QuietRuns
{
    private static readonly ConcurrentDictionary<int, IReadOnlyList<(ParameterValues, double)>> Known = new();

    /// <summary>Configurations and losses by trial number.</summary>
    public static IReadOnlyList<(ParameterValues Values, double Loss)> Of(int plan)
    {
        if (!Known.TryGetValue(plan, out var results))
        {
            var world = World.Current;
            results = [.. Results(Simulation.RunQuiet(plan).State!)];
            World.Current = world;
            Known.TryAdd(plan, results);
        }

        return results;
    }

    public static IEnumerable<(ParameterValues Values, double Loss)> Results(SearchState state) =>
        state.Trials.Select(trial => (trial.Values, trial.Result?.Objective ?? double.NaN));
}
