namespace SearchCluster.Search.Searches;

/// <summary>Decides about submissions.</summary>
internal static class SubmitDecisions
{
    public static SearchDecision Submit(SearchState? state, SearchCommands.SubmitSearch command, DecisionContext context)
    {
        if (state is null)
        {
            var submitted = new SearchEvents.SearchSubmitted(command.SearchId, command.Spec, command.SpecText, command.TraceParent, context.Now);
            return new SearchDecision(new SearchReplies.CommandAccepted(command.SearchId, SearchLifecycle.Running), [submitted]);
        }

        IWithSearchId reply = state.SpecText == command.SpecText && WithoutObservations(state.Spec) == WithoutObservations(command.Spec)
            ? new SearchReplies.CommandAccepted(state.SearchId, state.Lifecycle, AlreadyDone: true)
            : new SearchReplies.CommandRejected(
                state.SearchId,
                RejectionCode.NameTaken,
                $"Search '{state.SearchId}' exists with another specification ({state.Lifecycle}); choose another name, or resume that one.");
        return new SearchDecision(reply, []);
    }

    // A warm start reads the earlier search at each submission, and that one may have gone on in between.
    private static SearchSpec WithoutObservations(SearchSpec spec) =>
        spec.WarmStart is { } warmStart ? spec with { WarmStart = warmStart with { Observations = null } } : spec;
}
