using SearchCluster.Search.State.Ranks;

namespace SearchCluster.Search.View;

/// <summary>What samplers and schedulers see of a search. Immutable and thread-safe; making one costs nothing.</summary>
public sealed class SearchView
{
    private readonly SearchState _state;
    private readonly bool _isOfOneShare;

    private SearchView(SearchState state, bool isOfOneShare = false, double? share = null) =>
        (_state, _isOfOneShare, DataFraction) = (state, isOfOneShare, share);

    /// <summary>The specification.</summary>
    public SearchSpec Spec => _state.Spec;

    /// <summary>The budget as extended so far.</summary>
    public BudgetSpec Budget => _state.Budget;

    /// <summary>Share of the training data that new trials use; null for all.</summary>
    public double? DataFraction { get; }

    /// <summary>
    /// What was taken over from an earlier search (<c>warmStart</c>), best first; empty where new trials use
    /// part of the data, because losses on other shares are not comparable.
    /// </summary>
    public IEnumerable<EarlierTrial> Earlier => DataFraction is not null ? [] : (Spec.WarmStart?.Observations ?? [])
        .Select(taken => new EarlierTrial(
            taken.Values, Spec.Objective.Direction == Direction.Minimize ? taken.Objective : -taken.Objective));

    /// <summary>How many trials were suggested.</summary>
    public int TrialCount => _state.Trials.Count;

    /// <summary>How many trials are finished: completed, stopped early or failed.</summary>
    public int FinishedCount => _state.Counts.Finished;

    /// <summary>How many trials wait, run or are paused.</summary>
    public int PendingCount => _state.Counts.Waiting + _state.Counts.Running + _state.Counts.Paused;

    /// <summary>How many measurements all trials reported, repeated ones left out; a cache that took fewer has missed one.</summary>
    public long MeasurementCount => _state.Epochs;

    /// <summary>The new trial that starts next; null when none waits.</summary>
    public TrialId? NextNew => _state.Waiting.New is { Count: > 0 } waiting ? new TrialId(waiting[0]) : null;

    /// <summary>How many trials there will be at most, as far as is known: the budget's, or those suggested once the space is exhausted;
    /// null without a limit.</summary>
    public int? ExpectedTrials => _state.Exhausted is null ? _state.Budget.Trials : _state.Trials.Count;

    /// <summary>All trials in order of their numbers.</summary>
    public IEnumerable<ObservedTrial> Trials => Seen(_state.Trials.Select(Observe));

    /// <summary>Finished trials in order of their numbers; those without a finite objective have a null loss.</summary>
    public IEnumerable<ObservedTrial> Finished => Seen(_state.Trials.Where(trial => trial.IsFinished).Select(Observe));

    /// <summary>Stages of a coarse-to-fine search that began.</summary>
    public IReadOnlyList<SpaceNarrowing> Narrowings => _state.Narrowings;

    /// <summary>Trials that wait, run or are paused, in order of their numbers.</summary>
    public IEnumerable<ObservedTrial> Pending => Seen(PendingNumbers().Select(number => Observe(_state.Trials[number])));

    /// <summary>Trials that the scheduler paused, in order of their numbers.</summary>
    public IEnumerable<ObservedTrial> Paused => Seen(_state.Paused.Select(number => Observe(_state.Trials[number])));

    /// <summary>Finished trials with a finite objective, best first, each by its own loss.</summary>
    public IEnumerable<ObservedTrial> Ranked =>
        Seen(TrialIndex.BySingleEvaluation(_state).Select(ranked => Observe(_state.Trials[ranked.Trial])));

    /// <summary>Makes the view of a state.</summary>
    public static SearchView Of(SearchState state) => new(state);

    /// <summary>Shows the search as it was when a round began: the trials of the round as new ones, whatever
    /// became of them since.</summary>
    /// <param name="next">A trial of the round, or the one that begins it.</param>
    /// <param name="own">A trial that is shown as it is; null for none.</param>
    internal SearchView AtRoundOf(TrialId next, TrialId? own = null) =>
        new(Rounds.AtRoundOf(_state, next.Number, own?.Number), _isOfOneShare, DataFraction);

    /// <summary>Shows the search to who suggests trials on one share of the data: all sequences hold the trials
    /// on that share; counts and lookups by number stay those of the whole search.</summary>
    /// <param name="share">The share; null for all of the data.</param>
    public SearchView OnShare(double? share) => new(_state, isOfOneShare: true, share);

    /// <summary>Makes what a suggestion says of its origin.</summary>
    /// <param name="source">The sampler's name.</param>
    /// <param name="explanation">For people; null when there is nothing to tell.</param>
    /// <param name="earlier">How many of <see cref="Earlier"/> the sampler learned from.</param>
    /// <returns>The origin, with what is known of the search.</returns>
    public SuggestionOrigin Origin(string source, string? explanation = null, int earlier = 0) =>
        new(source, explanation, FinishedCount, PendingCount, Earlier: earlier);

    /// <summary>Finished trials in the order in which they finished; those without a finite objective have a null loss.</summary>
    /// <param name="skip">How many finished trials the caller has looked at already:
    /// <see cref="FinishedCount"/> of an earlier view.</param>
    /// <returns>The others, filtered ones left out, each with how many had finished with it, filtered ones included; each costs
    /// O(log n).</returns>
    public IEnumerable<(int Finished, ObservedTrial Trial)> FinishedSince(int skip)
    {
        for (var i = skip; i < _state.FinishOrder.Count; i++)
        {
            var trial = Observe(_state.Trials[_state.FinishOrder[i]]);
            if (IsSeen(trial))
            {
                yield return (i + 1, trial);
            }
        }
    }

    /// <summary>Looks one trial up.</summary>
    /// <param name="trial">Its number, below <see cref="TrialCount"/>.</param>
    public ObservedTrial Trial(TrialId trial) => Observe(_state.Trials[trial.Number]);

    private IEnumerable<int> PendingNumbers() =>
        _state.Waiting.New
            .Concat(_state.Waiting.Started)
            .Concat(_state.Paused)
            .Concat(_state.Leases.Values
                .Where(lease => lease.Key.Item.TrialId is not null)
                .Select(lease => lease.Key.Item.TrialId!.Value.Number))
            .Order();

    private IEnumerable<ObservedTrial> Seen(IEnumerable<ObservedTrial> trials) => _isOfOneShare ? trials.Where(IsSeen) : trials;

    private bool IsSeen(ObservedTrial trial) => !_isOfOneShare || trial.DataFraction == DataFraction;

    private ObservedTrial Observe(TrialRecord trial) => new(trial, _state.Spec.Objective);
}

/// <summary>A trial of the earlier search that a search was started from.</summary>
/// <param name="Values">Its configuration; it lies in the space of this search.</param>
/// <param name="Loss">Its loss, finite; minimised, whatever the direction of the objective.</param>
public readonly record struct EarlierTrial(ParameterValues Values, double Loss);

/// <summary>One trial as samplers and schedulers see it; losses are minimised, whatever the direction of the objective.</summary>
public readonly struct ObservedTrial
{
    private readonly TrialRecord _trial;
    private readonly ObjectiveSpec _objective;

    internal ObservedTrial(TrialRecord trial, ObjectiveSpec objective) => (_trial, _objective) = (trial, objective);

    /// <summary>Its number.</summary>
    public TrialId Id => _trial.Id;

    /// <summary>Its configuration.</summary>
    public ParameterValues Values => _trial.Values;

    /// <summary>The configuration that its loss was measured with; population based training may have changed it since.</summary>
    public ParameterValues ResultValues => _trial.ResultValues;

    /// <summary>The configuration that was suggested; population based training may have changed it since.</summary>
    public ParameterValues SuggestedValues => _trial.SuggestedValues;

    /// <summary>Who chose the configuration, and what was known then.</summary>
    public SuggestionOrigin Origin => _trial.Origin;

    /// <summary>Where it stands.</summary>
    public TrialState State => _trial.State;

    /// <summary>The last measured resource level, 0 before the first.</summary>
    public int Resource => _trial.Resource;

    /// <summary>The final loss of a finished trial; null when it has none that is finite.</summary>
    public double? Loss => _trial.FinalObjective is { } value ? Minimised(value) : null;

    /// <summary>Share of the training data that it uses; null for all.</summary>
    public double? DataFraction => _trial.DataFraction;

    /// <summary>Resource level at which it pauses; null when it trains to its end.</summary>
    public int? UntilResource => _trial.UntilResource;

    /// <summary>Whose checkpoint its attempt starts from (population based training); null for its own.</summary>
    public TrialId? CheckpointOf => _trial.CheckpointOf;

    /// <summary>Whose weights it took over, in order.</summary>
    public IReadOnlyList<LineageStep> Lineage => _trial.Lineage;

    /// <summary>How its measurements become one value.</summary>
    public ObjectiveAggregate Aggregate => _objective.Aggregate;

    /// <summary>How many measurements it reported.</summary>
    public int MeasurementCount => _trial.Curve.Count;

    /// <summary>The resource level before the last one, 0 before the second measurement.</summary>
    public int PreviousResource => _trial.Curve.Count < 2 ? 0 : _trial.Curve[^2].Resource;

    /// <summary>What the scheduler decided about it, in order.</summary>
    public IReadOnlyList<TrialDecision> Decisions => _trial.Decisions;

    /// <summary>The losses of all objectives of a finished trial, at the measurement that its first objective
    /// picks; null when one is not finite.</summary>
    /// <param name="objectives">The objectives, the search's own first.</param>
    /// <returns>One loss for each, or null.</returns>
    public double[]? Losses(ValueArray<ObjectiveSpec> objectives)
    {
        if (Loss is not { } first || _trial.Result is not { } result)
        {
            return null;
        }

        var losses = new double[objectives.Count];
        for (var i = 0; i < losses.Length; i++)
        {
            var value = i == 0 ? first : result.Metrics.TryGetValue(objectives[i].Metric, out var metric)
                ? (objectives[i].Direction == Direction.Minimize ? metric : -metric)
                : double.NaN;
            if (!double.IsFinite(value))
            {
                return null;
            }

            losses[i] = value;
        }

        return losses;
    }

    /// <summary>The loss so far, by the objective's aggregate; null before the first measurement and when it is not finite.</summary>
    public double? LossSoFar =>
        _trial.Progress.Value(_objective.Aggregate) is { } value && double.IsFinite(value) ? Minimised(value) : null;

    /// <summary>The best loss measured, whatever the aggregate; infinite before the first finite one.</summary>
    public double BestLoss => _trial.Progress.BestIndex < 0 ? double.PositiveInfinity : Minimised(_trial.Progress.Best);

    /// <summary>The losses measured, by resource level in ascending order; non-finite ones are infinitely bad.</summary>
    public IEnumerable<(int Resource, double Loss)> Curve
    {
        get
        {
            foreach (var measurement in _trial.Curve)
            {
                if (measurement.Metrics.TryGetValue(_objective.Metric, out var value))
                {
                    yield return (measurement.Resource, double.IsFinite(value) ? Minimised(value) : double.PositiveInfinity);
                }
            }
        }
    }

    /// <summary>Looks one measurement up.</summary>
    /// <param name="index">From 0 to <see cref="MeasurementCount"/> - 1.</param>
    /// <returns>Its resource level and loss; the loss is infinitely bad when it is not finite, and NaN when the
    /// objective was not reported. O(log n).</returns>
    public (int Resource, double Loss) Measured(int index)
    {
        var measurement = _trial.Curve[index];
        return (measurement.Resource, !measurement.Metrics.TryGetValue(_objective.Metric, out var value) ? double.NaN
            : double.IsFinite(value) ? Minimised(value) : double.PositiveInfinity);
    }

    private double Minimised(double value) => _objective.Direction == Direction.Minimize ? value : -value;
}
