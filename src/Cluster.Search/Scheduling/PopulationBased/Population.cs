namespace SearchCluster.Search.Scheduling.PopulationBased;

/// <summary>The trials that evolve together, at one moment.</summary>
internal sealed class Population
{
    private readonly ObservedTrial[] _alive;
    private readonly RankedTrial[] _ranking;
    private readonly int _interval;

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
        var trials = Enumerable.Range(first, present).Select(number => view.Trial(new TrialId(number))).ToArray();
        _alive = [.. trials.Where(IsAlive)];
        var paused = _alive.Where(trial => trial.State == TrialState.Paused).ToArray();
        Generation = paused.Length == 0 ? 0 : paused.Min(GenerationOf);
        Candidates = [.. paused.Where(trial => GenerationOf(trial) == Generation)];

        // A trial that is over by now but reached the generation keeps its rank in it, so that ranks do not
        // change while the generation is dealt with.
        _ranking = [.. trials
            .Where(trial => GenerationOf(trial) >= Generation)
            .Select(trial => new RankedTrial(LossAt(trial, Generation * interval), trial.Id.Number))
            .Order()];
        IsReady = present == last && _alive.All(HasReached);
    }

    /// <summary>The lowest generation with a paused trial; a generation ends at this multiple of the interval.</summary>
    public int Generation { get; }

    /// <summary>Paused trials of that generation, in order of their numbers.</summary>
    public IReadOnlyList<ObservedTrial> Candidates { get; }

    /// <summary>How many trials reached it.</summary>
    public int Count => _ranking.Length;

    /// <summary>True when every trial was suggested and is over, paused at the end of the generation, or beyond it.</summary>
    public bool IsReady { get; }

    /// <summary>The losses at the end of the generation, best first.</summary>
    public IReadOnlyList<RankedTrial> Ranking => _ranking;

    /// <summary>Finds a trial's rank.</summary>
    /// <returns>From 1.</returns>
    public int RankOf(TrialId trial) => Array.FindIndex(_ranking, entry => entry.Trial == trial.Number) + 1;

    /// <summary>Tells whether the checkpoint of a trial is needed as it is: a trial that takes it over has not
    /// measured anything since.</summary>
    public bool IsHeld(TrialId donor) => _alive.Any(trial =>
        trial.CheckpointOf == donor
            && trial.State is TrialState.Running or TrialState.Waiting
            && trial.Lineage is { Count: > 0 } lineage
            && trial.Resource == lineage[^1].Resource);

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

    // One that measured the end of the generation but is not paused yet still holds its worker.
    private bool HasReached(ObservedTrial trial) =>
        GenerationOf(trial) >= Generation
            && (trial.State == TrialState.Paused || trial.UntilResource is not { } until || until > Generation * _interval);

    private int GenerationOf(ObservedTrial trial) => trial.Resource / _interval;
}
