using SearchCluster.Search.State.Evolution;

namespace SearchCluster.Search.Decisions;

/// <summary>Decides about resuming and extending.</summary>
internal static class ResumeDecisions
{
    private const string Elsewhere =
        "widen the space, or give its configurations repeats, in the spec of another search: searchcluster run SPEC --name NEW";

    private const string Unbounded =
        "nothing can be added to that limit; change it in the spec and search on under another name, with warmStart from this one: "
            + "searchcluster run SPEC --name NEW";

    // As of data.source in a spec.
    private const int LongestSource = 1_024;

    public static Func<SearchState, IWithSearchId?> Resume(DecisionDraft draft, SearchCommands.ResumeSearch command)
    {
        if (OutOfRange(draft.State, command) is { } message)
        {
            return Replies.Rejected(RejectionCode.OutOfRange, message);
        }

        var state = draft.State;
        if (MoveRefused(state, command.DataSource) is { } refusal)
        {
            return refusal;
        }

        var moved = command.DataSource is { } source && source != state.Spec.Data!.Source
            ? new SearchEvents.DataMoved(draft.SearchId, source, draft.At)
            : null;
        var extends = command.AdditionalTrials > 0 || command.AdditionalTime > TimeSpan.Zero
            || (command.Concurrency is { } concurrency && concurrency != state.Concurrency);
        if (!extends)
        {
            return moved is null ? ResumeAsIs(draft, command.DataSource is not null) : ResumeElsewhere(draft, moved);
        }

        var extended = new SearchEvents.SearchExtended(
            draft.SearchId, Budget(state.Budget, command), command.Concurrency ?? state.Concurrency, draft.At);
        var runs = state.Lifecycle is SearchLifecycle.Running or SearchLifecycle.Paused;
        var retried = !runs && Extension.IsMisconfigured(state) ? new SearchEvents.SearchRetried(draft.SearchId, draft.At) : null;
        if (!runs && StillOver(retried is null ? state : SearchEvolver.Apply(state, retried), extended) is { } reason)
        {
            return Replies.Rejected(RejectionCode.WrongState, $"Search '{state.SearchId}' would end again at once: {reason}");
        }

        foreach (var before in (ISearchEvent?[])[moved, retried])
        {
            if (before is not null)
            {
                draft.Add(before);
            }
        }

        draft.Add(extended);
        ResumePaused(draft);
        return Replies.Accepted;
    }

    // A search that is over stays so: its next extension, ensemble or prediction finds the data.
    private static Func<SearchState, IWithSearchId?> ResumeElsewhere(DecisionDraft draft, SearchEvents.DataMoved moved)
    {
        draft.Add(moved);
        if (draft.State.IsMisconfigured)
        {
            draft.Add(new SearchEvents.SearchRetried(draft.SearchId, draft.At));
        }

        ResumePaused(draft);
        return Replies.Accepted;
    }

    private static Func<SearchState, IWithSearchId?> ResumeAsIs(DecisionDraft draft, bool isMoved)
    {
        if (draft.State.IsMisconfigured)
        {
            draft.Add(new SearchEvents.SearchRetried(draft.SearchId, draft.At));
            return Replies.Accepted;
        }

        if (draft.State.IsOver)
        {
            return isMoved ? Replies.AlreadyDone : Replies.Rejected(
                RejectionCode.WrongState,
                $"Search '{draft.SearchId}' is over ({Replies.Word(draft.State.Lifecycle)}: {draft.State.End!.Explanation}); "
                    + $"{Advice(draft.State, draft.At)}.");
        }

        if (draft.State.Lifecycle != SearchLifecycle.Paused)
        {
            return Replies.AlreadyDone;
        }

        ResumePaused(draft);
        return Replies.Accepted;
    }

    private static void ResumePaused(DecisionDraft draft)
    {
        if (draft.State.Lifecycle == SearchLifecycle.Paused)
        {
            draft.Add(new SearchEvents.SearchResumed(draft.SearchId, draft.At));
        }
    }

    private static BudgetSpec Budget(BudgetSpec budget, SearchCommands.ResumeSearch command) => budget with
    {
        Trials = command.AdditionalTrials > 0 ? budget.Trials + command.AdditionalTrials : budget.Trials,
        Time = command.AdditionalTime > TimeSpan.Zero ? budget.Time + command.AdditionalTime : budget.Time,
    };

    /// <summary>Tells why a search would end at once after an extension, and what to do.</summary>
    private static string? StillOver(SearchState state, SearchEvents.SearchExtended extended) => Extension.EndAfter(state, extended) switch
    {
        null => null,
        { Reason: SearchEndReason.SpaceExhausted } end => $"{end.Explanation} No limit of the budget holds it back; {Elsewhere}.",
        { Reason: SearchEndReason.Trials } end => $"{end.Explanation} Add to that limit of the budget: --trials +20.",
        { Reason: SearchEndReason.Time } end => $"{end.Explanation} Add to that limit of the budget: --time +1h.",
        var end => $"{end.Explanation} N{Unbounded[1..]}",
    };

    // What a command can add to, and what only another spec has more of.
    private static string Advice(SearchState state, DateTimeOffset now) => Extension.EndsAgainBy(state, now) switch
    {
        null => $"resume it with more trials or more time: searchcluster resume {state.SearchId} --trials +20",
        SearchEndReason.SpaceExhausted => Elsewhere,
        SearchEndReason.Time => $"resume it with more time: searchcluster resume {state.SearchId} --time +1h",
        _ => Unbounded,
    };

    /// <summary>Data lie elsewhere where the search knows which they are: its workers compare what they find there.</summary>
    private static Func<SearchState, IWithSearchId?>? MoveRefused(SearchState state, string? source) => source switch
    {
        null => null,
        _ when source.Length is 0 or > LongestSource => Replies.Rejected(
            RejectionCode.OutOfRange,
            $"The new place of the data has {source.Length} characters, but must have 1 to {LongestSource}; give a path or "
                + $"registered:NAME."),
        _ when state.Spec.Data is null => Replies.Rejected(
            RejectionCode.WrongState, $"Search '{state.SearchId}' learns from no data, so none can lie elsewhere; leave the place out."),
        _ when source != state.Spec.Data.Source && state.Data is null => Replies.Rejected(
            RejectionCode.WrongState,
            $"Search '{state.SearchId}' has measured nothing that says which data it learns from, so nobody can tell whether others are "
                + $"the same; correct data.source in its spec and start over: searchcluster run SPEC --fresh"),
        _ => null,
    };

    private static string? OutOfRange(SearchState state, SearchCommands.ResumeSearch command)
    {
        if (command.AdditionalTrials < 0 || command.AdditionalTime < TimeSpan.Zero)
        {
            return "A budget can only grow; give trials and time of at least 0.";
        }

        if (command.Concurrency is < 1)
        {
            return $"Concurrency is {command.Concurrency}, but must be at least 1.";
        }

        if (command.AdditionalTrials > 0
            && state.Budget.Trials is { } trials
            && trials > BudgetLimits.MaximumTrials - command.AdditionalTrials)
        {
            return $"The budget would be {(long)trials + command.AdditionalTrials} trials; a search has at most "
                + $"{BudgetLimits.MaximumTrials}.";
        }

        return command.AdditionalTime > BudgetLimits.MaximumTime
            ? $"{Durations.Of(command.AdditionalTime)} cannot be added; a search runs at most {Durations.Of(BudgetLimits.MaximumTime)}."
            : null;
    }
}

/// <summary>The largest budget that an extension may reach.</summary>
internal static class BudgetLimits
{
    public const int MaximumTrials = 1_000_000;

    public static TimeSpan MaximumTime { get; } = TimeSpan.FromDays(36_500);
}
