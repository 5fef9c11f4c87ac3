namespace SearchCluster.Search.State;

/// <summary>Counts suggestions in a row whose model expects less than the gain that the budget asks for.</summary>
internal static class Plateau
{
    /// <summary>Takes a suggestion into account; one without a prediction (start-up, enqueued) says nothing.</summary>
    public static SearchState Count(SearchState state, SuggestionOrigin origin) =>
        state.Budget.Plateau is { } plateau && origin.Prediction?.ExpectedImprovement is { } gain
            ? state with { SuggestionsWithoutPromise = gain < plateau.ExpectedImprovement ? state.SuggestionsWithoutPromise + 1 : 0 }
            : state;
}
