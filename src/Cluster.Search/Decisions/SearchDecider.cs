using SearchCluster.Search.Decisions.Trials;

namespace SearchCluster.Search.Decisions;

/// <summary>Decides what a command leads to.</summary>
/// <remarks>
/// Pure: it looks at the state, the command and the context only. The reply may be sent when the events are written. Commands that
/// arrive again are answered again and lead to no event. A decision costs O(log n) of the number of trials.
/// </remarks>
public static class SearchDecider
{
    /// <summary>Decides one command.</summary>
    /// <param name="state">The search; null when there is none of that name.</param>
    /// <param name="command">What is asked of the search.</param>
    /// <param name="context">The time and the scheduler.</param>
    /// <returns>The reply and the events.</returns>
    /// <exception cref="InvalidOperationException">The command is of a kind that this version does not know.</exception>
    public static SearchDecision Decide(SearchState? state, ISearchCommand command, DecisionContext context)
    {
        if (command is SearchCommands.SubmitSearch submit)
        {
            return SubmitDecisions.Submit(state, submit, context);
        }

        if (state is null)
        {
            return new SearchDecision(Replies.NotFound(command), []);
        }

        var draft = new DecisionDraft(state, context);
        var reply = Reply(draft, command);
        if (draft.HasChanged || command is SearchCommands.CheckLimits or SearchCommands.MarkRecovered)
        {
            Ending.Settle(draft);
        }

        return draft.Decide(reply);
    }

    private static Func<SearchState, IWithSearchId?> Reply(DecisionDraft draft, ISearchCommand command) => command switch
    {
        SearchCommands.RecordSuggestions c => SuggestionDecisions.Record(draft, c),
        SearchCommands.LeaseWork c => LeaseDecisions.Lease(draft, c),
        SearchCommands.ReportMeasurement c => MeasurementDecisions.Report(draft, c),
        SearchCommands.ReportWarning c => WarningDecisions.Report(draft, c),
        SearchCommands.ReportOutcome c => OutcomeDecisions.Report(draft, c),
        SearchCommands.ReleaseLease c => LostLeaseDecisions.Release(draft, c),
        SearchCommands.ExpireLease c => LostLeaseDecisions.Expire(draft, c),
        SearchCommands.MarkRecovered => LifecycleDecisions.Recover(draft),
        SearchCommands.CheckLimits => Replies.None,
        SearchCommands.PauseSearch => LifecycleDecisions.Pause(draft),
        SearchCommands.ResumeSearch c => ResumeDecisions.Resume(draft, c),
        SearchCommands.PrioritiseSearch c => LifecycleDecisions.Prioritise(draft, c),
        SearchCommands.DeleteSearch c => LifecycleDecisions.Delete(draft, c),
        SearchCommands.StopSearch c => LifecycleDecisions.Stop(draft, c),
        _ => throw new InvalidOperationException($"Command {command.GetType().Name} is not known to this version; update the coordinator."),
    };
}
