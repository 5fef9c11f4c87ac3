using SearchCluster.Search.State.Evolution;

namespace SearchCluster.Search.Decisions;

/// <summary>The events decided so far for one command, and the state that they lead to.</summary>
internal sealed class DecisionDraft(SearchState state, DecisionContext context)
{
    private readonly ImmutableArray<ISearchEvent>.Builder _events = ImmutableArray.CreateBuilder<ISearchEvent>();

    public SearchState State { get; private set; } = state;

    public DecisionContext Context => context;

    /// <summary>The time of the events: the clock's, but never before the last event, also when the clock is set back.</summary>
    public DateTimeOffset At { get; } = context.Now < state.Clock.LastEventAt ? state.Clock.LastEventAt : context.Now;

    public SearchId SearchId => State.SearchId;

    /// <summary>Why the search must end, found while deciding; null when nothing so far says so.</summary>
    public SearchEnd? End { get; set; }

    public bool HasChanged => _events.Count > 0;

    public void Add(ISearchEvent searchEvent)
    {
        State = SearchEvolver.Apply(State, searchEvent);
        _events.Add(searchEvent);
    }

    public SearchDecision Decide(Func<SearchState, IWithSearchId?> reply) => new(reply(State), _events.DrainToImmutable());
}
