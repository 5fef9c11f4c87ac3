using SearchCluster.Search.Sampling;
using SearchCluster.Search.State;
using SearchCluster.Search.State.Evolution;
using SearchCluster.Search.View;
using Shouldly;

namespace SearchCluster.TestKit.Searches;

/// <summary>Plays a search against a sampler without workers: asks, tells results in any order, all by events
/// as a replay applies them.</summary>
public sealed class PlayedSearch(SearchSpec spec, ISampler sampler)
{
    private static readonly DateTimeOffset At = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Queue<(int Due, TrialId Trial, double? Loss)> _late = new();
    private int _told;

    /// <summary>The search's state.</summary>
    public SearchState State { get; private set; } = SearchEvolver.Apply(
        null, new SearchEvents.SearchSubmitted(spec.Name, spec, "", null, At));

    /// <summary>What the sampler sees.</summary>
    public SearchView View => SearchView.Of(State);

    /// <summary>The context of the next question.</summary>
    public SuggestionContext Next(int count) => new(new TrialId(State.Trials.Count), count, spec.Seed);

    /// <summary>Asks without recording the answer.</summary>
    public SuggestionBatch Propose(int count) => sampler.Suggest(View, Next(count));

    /// <summary>Asks for one trial, and starts it.</summary>
    public ObservedTrial Ask() => TryAsk(out var trial) ? trial : throw new InvalidOperationException("The sampler is exhausted.");

    /// <summary>Asks for one trial, and starts it; false when the space is exhausted.</summary>
    public bool TryAsk(out ObservedTrial trial)
    {
        trial = default;
        var batch = Propose(1);
        if (batch.Suggestions.IsEmpty)
        {
            batch.Exhausted.ShouldNotBeNullOrEmpty();
            return false;
        }

        trial = Start(batch)[0];
        return true;
    }

    /// <summary>Asks for several trials at once, and starts them.</summary>
    public IReadOnlyList<ObservedTrial> AskBatch(int count) => Start(Propose(count));

    /// <summary>Finishes a trial; null for a failure.</summary>
    public void Tell(TrialId trial, double? loss)
    {
        var isUsable = loss is { } value && double.IsFinite(value);
        var metrics = isUsable ? ValueMap<double>.Empty.With(spec.Objective.Metric, loss!.Value) : ValueMap<double>.Empty;
        Apply(new SearchEvents.TrialFinished(
            spec.Name,
            trial,
            trial.Number + 1,
            isUsable ? TrialState.Completed : TrialState.Failed,
            isUsable ? new TrialResult(loss!.Value, 1, 1, metrics, TimeSpan.Zero, false) : null,
            null,
            null,
            At,
            1));
    }

    /// <summary>Finishes a trial with several metrics; its objective is the one of the specification.</summary>
    public void Tell(TrialId trial, ValueMap<double> metrics) => Apply(new SearchEvents.TrialFinished(
        spec.Name,
        trial,
        trial.Number + 1,
        TrialState.Completed,
        new TrialResult(metrics[spec.Objective.Metric], 1, 1, metrics, TimeSpan.Zero, false),
        null,
        null,
        At,
        1));

    /// <summary>Finishes a trial after some later ones.</summary>
    public void TellLate(ObservedTrial trial, double? loss, int late)
    {
        _late.Enqueue((_told + late, trial.Id, loss));
        _told++;
        for (var i = _late.Count; i > 0; i--)
        {
            var entry = _late.Dequeue();
            if (entry.Due < _told)
            {
                Tell(entry.Trial, entry.Loss);
            }
            else
            {
                _late.Enqueue(entry);
            }
        }
    }

    private List<ObservedTrial> Start(SuggestionBatch batch)
    {
        if (batch.Narrowing is { } narrowing)
        {
            Apply(new SearchEvents.SpaceNarrowed(spec.Name, narrowing, At));
        }

        var trials = new List<ObservedTrial>();
        foreach (var suggestion in batch.Suggestions)
        {
            var id = new TrialId(State.Trials.Count);
            Apply(new SearchEvents.TrialSuggested(spec.Name, id, suggestion.Values, 0, suggestion.Origin, At, suggestion.DataFraction));
            Apply(new SearchEvents.AttemptStarted(
                spec.Name, WorkItem.Trial(id), 1, id.Number + 1, new WorkerId("w"), "process", "cpu", At));
            trials.Add(View.Trial(id));
        }

        return trials;
    }

    private void Apply(ISearchEvent searchEvent) => State = SearchEvolver.Apply(State, searchEvent);
}
