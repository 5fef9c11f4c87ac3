namespace SearchCluster.Contracts.Api;

/// <summary>The cluster.</summary>
/// <param name="Version">Version of the coordinator.</param>
/// <param name="StartedAt">When the coordinator started.</param>
/// <param name="Workers">Workers heard of within the lease time.</param>
/// <param name="Searches">How many searches there are.</param>
/// <param name="Trouble">What keeps all searches from going on at the moment, for people: the journal cannot
/// be written; null for nothing.</param>
/// <param name="TroubleSince">Since when.</param>
/// <param name="Coordinators">The active coordinator and those that stand by for it; null where there can be only one.</param>
public sealed record ClusterView(
    string Version,
    DateTimeOffset StartedAt,
    ValueArray<WorkerView> Workers,
    int Searches,
    string? Trouble = null,
    DateTimeOffset? TroubleSince = null,
    ValueArray<CoordinatorView>? Coordinators = null);

/// <summary>One of several coordinators.</summary>
/// <param name="Url">Address of its HTTP API.</param>
/// <param name="ClusterAddress">Its address for workers, <c>host:port</c>; null where it is not known.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Pid">Its process there.</param>
/// <param name="Version">Of its program.</param>
/// <param name="Since">Since when it is active, or stands by, by the clock of the database.</param>
/// <param name="IsActive">True for the one that has the searches.</param>
public sealed record CoordinatorView(
    string Url, string? ClusterAddress, string Host, int Pid, string Version, DateTimeOffset Since, bool IsActive);

/// <summary>One worker.</summary>
/// <param name="Worker">Its name, process, device, slots, labels and version.</param>
/// <param name="Held">Leases it holds.</param>
/// <param name="LastSeenAt">When it said hello last.</param>
/// <param name="Drain">That it takes no more work; null when it does.</param>
public sealed record WorkerView(WorkerDescription Worker, ValueArray<LeaseKey> Held, DateTimeOffset LastSeenAt, WorkerDrain? Drain = null);

/// <summary>What became of a drain, or of its undoing.</summary>
/// <param name="Worker">The worker as it is now; null when there is none of that name, or it left before it answered.</param>
/// <param name="Refusal">Why there is none, or why it did not do it, for people; null when it did.</param>
public sealed record DrainAnswer(WorkerView? Worker, string? Refusal = null);

/// <summary>Body of a drain.</summary>
/// <param name="GiveBack">True to give back what the worker runs, each trial with its state, so that another one goes on with it; false to
/// let it finish.</param>
public sealed record DrainRequest(bool GiveBack = false);

/// <summary>Body of a submission.</summary>
/// <param name="Text">The spec file, YAML or JSON.</param>
/// <param name="FileName">Its name, for error positions.</param>
/// <param name="Overrides">Values set on top, by dotted path (<c>budget.trials</c>).</param>
/// <param name="OnDuplicate">What happens when the name exists: <c>fail</c>, <c>resume</c> or <c>rename</c>.</param>
/// <param name="TraceParent">W3C context of the client's span.</param>
public sealed record SubmitRequest(
    string Text, string FileName, ValueMap<string>? Overrides = null, string OnDuplicate = "fail", string? TraceParent = null);

/// <summary>Body of a resume.</summary>
/// <param name="Trials">Trials to add.</param>
/// <param name="Time">Time to add.</param>
/// <param name="Concurrency">New concurrency; null to leave it.</param>
/// <param name="DataSource">Where the data of the search lie from now on, with the same content, in the words of <c>data.source</c>;
/// null to leave it. Of a search that is over it may be all that changes.</param>
public sealed record ResumeRequest(int Trials = 0, TimeSpan Time = default, int? Concurrency = null, string? DataSource = null);

/// <summary>Body of a change of priority.</summary>
/// <param name="Priority">A whole number from −100 to 100; the highest gets the next free slot.</param>
public sealed record PriorityRequest(int Priority);

/// <summary>Body of a stop.</summary>
/// <param name="Mode">Whether running attempts may finish.</param>
public sealed record StopRequest(StopMode Mode = StopMode.Graceful);

/// <summary>Asks for a page of the spans of a search's trace.</summary>
/// <param name="SearchId">Name of the search.</param>
/// <param name="After">Where it begins: <see cref="TraceView.Next"/> of the page before; null for the first.</param>
/// <param name="Limit">Most spans of the page, 1 to <see cref="MostSpans"/>.</param>
public sealed record TraceQuery(SearchId SearchId, string? After = null, int Limit = TraceQuery.DefaultSpans)
{
    /// <summary>Spans of a page of which nobody says how many: 1,000, about 400 kB.</summary>
    public const int DefaultSpans = 1_000;

    /// <summary>Most spans of a page: 10,000.</summary>
    public const int MostSpans = 10_000;
}

/// <summary>A page of the spans of one search's trace, from all processes that keep theirs in the state folder.</summary>
/// <param name="SearchId">Name of the search whose spans they are.</param>
/// <param name="TraceId">W3C trace id.</param>
/// <param name="Spans">In order of their start within the page; pages are in the order of the files.</param>
/// <param name="Unreadable">Lines of the trace's own files that are no spans, where the page was read; null for none.</param>
/// <param name="Next">Where the next page begins, for <see cref="TraceQuery.After"/>; null after the last.</param>
public sealed record TraceView(
    SearchId SearchId, string TraceId, ValueArray<SpanView> Spans, int? Unreadable = null, string? Next = null) : IWithSearchId;

/// <summary>One span.</summary>
/// <param name="SpanId">W3C span id, 16 hexadecimal digits.</param>
/// <param name="ParentSpanId">Its parent's, or null for the root.</param>
/// <param name="Name">What was done.</param>
/// <param name="Service">The process's service name.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="IsError">True when it failed.</param>
/// <param name="Attributes">Attributes as text.</param>
/// <param name="TraceId">W3C trace id, 32 hexadecimal digits.</param>
public sealed record SpanView(
    string SpanId,
    string? ParentSpanId,
    string Name,
    string Service,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    bool IsError,
    ValueMap<string> Attributes,
    string TraceId);

/// <summary>A problem with one place of an input file.</summary>
/// <param name="Code">Stable code, for example <c>SC1042</c>.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="File">The file, or the override: <c>--set budget.trials=0</c>.</param>
/// <param name="Line">Line, from 1; 0 when the problem is not at a place of a file (it cannot be opened, or an override is wrong).</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Path">Dotted path of the field, for example <c>space.lr.max</c>.</param>
/// <param name="Message">Subject, actual value, rule.</param>
/// <param name="Help">The next step, or null.</param>
public sealed record SpecProblem(
    string Code, string Severity, string File, int Line, int Column, string Path, string Message, string? Help = null);

/// <summary>An RFC 9457 problem document.</summary>
/// <param name="Title">What went wrong in one sentence.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Detail">Details and the next step.</param>
/// <param name="Problems">Problems with places of the spec.</param>
/// <param name="Differences">In which fields the given spec differs from the one that is there.</param>
/// <param name="Active">Address of the HTTP API of the coordinator that answers, where this one stands by.</param>
public sealed record ApiProblem(
    string Title,
    int Status,
    string Code,
    string? Detail = null,
    ValueArray<SpecProblem>? Problems = null,
    ValueArray<SpecDifference>? Differences = null,
    string? Active = null);
