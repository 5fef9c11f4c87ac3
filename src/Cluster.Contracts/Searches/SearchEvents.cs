using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Searches;

/// <summary>Something that happened to a search and is in its journal for good.</summary>
public interface ISearchEvent : IWithSearchId
{
    /// <summary>When it was decided, by the coordinator's clock (UTC).</summary>
    DateTimeOffset At { get; }
}

/// <summary>All events of a search. Extend only: new members are optional, nothing is renamed, retyped or removed.</summary>
public static class SearchEvents
{
    /// <summary>The search was accepted; the first event of every journal.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Spec">The validated specification.</param>
    /// <param name="SpecText">The file as its author wrote it.</param>
    /// <param name="TraceParent">W3C context of the submit span; all spans of the search share its trace id.</param>
    /// <param name="At">When.</param>
    /// <param name="Written">The specification as written, where resolving changed it; null where both are the same.</param>
    /// <param name="FenceBase">Fencing numbers begin above it, so that no lease has the key of one of an earlier, deleted search of the
    /// name: a worker may still remember that, or hold its outcome. Null for 0, in journals of before.</param>
    public sealed record SearchSubmitted(
        SearchId SearchId,
        SearchSpec Spec,
        string SpecText,
        string? TraceParent,
        DateTimeOffset At,
        WrittenSpec? Written = null,
        long? FenceBase = null) : ISearchEvent;

    /// <summary>A search that could not run as it was specified, and never measured anything, starts over with
    /// a corrected specification.</summary>
    /// <remarks>Its trials so far are forgotten, so that it runs as if it had been submitted like this; fencing numbers go on.</remarks>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Spec">The corrected specification.</param>
    /// <param name="SpecText">The file as its author wrote it.</param>
    /// <param name="TraceParent">W3C context of the submit span.</param>
    /// <param name="At">When.</param>
    /// <param name="Written">As of <see cref="SearchSubmitted"/>.</param>
    public sealed record SearchRestarted(
        SearchId SearchId,
        SearchSpec Spec,
        string SpecText,
        string? TraceParent,
        DateTimeOffset At,
        WrittenSpec? Written = null) : ISearchEvent;

    /// <summary>A search that ended because data or configuration could not be used runs again: what failed by them, and what its end
    /// skipped, waits again.</summary>
    public sealed record SearchRetried(SearchId SearchId, DateTimeOffset At) : ISearchEvent;

    /// <summary>The data of the search lie elsewhere from now on; their content is that which its trials learned from.</summary>
    /// <remarks>Whoever asks for it need not be believed: each worker compares what it reads there.</remarks>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Source">Their new place, in the words of <c>data.source</c>.</param>
    /// <param name="At">When.</param>
    public sealed record DataMoved(SearchId SearchId, string Source, DateTimeOffset At) : ISearchEvent;

    /// <summary>A restarted coordinator took the search up again; the time since the event before does not count as running time.</summary>
    public sealed record SearchRecovered(SearchId SearchId, DateTimeOffset At) : ISearchEvent;

    /// <summary>Parameters were chosen for a new trial; replay never samples again.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="TrialId">The new trial.</param>
    /// <param name="Values">Its configuration.</param>
    /// <param name="Seed">Its own seed.</param>
    /// <param name="Origin">Who chose them and why.</param>
    /// <param name="At">When.</param>
    /// <param name="DataFraction">Share of the training data that the trial uses; null for all.</param>
    public sealed record TrialSuggested(
        SearchId SearchId,
        TrialId TrialId,
        ParameterValues Values,
        ulong Seed,
        SuggestionOrigin Origin,
        DateTimeOffset At,
        double? DataFraction = null) : ISearchEvent;

    /// <summary>A later stage of a coarse-to-fine search begins on a part of the space.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Narrowing">The stage and its space.</param>
    /// <param name="At">When.</param>
    public sealed record SpaceNarrowed(SearchId SearchId, SpaceNarrowing Narrowing, DateTimeOffset At) : ISearchEvent;

    /// <summary>The sampler has no further configuration (a grid is done, or every remaining one is forbidden).</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Explanation">One sentence for people.</param>
    /// <param name="At">When.</param>
    public sealed record SpaceExhausted(SearchId SearchId, string Explanation, DateTimeOffset At) : ISearchEvent;

    /// <summary>A worker was given the right to run an item; written before the assignment is sent.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Item">What is leased.</param>
    /// <param name="Attempt">Which try, from 1.</param>
    /// <param name="Fence">The fencing number.</param>
    /// <param name="WorkerId">Name of the worker that got the lease.</param>
    /// <param name="Incarnation">The worker's process, so that a restarted one does not inherit the lease.</param>
    /// <param name="Device">The worker's device, for people.</param>
    /// <param name="At">When; the deadline is this plus the lease time and moves with every heartbeat.</param>
    /// <param name="UntilResource">Resource level at which a new trial pauses; null to train to its end, and
    /// for a trial tried again.</param>
    /// <param name="Alone">Whether nothing else runs in the worker's process.</param>
    public sealed record AttemptStarted(
        SearchId SearchId,
        WorkItem Item,
        int Attempt,
        long Fence,
        WorkerId WorkerId,
        string Incarnation,
        string Device,
        DateTimeOffset At,
        int? UntilResource = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Alone = false) : ISearchEvent;

    /// <summary>An attempt reported metrics.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="TrialId">Number of the trial that was measured.</param>
    /// <param name="Fence">The lease's fencing number.</param>
    /// <param name="Seq">The report's number within the attempt, from 1.</param>
    /// <param name="Measurement">The metrics.</param>
    /// <param name="Decision">What the scheduler said; null for continue.</param>
    /// <param name="At">When.</param>
    public sealed record MeasurementReported(
        SearchId SearchId,
        TrialId TrialId,
        long Fence,
        long Seq,
        Measurement Measurement,
        SchedulingDecision? Decision,
        DateTimeOffset At) : ISearchEvent;

    /// <summary>A resumed attempt repeated a resource level that was known already; scheduler and sampler do not see it.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="TrialId">Number of the trial that repeated it.</param>
    /// <param name="Fence">The lease's fencing number.</param>
    /// <param name="Seq">The report's number within the attempt, from 1.</param>
    /// <param name="Resource">The repeated resource level.</param>
    /// <param name="At">When.</param>
    public sealed record MeasurementIgnored(SearchId SearchId, TrialId TrialId, long Fence, long Seq, int Resource, DateTimeOffset At)
        : ISearchEvent;

    /// <summary>An attempt reported something that a person should know, or the search has lost something that one may miss.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Item">What the attempt runs, or what the loss is about.</param>
    /// <param name="Fence">The lease's fencing number; 0 when no attempt reported it.</param>
    /// <param name="Seq">The report's number within the attempt, from 1; 0 when no attempt reported it.</param>
    /// <param name="Warning">What to know.</param>
    /// <param name="At">When.</param>
    public sealed record WarningReported(SearchId SearchId, WorkItem Item, long Fence, long Seq, WorkWarning Warning, DateTimeOffset At)
        : ISearchEvent;

    /// <summary>An attempt ended without finishing its item, which waits for another attempt, or is paused.</summary>
    public sealed record AttemptEnded : ISearchEvent
    {
        /// <summary>The search.</summary>
        public required SearchId SearchId { get; init; }

        /// <summary>The item.</summary>
        public required WorkItem Item { get; init; }

        /// <summary>The lease's fencing number.</summary>
        public required long Fence { get; init; }

        /// <summary>Why it ended.</summary>
        public required AttemptEnd End { get; init; }

        /// <summary>Details of a failure or a loss; null otherwise.</summary>
        public AttemptFailure? Failure { get; init; }

        /// <summary>Resource level of the last checkpoint, 0 for none.</summary>
        public required int Resource { get; init; }

        /// <summary>When.</summary>
        public required DateTimeOffset At { get; init; }

        /// <summary>Number of the report that ended it; 0 when it ended without one.</summary>
        public long Seq { get; init; }

        /// <summary>What the trial achieved so far; null when unknown.</summary>
        public TrialResult? Result { get; init; }

        /// <summary>When the next attempt may start; null for at once.</summary>
        public DateTimeOffset? NotBefore { get; init; }

        /// <summary>Why training ended by itself; null when it did not.</summary>
        public TrainingStop? TrainingStop { get; init; }

        /// <summary>How the attempt lost its worker's process; null where it did not, and in journals of before, where each loss was
        /// charged.</summary>
        public WorkerLoss? Loss { get; init; }
    }

    /// <summary>A trial is over: completed, stopped early, failed, or skipped because the search ends.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="TrialId">Number of the trial that is over.</param>
    /// <param name="Fence">The lease's fencing number; 0 when no attempt ran.</param>
    /// <param name="State">How it ended.</param>
    /// <param name="Result">What it achieved; null when it failed before a result.</param>
    /// <param name="TrainingStop">Why training ended by itself; null when it did not.</param>
    /// <param name="Failure">Why it failed; null when it did not.</param>
    /// <param name="At">When.</param>
    /// <param name="Seq">Number of the report that ended it; 0 when it ended without one.</param>
    public sealed record TrialFinished(
        SearchId SearchId,
        TrialId TrialId,
        long Fence,
        TrialState State,
        TrialResult? Result,
        TrainingStop? TrainingStop,
        AttemptFailure? Failure,
        DateTimeOffset At,
        long Seq = 0) : ISearchEvent;

    /// <summary>The scheduler let a paused trial go on from its checkpoint.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="TrialId">Number of the trial that goes on.</param>
    /// <param name="UntilResource">Resource level to reach next; null for the end.</param>
    /// <param name="CheckpointOf">Start from another trial's checkpoint; null for its own.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="At">When.</param>
    /// <param name="Values">Its new values (population based training); null for unchanged ones.</param>
    public sealed record TrialPromoted(
        SearchId SearchId,
        TrialId TrialId,
        int? UntilResource,
        TrialId? CheckpointOf,
        DecisionReason Reason,
        DateTimeOffset At,
        ParameterValues? Values = null) : ISearchEvent;

    /// <summary>A member that is trained for the ensemble is over: trained, or given up.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Member">Its number, from 0.</param>
    /// <param name="Fence">The lease's fencing number.</param>
    /// <param name="Failure">Why it is left out; null when it is trained.</param>
    /// <param name="At">When.</param>
    /// <param name="Seq">Number of the report that ended the attempt; 0 when it ended without one.</param>
    public sealed record EnsembleMemberFinished(
        SearchId SearchId, int Member, long Fence, AttemptFailure? Failure, DateTimeOffset At, long Seq = 0) : ISearchEvent;

    /// <summary>The ensemble was built.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Fence">The lease's fencing number.</param>
    /// <param name="Report">Its members and scores.</param>
    /// <param name="At">When.</param>
    /// <param name="Seq">Number of the report that ended the attempt.</param>
    public sealed record EnsembleBuilt(SearchId SearchId, long Fence, EnsembleReport Report, DateTimeOffset At, long Seq = 0)
        : ISearchEvent;

    /// <summary>The ensemble could not be built; the search completes without one.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Failure">Why.</param>
    /// <param name="At">When.</param>
    /// <param name="Seq">Number of the report that ended the attempt; 0 when it ended without one.</param>
    public sealed record EnsembleFailed(SearchId SearchId, AttemptFailure Failure, DateTimeOffset At, long Seq = 0) : ISearchEvent;

    /// <summary>A person paused the search: running attempts are asked to checkpoint and stop, no new ones start.</summary>
    public sealed record SearchPaused(SearchId SearchId, DateTimeOffset At) : ISearchEvent;

    /// <summary>A person let a paused search go on.</summary>
    public sealed record SearchResumed(SearchId SearchId, DateTimeOffset At) : ISearchEvent;

    /// <summary>The budget or concurrency was changed; a search that had ended goes on when there is budget again.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Budget">The whole new budget.</param>
    /// <param name="Concurrency">The new concurrency; null for no limit.</param>
    /// <param name="At">When.</param>
    public sealed record SearchExtended(SearchId SearchId, BudgetSpec Budget, int? Concurrency, DateTimeOffset At) : ISearchEvent;

    /// <summary>A person gave the search another priority.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Priority">The new one, as in <see cref="ResourcesSpec.Priority"/>.</param>
    /// <param name="Before">The one that it had.</param>
    /// <param name="At">When.</param>
    public sealed record SearchPrioritised(SearchId SearchId, int Priority, int Before, DateTimeOffset At) : ISearchEvent;

    /// <summary>No further trials start: a limit of the budget was reached or a person stopped the search.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="Reason">Which.</param>
    /// <param name="Explanation">One sentence for people.</param>
    /// <param name="Mode">Whether running attempts may finish.</param>
    /// <param name="At">When.</param>
    public sealed record SearchStopping(SearchId SearchId, SearchEndReason Reason, string Explanation, StopMode Mode, DateTimeOffset At)
        : ISearchEvent;

    /// <summary>The search is over: no attempt runs and the ensemble, if any, is built.</summary>
    /// <param name="SearchId">Name of the search; its journal holds the event.</param>
    /// <param name="State">How it ended.</param>
    /// <param name="Reason">Why it ended.</param>
    /// <param name="Explanation">One sentence for people.</param>
    /// <param name="At">When.</param>
    public sealed record SearchCompleted(
        SearchId SearchId, SearchLifecycle State, SearchEndReason Reason, string Explanation, DateTimeOffset At) : ISearchEvent;
}
