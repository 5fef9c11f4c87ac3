namespace SearchCluster.Contracts.Api;

/// <summary>One line of a list of searches.</summary>
/// <param name="SearchId">The search.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Counts">Trials by state.</param>
/// <param name="TrialBudget">Trials of the budget; null when it has no such limit.</param>
/// <param name="Best">The best trial so far, or null.</param>
/// <param name="Objective">How trials are judged.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="Labels">Free tags.</param>
public sealed record SearchSummary(
    SearchId SearchId,
    SearchLifecycle State,
    TrialCounts Counts,
    int? TrialBudget,
    TrialView? Best,
    ObjectiveSpec Objective,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? EndedAt,
    ValueMap<string>? Labels) : IWithSearchId;

/// <summary>Searches of a cluster, oldest first.</summary>
/// <param name="Searches">One line each.</param>
/// <param name="Damaged">Searches whose journal cannot be read to its end, those without a line in <paramref name="Searches"/> among them; null for none.</param>
public sealed record SearchList(ValueArray<SearchSummary> Searches, ValueArray<SearchDamage>? Damaged = null);

/// <summary>Where the journal of a search cannot be read any further. The search stands still; all others go on.</summary>
/// <param name="Search">The search.</param>
/// <param name="EventNumber">Number of the first event that cannot be read or is missing.</param>
/// <param name="Intact">How many events before it are whole.</param>
/// <param name="Place">File, or server and database.</param>
/// <param name="Explanation">What is wrong with the event.</param>
public sealed record SearchDamage(SearchId Search, long EventNumber, long Intact, string Place, string Explanation)
{
    /// <summary>All of it in one sentence, with the next step.</summary>
    /// <returns>For people.</returns>
    public string Describe() => FormattableString.Invariant(
        $"Search '{Search}' is damaged: event {EventNumber} in {Place} cannot be read ({Explanation}). Its {Intact} events before that are whole: searchcluster journal salvage {Search}");
}

/// <summary>How many trials are in which state.</summary>
/// <param name="Waiting">Wait for a worker.</param>
/// <param name="Running">Run.</param>
/// <param name="Paused">Wait for promotion.</param>
/// <param name="Completed">Trained to their end.</param>
/// <param name="StoppedEarly">Stopped by the scheduler or the end of the search.</param>
/// <param name="Failed">Failed.</param>
/// <param name="Skipped">Suggested, never started.</param>
public sealed record TrialCounts(int Waiting, int Running, int Paused, int Completed, int StoppedEarly, int Failed, int Skipped)
{
    /// <summary>Trials that are over and were started.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Finished => Completed + StoppedEarly + Failed;
}

/// <summary>Everything about a search but its trials.</summary>
/// <param name="SearchId">The search.</param>
/// <param name="Summary">The line of the list.</param>
/// <param name="Budget">The budget as extended so far.</param>
/// <param name="Concurrency">Most trials at once; null for no limit.</param>
/// <param name="Algorithm">Name of the sampler.</param>
/// <param name="Workload">Name of the workload.</param>
/// <param name="Seed">Master seed.</param>
/// <param name="ActiveTime">Running time so far.</param>
/// <param name="DeviceTime">Summed time of attempts so far.</param>
/// <param name="Epochs">Summed measurements so far.</param>
/// <param name="EndReason">Why it ended or is ending; null while it runs.</param>
/// <param name="EndExplanation">The same for people.</param>
/// <param name="Running">The running trials.</param>
/// <param name="Ensemble">The ensemble, or null.</param>
/// <param name="EnsembleState">What happens to the ensemble.</param>
/// <param name="EnsembleFailure">Why the ensemble could not be built, or null.</param>
/// <param name="TraceId">W3C trace id of the search, 32 hexadecimal digits; null when tracing was off.</param>
/// <param name="History">Best objective so far after each finished trial that improved it.</param>
/// <param name="Revision">Grows with every change; equal revisions have equal content but for times.</param>
/// <param name="Narrowings">Stages of a coarse-to-fine search that began; null for none.</param>
/// <param name="EnsembleMembers">How far the members are that are trained for the ensemble; null when none are.</param>
/// <param name="Warnings">What attempts warned of, each text once, in the order in which they came; null for nothing.</param>
/// <param name="OtherWarnings">Reports of further warnings, which are too many to be kept one by one.</param>
/// <param name="Damage">Where its journal cannot be read any further; null when it can.</param>
/// <param name="Trouble">What keeps it from going on at the moment and passes by itself once mended, for people: a full disk, a locked journal; null for nothing.</param>
/// <param name="Failures">Failed trials by cause, the most frequent first; null for none.</param>
/// <param name="ResourceUnit">What one measurement covers: <c>fold</c> in a cross-validation; null for an epoch.</param>
public sealed record SearchDetail(
    SearchId SearchId,
    SearchSummary Summary,
    BudgetSpec Budget,
    int? Concurrency,
    string Algorithm,
    string Workload,
    ulong Seed,
    TimeSpan ActiveTime,
    TimeSpan DeviceTime,
    long Epochs,
    SearchEndReason? EndReason,
    string? EndExplanation,
    ValueArray<TrialView> Running,
    EnsembleReport? Ensemble,
    EnsembleProgress EnsembleState,
    AttemptFailure? EnsembleFailure,
    string? TraceId,
    ValueArray<ImprovementView> History,
    long Revision,
    ValueArray<SpaceNarrowing>? Narrowings = null,
    MemberCounts? EnsembleMembers = null,
    ValueArray<WarningView>? Warnings = null,
    int OtherWarnings = 0,
    SearchDamage? Damage = null,
    string? Trouble = null,
    ValueArray<FailureCause>? Failures = null,
    string? ResourceUnit = null) : IWithSearchId;

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

/// <summary>One trial.</summary>
/// <param name="TrialId">The trial.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Values">Its configuration.</param>
/// <param name="Seed">Its own seed.</param>
/// <param name="Origin">Who chose the configuration and why.</param>
/// <param name="Attempts">How many attempts were started.</param>
/// <param name="WorkerId">The worker of the running attempt, or of the last one.</param>
/// <param name="Objective">Its objective value, final or so far; null before the first measurement.</param>
/// <param name="Result">What it achieved; null while it runs.</param>
/// <param name="Latest">Its latest measurement.</param>
/// <param name="TrainingStop">Why training ended by itself, or null.</param>
/// <param name="Reason">Why the scheduler stopped, paused or promoted it last, or null.</param>
/// <param name="Failure">The last failure, or null.</param>
/// <param name="SuggestedAt">When its configuration was chosen.</param>
/// <param name="StartedAt">When its first attempt started.</param>
/// <param name="EndedAt">When it was over.</param>
/// <param name="Curve">All measurements; null when not asked for.</param>
/// <param name="DataFraction">Share of the training data that it uses; null for all.</param>
/// <param name="Decisions">What the scheduler decided, in order; null for nothing.</param>
/// <param name="Lineage">Whose weights it took over, in order; null for nobody's.</param>
public sealed record TrialView(
    TrialId TrialId,
    TrialState State,
    ParameterValues Values,
    ulong Seed,
    SuggestionOrigin Origin,
    int Attempts,
    WorkerId? WorkerId,
    double? Objective,
    TrialResult? Result,
    Measurement? Latest,
    TrainingStop? TrainingStop,
    DecisionReason? Reason,
    AttemptFailure? Failure,
    DateTimeOffset SuggestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    ValueArray<Measurement>? Curve = null,
    double? DataFraction = null,
    ValueArray<TrialDecision>? Decisions = null,
    ValueArray<LineageStep>? Lineage = null);

/// <summary>Trials of a search in order of their numbers.</summary>
/// <param name="SearchId">The search.</param>
/// <param name="Trials">The page.</param>
/// <param name="Total">How many trials the search has.</param>
public sealed record TrialPage(SearchId SearchId, ValueArray<TrialView> Trials, int Total) : IWithSearchId;

/// <summary>The specification of a search.</summary>
/// <param name="SearchId">The search.</param>
/// <param name="Text">The file as its author wrote it.</param>
/// <param name="Spec">As it was understood, with defaults.</param>
/// <param name="Written">Before what depends on other searches was resolved; null when that changed nothing.</param>
public sealed record SearchSpecView(SearchId SearchId, string Text, SearchSpec Spec, WrittenSpec? Written = null) : IWithSearchId;
