using System.Collections.Immutable;
using SearchCluster.Search.State;
using SearchCluster.Search.State.Evolution;

namespace SearchCluster.TestKit.Searches;

/// <summary>States of searches for tests of samplers and schedulers, made from events.</summary>
public static class SampleSearches
{
    private static readonly DateTimeOffset At = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A search without trials.</summary>
    public static SearchState New(SearchSpec spec) => Of(spec);

    /// <summary>A search with a completed, a failed, a diverged, a lost (waiting), a running and a worst-ranked trial.</summary>
    public static SearchState WithEveryKindOfTrial(SearchSpec spec) => Of(
        spec,
        [
            .. Enumerable.Range(0, 6).Select(n => new SearchEvents.TrialSuggested(
                spec.Name, new TrialId(n), ParameterValues.Empty, (ulong)n, new SuggestionOrigin("sample"), At)),
            Started(spec, 0), Finished(spec, 0, TrialState.Completed, 0.5),
            Started(spec, 1), Finished(spec, 1, TrialState.Failed, null),
            Started(spec, 2), Finished(spec, 2, TrialState.Failed, double.NaN),
            Started(spec, 3), Finished(spec, 3, TrialState.Completed, double.PositiveInfinity),
            Started(spec, 4),
            new SearchEvents.AttemptEnded
            {
                SearchId = spec.Name,
                Item = Item(4),
                Fence = 5,
                End = AttemptEnd.Lost,
                Failure = new AttemptFailure(TrialFailureKind.WorkerLost, "Lost."),
                Resource = 0,
                At = At,
            },
            Started(spec, 5),
        ]);

    private static SearchState Of(SearchSpec spec, params ImmutableArray<ISearchEvent> events) =>
        events.Aggregate(
            SearchEvolver.Apply(null, new SearchEvents.SearchSubmitted(spec.Name, spec, "text", null, At)), SearchEvolver.Apply);

    private static WorkItem Item(int trial) => WorkItem.Trial(new TrialId(trial));

    private static SearchEvents.AttemptStarted Started(SearchSpec spec, int trial) =>
        new(spec.Name, Item(trial), 1, trial + 1, new WorkerId("w"), "process", "CPU", At);

    private static SearchEvents.TrialFinished Finished(SearchSpec spec, int trial, TrialState state, double? objective) => new(
        spec.Name,
        new TrialId(trial),
        trial + 1,
        state,
        objective is { } value
            ? new TrialResult(value, 1, 1, ValueMap<double>.Empty.With("value", value), TimeSpan.FromSeconds(1), true)
            : null,
        null,
        null,
        At,
        1);
}
