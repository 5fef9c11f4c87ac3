using SearchCluster.Contracts.Wire;

namespace SearchCluster.Search.Decisions;

/// <summary>Decides about submissions.</summary>
internal static class SubmitDecisions
{
    public static SearchDecision Submit(SearchState? state, SearchCommands.SubmitSearch command, DecisionContext context)
    {
        if (state is null)
        {
            var submitted = new SearchEvents.SearchSubmitted(
                command.SearchId, command.Spec, command.SpecText, command.TraceParent, context.Now, command.Written, context.FenceBase);
            return new SearchDecision(new SearchReplies.CommandAccepted(command.SearchId, SearchLifecycle.Running), [submitted]);
        }

        var differences = SpecDifferences.Between(state.Written, command.Written ?? WrittenSpec.Recovered(command.Spec));
        if (command.MayContinue && state.IsMisconfigured && TryAgain(state, command, differences, context) is { } again)
        {
            return new SearchDecision(new SearchReplies.CommandAccepted(state.SearchId, SearchLifecycle.Running), [again]);
        }

        IWithSearchId reply = differences.Count == 0
            ? new SearchReplies.CommandAccepted(state.SearchId, state.Lifecycle, AlreadyDone: true)
            : new SearchReplies.CommandRejected(
                state.SearchId,
                RejectionCode.NameTaken,
                $"Search '{state.SearchId}' exists with another specification ({Replies.Word(state.Lifecycle)}); choose another name, or "
                    + $"resume that one.",
                differences);
        return new SearchDecision(reply, []);
    }

    /// <summary>What failed by data or configuration may have been corrected: in the data, or in the spec as
    /// long as no result rests on it.</summary>
    private static ISearchEvent? TryAgain(
        SearchState state, SearchCommands.SubmitSearch command, ValueArray<SpecDifference> differences, DecisionContext context)
    {
        var at = context.Now < state.Clock.LastEventAt ? state.Clock.LastEventAt : context.Now;
        if (differences.Count == 0)
        {
            return new SearchEvents.SearchRetried(state.SearchId, at);
        }

        return state.Epochs == 0 && state.Ranking.IsEmpty
            ? new SearchEvents.SearchRestarted(state.SearchId, command.Spec, command.SpecText, command.TraceParent, at, command.Written)
            : null;
    }
}
