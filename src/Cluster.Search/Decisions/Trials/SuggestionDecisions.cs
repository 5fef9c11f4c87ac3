namespace SearchCluster.Search.Decisions.Trials;

/// <summary>Decides about the sampler's answers.</summary>
internal static class SuggestionDecisions
{
    public static Func<SearchState, IWithSearchId?> Record(DecisionDraft draft, SearchCommands.RecordSuggestions command)
    {
        var state = draft.State;
        if (command.FirstTrial.Number != state.Trials.Count || state.Lifecycle is not (SearchLifecycle.Running or SearchLifecycle.Paused))
        {
            return Replies.None;
        }

        var room = (state.Budget.Trials ?? int.MaxValue) - state.Trials.Count;
        if (command.Narrowing is { } narrowing && room > 0)
        {
            draft.Add(new SearchEvents.SpaceNarrowed(draft.SearchId, narrowing, draft.At));
        }

        foreach (var suggestion in command.Suggestions.Take(room))
        {
            var id = new TrialId(draft.State.Trials.Count);
            var seed = SeedSequence.For(state.Spec.Seed, StreamPurpose.TrialSeed, id.Number);
            draft.Add(new SearchEvents.TrialSuggested(
                draft.SearchId, id, suggestion.Values, seed, suggestion.Origin, draft.At, suggestion.DataFraction));
        }

        if (command.Exhausted is { } explanation && state.Exhausted is null && command.Suggestions.Count <= room)
        {
            draft.Add(new SearchEvents.SpaceExhausted(draft.SearchId, explanation, draft.At));
        }

        return Replies.None;
    }
}
