namespace SearchCluster.Contracts.Searches;

/// <summary>Answers of a search to commands.</summary>
public static class SearchReplies
{
    /// <summary>The command's events are written (or it changed nothing because it was done already).</summary>
    /// <param name="SearchId">Name of the search that the command was for.</param>
    /// <param name="State">Where the search stands now.</param>
    /// <param name="AlreadyDone">True when the command changed nothing.</param>
    public sealed record CommandAccepted(SearchId SearchId, SearchLifecycle State, bool AlreadyDone = false) : IWithSearchId;

    /// <summary>The search and all it left behind are gone; its name is free.</summary>
    /// <param name="SearchId">The name that is free.</param>
    /// <param name="AlreadyDone">True when it was gone before.</param>
    public sealed record SearchRemoved(SearchId SearchId, bool AlreadyDone = false) : IWithSearchId;

    /// <summary>The command was refused and changed nothing.</summary>
    /// <param name="SearchId">Name of the search that the command was for.</param>
    /// <param name="Code">Why, for programs.</param>
    /// <param name="Message">Why, for people: subject, actual value, rule, next step.</param>
    /// <param name="Differences">In which fields the given specification differs from the one that is there;
    /// null when that is not why.</param>
    public sealed record CommandRejected(
        SearchId SearchId, RejectionCode Code, string Message, ValueArray<SpecDifference>? Differences = null) : IWithSearchId;

    /// <summary>What a worker got; empty when nothing waits.</summary>
    /// <param name="SearchId">Name of the search that gave the work.</param>
    /// <param name="Groups">What its slots run.</param>
    public sealed record WorkLeased(SearchId SearchId, ValueArray<AssignmentGroup> Groups) : IWithSearchId;
}

/// <summary>Why a command was refused.</summary>
public enum RejectionCode
{
    /// <summary>There is no such search.</summary>
    NotFound,

    /// <summary>A search of this name exists with another specification.</summary>
    NameTaken,

    /// <summary>The command does not fit where the search stands.</summary>
    WrongState,

    /// <summary>The journal could not be written or read; try again later.</summary>
    JournalUnavailable,

    /// <summary>A value of the command is outside its range.</summary>
    OutOfRange,

    /// <summary>The search's journal cannot be read to its end; salvage it first.</summary>
    Damaged,
}
