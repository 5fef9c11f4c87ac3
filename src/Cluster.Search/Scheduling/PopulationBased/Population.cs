namespace SearchCluster.Search.Scheduling.PopulationBased;

/// <summary>The trials that evolve together, at one moment.</summary>
internal sealed class Population
{
    private readonly ObservedTrial[] _members;
    private readonly RankedTrial[] _ranking;
    private readonly int _interval;
    private readonly bool _isComplete;

    /// <summary>Looks at a population; O(n log n) of its size.</summary>
    /// <param name="view">The search.</param>
    /// <param name="first">Number of its first trial.</param>
    /// <param name="size">How many trials it has when all are suggested.</param>
    /// <param name="interval">Resource between two comparisons.</param>
    public Population(SearchView view, int first, int size, int interval)
    {
        _interval = interval;
        var last = Math.Min(size, (view.ExpectedTrials ?? int.MaxValue) - first);
        var present = Math.Min(last, view.TrialCount - first);
        _isComplete = present == last;
        _members = [.. Enumerable.Range(first, present).Select(number => view.Trial(new TrialId(number))).Where(IsAlive)];
        var paused = _members.Where(trial => trial.State == TrialState.Paused).ToArray();
        Generation = paused.Length == 0 ? 0 : paused.Min(GenerationOf);
        _ranking = [.. _members.Where(trial => GenerationOf(trial) >= Generation).Select(trial => new RankedTrial(LossAt(trial, Generation * interval), trial.Id.Number)).Order()];
        Candidates = [.. paused.Where(trial => GenerationOf(trial) == Generation)];
    }

    /// <summary>The lowest generation with a paused trial; a generation ends at this multiple of the interval.</summary>
    public int Generation { get; }

    /// <summary>Paused trials of that generation, in order of their numbers.</summary>
    public IReadOnlyList<ObservedTrial> Candidates { get; }

    /// <summary>How many trials are alive.</summary>
    public int Count => _members.Length;

    /// <summary>True when every trial was suggested and reached the generation, so that all can be compared.</summary>
    public bool IsReady => _isComplete && _ranking.Length == _members.Length;

    /// <summary>The losses at the end of the generation, best first.</summary>
    public IReadOnlyList<RankedTrial> Ranking => _ranking;

    /// <summary>Finds a trial's rank.</summary>
    /// <returns>From 1.</returns>
    public int RankOf(TrialId trial) => Array.FindIndex(_ranking, entry => entry.Trial == trial.Number) + 1;

    /// <summary>Tells whether the checkpoint of a trial is needed as it is: a trial that takes it over has not measured anything since.</summary>
    public bool IsHeld(TrialId donor) => _members.Any(trial =>
        trial.CheckpointOf == donor && trial.State is TrialState.Running or TrialState.Waiting && trial.Lineage is { Count: > 0 } lineage && trial.Resource == lineage[^1].Resource);

    private static bool IsAlive(ObservedTrial trial) => trial.State is TrialState.Waiting or TrialState.Running or TrialState.Paused;

    private static double LossAt(ObservedTrial trial, int level)
    {
        var loss = double.PositiveInfinity;
        for (var i = trial.MeasurementCount - 1; i >= 0; i--)
        {
            var (resource, measured) = trial.Measured(i);
            if (resource < level)
            {
                break;
            }

            loss = double.IsNaN(measured) ? loss : measured;
        }

        return loss;
    }

    private int GenerationOf(ObservedTrial trial) => trial.Resource / _interval;
}
