namespace SearchCluster.Search.Scheduling.Curves;

/// <summary>What trials that are over had achieved at each resource level; follows the order in which they finish.</summary>
/// <remarks>Failed trials are left out. The same whether built at once or step by step. A finished trial costs
/// its number of measurements.</remarks>
/// <param name="averages">True for the mean of a trial's losses up to the level, false for the best of them.</param>
internal sealed class FinishedCurves(bool averages)
{
    private readonly Dictionary<int, SortedLosses> _levels = [];
    private int _finished;

    /// <summary>Adds the trials that finished since the last call.</summary>
    /// <param name="view">The same search, at the same time or later.</param>
    public void Follow(SearchView view)
    {
        foreach (var (finished, trial) in view.FinishedSince(_finished))
        {
            _finished = finished;
            if (trial.State != TrialState.Failed)
            {
                Add(trial);
            }
        }
    }

    /// <summary>Looks a resource level up.</summary>
    /// <param name="resource">The level.</param>
    /// <returns>The losses of trials that measured there; null when none did.</returns>
    public SortedLosses? At(int resource) => _levels.GetValueOrDefault(resource);

    private void Add(ObservedTrial trial)
    {
        var (sum, count, best) = (0.0, 0, double.PositiveInfinity);
        foreach (var (resource, loss) in trial.Curve)
        {
            (sum, count, best) = (sum + loss, count + 1, Math.Min(best, loss));
            if (!_levels.TryGetValue(resource, out var losses))
            {
                _levels[resource] = losses = new SortedLosses();
            }

            losses.Add(averages ? sum / count : best);
        }
    }
}
