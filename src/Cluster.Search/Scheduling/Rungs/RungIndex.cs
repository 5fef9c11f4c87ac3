using System.Runtime.InteropServices;

namespace SearchCluster.Search.Scheduling.Rungs;

/// <summary>Which trials reached which rung with which loss; follows the view step by step.</summary>
/// <remarks>
/// A trial reaches a rung with its first measurement at or above the rung's level. Its loss there is the objective's aggregate over the
/// measurements up to that one, so that trials are compared at equal resource; a non-finite last measurement is infinitely bad,
/// whatever came before. All of this is a function of the trial's curve, so the index is the same whether it was built at once or
/// step by step. A step costs O(log n) comparisons.
/// </remarks>
/// <param name="brackets">Levels of each bracket, ascending.</param>
/// <param name="bracketOf">The bracket of a trial; depends on its number alone.</param>
internal sealed class RungIndex(ImmutableArray<ImmutableArray<int>> brackets, Func<TrialId, int> bracketOf)
{
    private readonly List<RungProgress> _progress = [];
    private Rung[][] _rungs = Empty(brackets);
    private (TrialId Trial, Rung Rung)? _offered;
    private long _taken;

    /// <summary>Adds what is new in the view.</summary>
    /// <param name="view">The search.</param>
    /// <param name="trial">The trial that was measured; null when none was.</param>
    public void Follow(SearchView view, TrialId? trial)
    {
        if (_offered is { } offered && offered.Rung.HasPromoted(view.Trial(offered.Trial)))
        {
            offered.Rung.Promoted++;
            _offered = null;
        }

        if (trial is { } measured)
        {
            Take(view.Trial(measured));
        }

        if (_taken != view.MeasurementCount)
        {
            Rebuild(view);
        }
    }

    /// <summary>The rungs of a bracket, lowest first.</summary>
    /// <param name="bracket">Its number.</param>
    /// <returns>One rung for each level.</returns>
    public IReadOnlyList<Rung> Bracket(int bracket) => _rungs[bracket];

    /// <summary>Tells where a trial stands.</summary>
    /// <returns>Its bracket and the highest rung it reached, -1 for none, with its loss there and the resource
    /// level at which it got there.</returns>
    public RungPlace PlaceOf(TrialId trial)
    {
        var progress = trial.Number < _progress.Count ? _progress[trial.Number] : default;
        return new(bracketOf(trial), progress.Reached - 1, progress.Loss, progress.At);
    }

    /// <summary>Remembers a promotion that was proposed; it counts once the view shows it.</summary>
    /// <param name="trial">Number of the trial that was proposed.</param>
    /// <param name="rung">The rung it leaves.</param>
    public void Offer(TrialId trial, Rung rung) => _offered = (trial, rung);

    private static Rung[][] Empty(ImmutableArray<ImmutableArray<int>> brackets) =>
        [.. brackets.Select(
            levels => levels.Select((level, i) => new Rung(level, i + 1 < levels.Length ? levels[i + 1] : int.MaxValue)).ToArray())];

    private void Rebuild(SearchView view)
    {
        _progress.Clear();
        (_rungs, _taken) = (Empty(brackets), 0);
        foreach (var trial in view.Trials)
        {
            Take(trial);
            CountPromotions(trial);
        }

        _offered = null;
    }

    private void Take(ObservedTrial trial)
    {
        var number = trial.Id.Number;
        while (number >= _progress.Count)
        {
            _progress.Add(default);
        }

        ref var progress = ref CollectionsMarshal.AsSpan(_progress)[number];
        for (; progress.Taken < trial.MeasurementCount; progress.Taken++, _taken++)
        {
            var (resource, loss) = trial.Measured(progress.Taken);
            if (!double.IsNaN(loss))
            {
                progress.Add(loss);
                Reach(trial, ref progress, resource);
            }
        }
    }

    private void Reach(ObservedTrial trial, ref RungProgress progress, int resource)
    {
        var rungs = _rungs[bracketOf(trial.Id)];
        while (progress.Reached < rungs.Length && resource >= rungs[progress.Reached].Level)
        {
            progress.Loss = progress.Aggregate(trial.Aggregate);
            progress.At = resource;
            rungs[progress.Reached++].Add(new RankedTrial(progress.Loss, trial.Id.Number));
        }
    }

    private void CountPromotions(ObservedTrial trial)
    {
        foreach (var rung in _rungs[bracketOf(trial.Id)])
        {
            if (rung.HasPromoted(trial))
            {
                rung.Promoted++;
            }
        }
    }
}

/// <summary>Where a trial stands in its bracket.</summary>
/// <param name="Bracket">Its number, from 0.</param>
/// <param name="Rung">The highest rung that it reached; -1 for none.</param>
/// <param name="Loss">Its loss there, minimised, possibly infinite.</param>
/// <param name="Resource">Resource level of the measurement that reached it.</param>
internal readonly record struct RungPlace(int Bracket, int Rung, double Loss, int Resource);
