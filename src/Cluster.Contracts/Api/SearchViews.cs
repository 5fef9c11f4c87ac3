using System.Globalization;

namespace SearchCluster.Contracts.Api;

/// <summary>One line of a list of searches.</summary>
/// <param name="SearchId">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Counts">Trials by state.</param>
/// <param name="TrialBudget">Trials of the budget; null when it has no such limit.</param>
/// <param name="Best">The best trial so far, or null.</param>
/// <param name="Objective">How trials are judged.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="Labels">Free tags.</param>
/// <param name="Priority">Among searches that wait for a slot the highest gets it; 0 unless somebody said otherwise.</param>
public sealed record SearchSummary(
    SearchId SearchId,
    SearchLifecycle State,
    TrialCounts Counts,
    int? TrialBudget,
    TrialView? Best,
    ObjectiveSpec Objective,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? EndedAt,
    ValueMap<string>? Labels,
    int Priority = 0) : IWithSearchId;

/// <summary>Searches of a cluster, oldest first.</summary>
/// <param name="Searches">One line each.</param>
/// <param name="Damaged">Searches whose journal cannot be read to its end, those without a line in
/// <paramref name="Searches"/> among them; null for none.</param>
/// <param name="Trouble">What keeps all searches from going on at the moment, for people: the journal cannot
/// be written; null for nothing.</param>
/// <param name="TroubleSince">Since when.</param>
public sealed record SearchList(
    ValueArray<SearchSummary> Searches,
    ValueArray<SearchDamage>? Damaged = null,
    string? Trouble = null,
    DateTimeOffset? TroubleSince = null);

/// <summary>Where the journal of a search cannot be read any further. The search stands still; all others go on.</summary>
/// <param name="Search">Its name.</param>
/// <param name="EventNumber">Number of the first event that cannot be read or is missing.</param>
/// <param name="Intact">How many events before it are whole.</param>
/// <param name="Place">File, or server and database.</param>
/// <param name="Explanation">What is wrong with the event.</param>
public sealed record SearchDamage(SearchId Search, long EventNumber, long Intact, string Place, string Explanation)
{
    /// <summary>All of it in one sentence, with the next step.</summary>
    /// <returns>For people.</returns>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"Search '{Search}' is damaged: event {EventNumber} in {Place} cannot be read ({Explanation}). "
            + $"Its {Intact} events before that are whole: searchcluster journal salvage {Search}");
}

/// <summary>How many trials are in which state.</summary>
/// <param name="Waiting">Wait for a worker.</param>
/// <param name="Running">Run.</param>
/// <param name="Paused">Wait for promotion.</param>
/// <param name="Completed">Trained to their end.</param>
/// <param name="StoppedEarly">Stopped by the scheduler or the end of the search.</param>
/// <param name="Failed">Over by a failure that is not tried again.</param>
/// <param name="Skipped">Suggested, and without a result when the search ended.</param>
/// <param name="CutOff">How many of <paramref name="StoppedEarly"/> the end of the search cut off.</param>
public sealed record TrialCounts(
    int Waiting,
    int Running,
    int Paused,
    int Completed,
    int StoppedEarly,
    int Failed,
    int Skipped,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    int CutOff = 0)
{
    /// <summary>Trials that are over and were started.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Finished => Completed + StoppedEarly + Failed;
}

/// <summary>Failed trials that have one cause.</summary>
/// <param name="Kind">The class of failure.</param>
/// <param name="Exception">Name of the exception that the workload threw; null when none is known.</param>
/// <param name="Count">How many trials.</param>
/// <param name="FirstTrial">The first of them.</param>
/// <param name="Message">What its failure says.</param>
public sealed record FailureCause(TrialFailureKind Kind, string? Exception, int Count, TrialId FirstTrial, string Message);

/// <summary>Members that are trained for an ensemble.</summary>
/// <param name="Total">How many there will be.</param>
/// <param name="Running">How many are being trained.</param>
/// <param name="Trained">How many are trained.</param>
/// <param name="Failed">How many could not be trained and are left out.</param>
public sealed record MemberCounts(int Total, int Running, int Trained, int Failed);

/// <summary>What happens to the ensemble of a search.</summary>
public enum EnsembleProgress
{
    /// <summary>The search builds none.</summary>
    None,

    /// <summary>It is built when the trials are over.</summary>
    Planned,

    /// <summary>It waits for a worker.</summary>
    Waiting,

    /// <summary>A worker builds it.</summary>
    Building,

    /// <summary>It is built.</summary>
    Built,

    /// <summary>It could not be built.</summary>
    Failed,
}

/// <summary>Trials of a search in order of their numbers.</summary>
/// <param name="SearchId">Name of the search whose trials they are.</param>
/// <param name="Trials">The page.</param>
/// <param name="Total">How many trials the search has.</param>
public sealed record TrialPage(SearchId SearchId, ValueArray<TrialView> Trials, int Total) : IWithSearchId;

/// <summary>The specification of a search.</summary>
/// <param name="SearchId">Name of the search that it is of.</param>
/// <param name="Text">The file as its author wrote it.</param>
/// <param name="Spec">As it was understood, with defaults.</param>
/// <param name="Written">Before what depends on other searches was resolved; null when that changed nothing.</param>
public sealed record SearchSpecView(SearchId SearchId, string Text, SearchSpec Spec, WrittenSpec? Written = null) : IWithSearchId;
