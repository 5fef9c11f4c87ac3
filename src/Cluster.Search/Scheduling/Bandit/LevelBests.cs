using System.Runtime.InteropServices;
using SearchCluster.Search.Scheduling.Rungs;

namespace SearchCluster.Search.Scheduling.Bandit;

/// <summary>The best trial at each resource level; follows the view step by step.</summary>
/// <remarks>
/// A trial's loss at a level is the objective's aggregate over its measurements up to that one; a non-finite last one is infinitely bad.
/// All of this is a function of the trials' curves, so it is the same whether built at once or step by step. A measurement costs O(1).
/// </remarks>
internal sealed class LevelBests
{
    private readonly List<RungProgress> _progress = [];
    private readonly Dictionary<int, RankedTrial> _levels = [];
    private long _taken;

    /// <summary>Adds what is new in the view.</summary>
    /// <param name="view">The search.</param>
    /// <param name="trial">The trial that was measured.</param>
    /// <returns>Its loss at its last level.</returns>
    public double Follow(SearchView view, TrialId trial)
    {
        Take(view.Trial(trial));
        if (_taken != view.MeasurementCount)
        {
            _progress.Clear();
            _levels.Clear();
            _taken = 0;
            foreach (var other in view.Trials)
            {
                Take(other);
            }
        }

        return _progress[trial.Number].Loss;
    }

    /// <summary>Looks a resource level up that a trial has measured.</summary>
    /// <param name="resource">The level.</param>
    /// <returns>The best trial there, of equal ones the one with the lowest number; null when none measured the objective there.</returns>
    public RankedTrial? At(int resource) => _levels.TryGetValue(resource, out var best) ? best : null;

    private void Take(ObservedTrial trial)
    {
        var number = trial.Id.Number;
        while (number >= _progress.Count)
        {
            _progress.Add(new RungProgress { Loss = double.PositiveInfinity });
        }

        ref var progress = ref CollectionsMarshal.AsSpan(_progress)[number];
        for (; progress.Taken < trial.MeasurementCount; progress.Taken++, _taken++)
        {
            var (resource, loss) = trial.Measured(progress.Taken);
            if (double.IsNaN(loss))
            {
                continue;
            }

            progress.Add(loss);
            progress.Loss = progress.Aggregate(trial.Aggregate);
            var ranked = new RankedTrial(progress.Loss, number);
            if (!_levels.TryGetValue(resource, out var best) || ranked.CompareTo(best) < 0)
            {
                _levels[resource] = ranked;
            }
        }
    }
}
