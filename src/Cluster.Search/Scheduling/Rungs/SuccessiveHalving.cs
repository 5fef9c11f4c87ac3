using System.Globalization;

namespace SearchCluster.Search.Scheduling.Rungs;

/// <summary>Asynchronous successive halving in one or more brackets: at each rung about one in η trials goes
/// on, and nobody waits for a rung to fill.</summary>
/// <remarks>
/// <para>Stopping: a trial that reaches a rung goes on when it is among the best n / η of the n trials that reached it so far, itself
/// included; it always goes on while n is below η and when it is the best. Otherwise it is stopped and its device is free at once.</para>
/// <para>Promotion: every trial is paused at its next rung. A free slot takes the best paused trial of the highest rung that is
/// among its best n / η, as long as fewer than n / η were promoted from there; without one it starts a new trial.</para>
/// <para>A trial with a non-finite value at a rung is worst there. Equal values have equal rank, so neither is
/// stopped for the other.</para>
/// <para>Source: Li et al., "A System for Massively Parallel Hyperparameter Tuning", MLSys 2020, arXiv:1810.05934, Algorithm 2 (promotion)
/// and section 3.3; the stopping variant is the one of Ray Tune and Syne Tune. Differs: promotions from a rung
/// never exceed n / η, where the paper promotes whatever is among the best now, because that bound is what the
/// budget of a rung means.</para>
/// <para>Cost of a decision: O(log n) comparisons.</para>
/// </remarks>
public abstract class SuccessiveHalving : ITrialScheduler
{
    private static readonly SchedulingDecision GoesOn = new(SchedulingAction.Continue, new DecisionReason("It is between two rungs."));

    private readonly HalvingOptions _options;
    private readonly ImmutableArray<ImmutableArray<int>> _levels;
    private readonly Func<TrialId, int> _bracketOf;
    private readonly RungIndex _index;
    private readonly bool _endsAtMax;

    private protected SuccessiveHalving(
        string name, SearchSpec spec, HalvingOptions options, ImmutableArray<ImmutableArray<int>> levels, Func<TrialId, int> bracketOf)
    {
        (Name, _options, _levels, _bracketOf) = (name, options, levels, bracketOf);
        _index = new RungIndex(levels, bracketOf);
        _endsAtMax = TrialLength.Of(spec) != options.Max;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        _index.Follow(view, trial);
        var place = _index.PlaceOf(trial);
        if (measurement.Resource >= _options.Max && _endsAtMax)
        {
            return new(SchedulingAction.Stop, new DecisionReason(
                $"It reached resource {measurement.Resource}, all that the search gives to one trial.", Resource: measurement.Resource));
        }

        return place.Rung < 0 || place.Resource != measurement.Resource ? GoesOn
            : _options.Variant == HalvingVariant.Promotion ? Pause(view, place)
            : Judge(view, place);
    }

    /// <inheritdoc />
    public NextAction Next(SearchView view)
    {
        if (_options.Variant != HalvingVariant.Promotion)
        {
            return NextAction.Start;
        }

        _index.Follow(view, null);
        return Promotion(view) is { } promotion ? promotion : NewTrial(view);
    }

    /// <summary>How many trials of a rung go on.</summary>
    private int Quota(int count) => (int)Math.Floor(count / _options.Reduction);

    private SchedulingDecision Judge(SearchView view, RungPlace place)
    {
        var rung = _index.Bracket(place.Bracket)[place.Rung];
        var keeps = Math.Max(1, Quota(rung.Count));
        var rank = rung.RankOf(place.Loss);
        var goesOn = rank <= keeps || rung.Count < _options.Reduction;
        return new(
            goesOn ? SchedulingAction.Continue : SchedulingAction.Stop,
            Reason(view, place, rung, rank, rung.Entries[keeps - 1].Loss, goesOn ? "goes on" : "stops"));
    }

    private SchedulingDecision Pause(SearchView view, RungPlace place)
    {
        var rung = _index.Bracket(place.Bracket)[place.Rung];
        return new(SchedulingAction.Pause, Reason(view, place, rung, rung.RankOf(place.Loss), Cutoff(rung), "waits for promotion"));
    }

    private PromoteTrial? Promotion(SearchView view)
    {
        for (var bracket = 0; bracket < _levels.Length; bracket++)
        {
            var rungs = _index.Bracket(bracket);
            for (var i = rungs.Count - 1; i >= 0; i--)
            {
                if (Candidate(view, rungs[i], i) is { } best)
                {
                    var place = new RungPlace(bracket, i, best.Loss, rungs[i].Level);
                    var reason = Reason(view, place, rungs[i], rungs[i].RankOf(best.Loss), Cutoff(rungs[i]), "is promoted");
                    var id = new TrialId(best.Trial);
                    _index.Offer(id, rungs[i]);
                    return new PromoteTrial(id, i + 1 < rungs.Count ? rungs[i + 1].Level : null, CheckpointOf: null, reason);
                }
            }
        }

        return null;
    }

    /// <summary>Finds the best trial of a rung that may be promoted now.</summary>
    private RankedTrial? Candidate(SearchView view, Rung rung, int number)
    {
        var quota = Quota(rung.Count);
        for (var i = 0; rung.Promoted < quota && i < rung.Open.Count && rung.RankOf(rung.Open[i].Loss) <= quota;)
        {
            var entry = rung.Open[i];
            var trial = view.Trial(new TrialId(entry.Trial));
            if (trial.State == TrialState.Paused && _index.PlaceOf(trial.Id).Rung == number && double.IsFinite(entry.Loss))
            {
                return entry;
            }

            if (IsGone(trial, rung, number))
            {
                rung.Close(i);
            }
            else
            {
                i++;
            }
        }

        return null;
    }

    private bool IsGone(ObservedTrial trial, Rung rung, int number) =>
        trial.State is TrialState.Completed or TrialState.StoppedEarly or TrialState.Failed
        || _index.PlaceOf(trial.Id).Rung > number
        || rung.HasPromoted(trial);

    private StartNewTrial NewTrial(SearchView view)
    {
        var levels = view.NextNew is { } next ? _levels[_bracketOf(next)] : [];
        return new StartNewTrial(levels.IsEmpty ? null : levels[0]);
    }

    private double? Cutoff(Rung rung) => Quota(rung.Count) is > 0 and var quota ? rung.Entries[quota - 1].Loss : null;

    private DecisionReason Reason(SearchView view, RungPlace place, Rung rung, int rank, double? cutoff, string what)
    {
        var bracket = _levels.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" of bracket {place.Bracket}") : "";
        var limit = cutoff is { } loss ? string.Create(CultureInfo.InvariantCulture, $"cutoff {LossText.Of(view, loss)}, ") : "";
        return new DecisionReason(
            string.Create(
                CultureInfo.InvariantCulture,
                $"It {what}: rank {rank} of {rung.Count} on rung {place.Rung}{bracket} (resource {place.Resource}), "
                    + $"{limit}its value {LossText.Of(view, place.Loss)}."),
            place.Rung,
            place.Resource,
            LossText.Value(view, place.Loss),
            cutoff is { } value ? LossText.Value(view, value) : null,
            rank,
            rung.Count);
    }
}
