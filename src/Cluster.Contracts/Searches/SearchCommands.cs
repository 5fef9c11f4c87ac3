namespace SearchCluster.Contracts.Searches;

/// <summary>Something a search is asked to do.</summary>
public interface ISearchCommand : IWithSearchId;

/// <summary>All commands of a search; each gets exactly one of <see cref="SearchReplies"/>, or none where the remarks say so.</summary>
public static class SearchCommands
{
    /// <summary>Starts a search. Repeated with the same specification it is accepted again and changes nothing.</summary>
    /// <param name="SearchId">Its name, equal to the specification's.</param>
    /// <param name="Spec">The validated specification.</param>
    /// <param name="SpecText">The file as its author wrote it.</param>
    /// <param name="TraceParent">W3C context of the submit span.</param>
    /// <param name="Written">The specification as written, where resolving changed it; null where both are the same.</param>
    /// <param name="MayContinue">Whether a search of the name that ended because data or configuration could
    /// not be used is tried again.</param>
    public sealed record SubmitSearch(
        SearchId SearchId,
        SearchSpec Spec,
        string SpecText,
        string? TraceParent,
        WrittenSpec? Written = null,
        bool MayContinue = false) : ISearchCommand;

    /// <summary>Records what the sampler proposed; sent by the search's own sampler, no reply.</summary>
    /// <param name="SearchId">Name of the search whose sampler proposed.</param>
    /// <param name="FirstTrial">Number that the first suggestion was made for; a stale answer is dropped.</param>
    /// <param name="Suggestions">In order.</param>
    /// <param name="Exhausted">One sentence why there will be no further ones; null when there may be.</param>
    /// <param name="Narrowing">The stage that begins with the first suggestion; null when none does.</param>
    public sealed record RecordSuggestions(
        SearchId SearchId,
        TrialId FirstTrial,
        ValueArray<Suggestion> Suggestions,
        string? Exhausted,
        SpaceNarrowing? Narrowing = null) : ISearchCommand;

    /// <summary>Leases waiting items to a worker; answered by <see cref="SearchReplies.WorkLeased"/>, with no
    /// groups when nothing waits.</summary>
    /// <param name="SearchId">Name of the search that is asked for work.</param>
    /// <param name="Worker">Who asks.</param>
    /// <param name="Slots">How many groups it can take.</param>
    /// <param name="Alone">Whether one group is asked for of those that run alone in the worker's process; else one of the others.</param>
    public sealed record LeaseWork(SearchId SearchId, WorkerDescription Worker, int Slots, bool Alone = false) : ISearchCommand;

    /// <summary>Reports metrics of an attempt; answered by <see cref="WorkerProtocol.ReportAccepted"/> or
    /// <see cref="WorkerProtocol.StaleLease"/>.</summary>
    /// <param name="Lease">Of the attempt that measured; one that is not current makes the report stale.</param>
    /// <param name="Seq">Number of the report within the attempt, from 1 without gaps.</param>
    /// <param name="Measurement">The metrics.</param>
    /// <param name="TraceParent">W3C context of the worker's report span.</param>
    public sealed record ReportMeasurement(LeaseKey Lease, long Seq, Measurement Measurement, string? TraceParent) : ISearchCommand
    {
        /// <inheritdoc />
        public SearchId SearchId => Lease.SearchId;
    }

    /// <summary>Reports something that a person should know; answered like <see cref="ReportMeasurement"/>.</summary>
    /// <param name="Lease">Of the attempt that reports; one that is not current makes the report stale.</param>
    /// <param name="Seq">Number of the report within the attempt, counted together with the measurements.</param>
    /// <param name="Warning">What to know.</param>
    /// <param name="TraceParent">W3C context of the worker's report span.</param>
    public sealed record ReportWarning(LeaseKey Lease, long Seq, WorkWarning Warning, string? TraceParent) : ISearchCommand
    {
        /// <inheritdoc />
        public SearchId SearchId => Lease.SearchId;
    }

    /// <summary>Reports the end of an attempt; answered like <see cref="ReportMeasurement"/>.</summary>
    /// <param name="Lease">Of the attempt that ended; one that is not current makes the report stale.</param>
    /// <param name="Seq">Number of the report within the attempt.</param>
    /// <param name="Outcome">How it ended.</param>
    /// <param name="TraceParent">W3C context of the worker's report span.</param>
    public sealed record ReportOutcome(LeaseKey Lease, long Seq, WorkOutcome Outcome, string? TraceParent) : ISearchCommand
    {
        /// <inheritdoc />
        public SearchId SearchId => Lease.SearchId;
    }

    /// <summary>Gives a lease back unfinished (worker shutdown); no reply.</summary>
    /// <param name="Lease">Of the attempt that the worker ends unfinished.</param>
    /// <param name="Resource">Resource level of the last checkpoint, 0 for none.</param>
    public sealed record ReleaseLease(LeaseKey Lease, int Resource) : ISearchCommand
    {
        /// <inheritdoc />
        public SearchId SearchId => Lease.SearchId;
    }

    /// <summary>Ends a lease whose deadline passed or whose worker's process restarted; no reply.</summary>
    /// <param name="Lease">Which one ends; nothing happens where it is not current.</param>
    /// <param name="Explanation">One sentence for people.</param>
    /// <param name="IsShared">Whether other attempts ran, or may have run, in the process that is lost.</param>
    /// <param name="Detail">The last lines of that process; null where they are not known.</param>
    public sealed record ExpireLease(LeaseKey Lease, string Explanation, bool IsShared = false, string? Detail = null) : ISearchCommand
    {
        /// <inheritdoc />
        public SearchId SearchId => Lease.SearchId;
    }

    /// <summary>Marks that a restarted coordinator took the search up; sent by the search itself before the
    /// first other command, no reply.</summary>
    public sealed record MarkRecovered(SearchId SearchId) : ISearchCommand;

    /// <summary>Looks at the limits that pass with time; sent by the search's own tick, no reply.</summary>
    public sealed record CheckLimits(SearchId SearchId) : ISearchCommand;

    /// <summary>Pauses the search.</summary>
    public sealed record PauseSearch(SearchId SearchId) : ISearchCommand;

    /// <summary>Lets a paused search go on, and extends its budget where told; extending an ended search starts it again.</summary>
    /// <param name="SearchId">Name of the paused or ended search.</param>
    /// <param name="AdditionalTrials">Trials to add, at least 0.</param>
    /// <param name="AdditionalTime">Time to add, at least zero.</param>
    /// <param name="Concurrency">New concurrency; null to leave it.</param>
    /// <param name="DataSource">Where the data of the search lie from now on, with the same content; null to leave it. Of a search that is
    /// over it may be all that changes.</param>
    public sealed record ResumeSearch(
        SearchId SearchId,
        int AdditionalTrials = 0,
        TimeSpan AdditionalTime = default,
        int? Concurrency = null,
        string? DataSource = null) : ISearchCommand;

    /// <summary>Gives a search that is not over another priority among those that wait for slots.</summary>
    /// <param name="SearchId">Name of the search that others wait for, or that waits for others.</param>
    /// <param name="Priority">As in <see cref="ResourcesSpec.Priority"/>.</param>
    public sealed record PrioritiseSearch(SearchId SearchId, int Priority) : ISearchCommand;

    /// <summary>Ends the search.</summary>
    /// <param name="SearchId">Name of the search that ends.</param>
    /// <param name="Mode">Whether running attempts may finish.</param>
    public sealed record StopSearch(SearchId SearchId, StopMode Mode) : ISearchCommand;

    /// <summary>Removes a search with all it left behind; answered by <see cref="SearchReplies.SearchRemoved"/>
    /// once nothing is left.</summary>
    /// <param name="SearchId">Name of the search that goes; it is free afterwards.</param>
    /// <param name="EvenIfUnfinished">Whether a search goes that is not over; for a coordinator without
    /// workers, where nothing can run.</param>
    public sealed record DeleteSearch(SearchId SearchId, bool EvenIfUnfinished = false) : ISearchCommand;
}
