namespace SearchCluster.Contracts.Workers;

/// <summary>A worker as the coordinator sees it.</summary>
/// <param name="WorkerId">Its name; stable over restarts.</param>
/// <param name="Incarnation">Its process; new with every start of the process, kept when only its connection restarts.</param>
/// <param name="Device">The processor or graphics card that its trials run on.</param>
/// <param name="Slots">How many groups of trials it runs at once, 1 to 64.</param>
/// <param name="Labels">Free tags that searches may ask for.</param>
/// <param name="Version">Version of its program.</param>
/// <param name="Process">Its process, for people and to tell a restart from a second worker of the name; null where it does not
/// say.</param>
public sealed record WorkerDescription(
    WorkerId WorkerId,
    string Incarnation,
    DeviceDescription Device,
    int Slots,
    ValueMap<string> Labels,
    string Version,
    ProcessDescription? Process = null) : IWithWorkerId;

/// <summary>The process of a worker.</summary>
/// <param name="Host">Name of its machine.</param>
/// <param name="Pid">Its number there.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Folder">The worker's own folder, which its process has a lock on.</param>
/// <param name="FolderId">Random; made with the folder, and equal as long as that is the same one.</param>
public sealed record ProcessDescription(string Host, int Pid, DateTimeOffset StartedAt, string Folder, string FolderId);

/// <summary>A device that trials run on.</summary>
/// <param name="Kind"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Name">For people, for example <c>CPU, 2 cores</c>.</param>
/// <param name="MemoryBytes">Memory in bytes; 0 when unknown.</param>
public sealed record DeviceDescription(string Kind, string Name, long MemoryBytes);

/// <summary>How the process ended that a worker's process was started in place of, as whoever started both knows it.</summary>
/// <param name="How">The end of a sentence, for example <c>was ended by signal 9 (SIGKILL) after 12 s</c>.</param>
/// <param name="LastLines">The last lines that it printed; null for none.</param>
public sealed record FormerProcess(string How, string? LastLines = null)
{
    /// <summary>Longest text of how it ended, in characters.</summary>
    public const int MaximumHow = 200;

    /// <summary>Longest text of its last lines, in bytes of UTF-8.</summary>
    public const int MaximumLinesBytes = 8 * 1024;

    /// <summary>Brings it into a form that is kept and shown.</summary>
    /// <returns>The same with bounded lengths and without control characters.</returns>
    public FormerProcess Normalised() => new(
        ForeignText.OneLine(How, MaximumHow) is { Length: > 0 } how ? how : "ended",
        LastLines is null ? null : ForeignText.Lines(LastLines, MaximumLinesBytes));
}

/// <summary>That a worker takes no more work, by the wish of its people; it remembers this over restarts of its process.</summary>
/// <param name="Since">Since when.</param>
/// <param name="GivesBack">True when it gives back what it ran, each trial with its state; false when that may finish.</param>
/// <param name="Trouble">Why it would not remember this over a restart, for people; null when it would.</param>
public sealed record WorkerDrain(DateTimeOffset Since, bool GivesBack = false, string? Trouble = null);

/// <summary>Where a coordinator keeps artifacts, for its workers: in its own state folder, or over HTTP.</summary>
/// <param name="Run">Random, new with each start of the coordinator; it stands beside the lock of its state folder, too, so a worker that
/// finds it in its own shares the folder.</param>
/// <param name="Url">Address of its HTTP API.</param>
public sealed record ArtifactPlace(string Run, string Url);

/// <summary>Messages between workers and the coordinator; all are idempotent. <c>docs/protocol.md</c> has the flows.</summary>
public static class WorkerProtocol
{
    /// <summary>Most processes that a hello names as ended in order.</summary>
    public const int MostCleanExits = 4;

    /// <summary>Worker to coordinator, at connection and every few seconds: who it is and which leases it holds.</summary>
    /// <param name="Worker">Its name, process, device, slots, labels and version.</param>
    /// <param name="Held">Leases it is working on; they are renewed.</param>
    /// <param name="Former">How the process before it ended, until the coordinator has answered; null where nobody told.</param>
    /// <param name="Drain">That it takes no more work; null when it does.</param>
    /// <param name="CleanExits">Incarnations of its earlier processes that ended in order, at most <see cref="MostCleanExits"/>: what was
    /// leased to them and is not held now never reached them, or was given back. Null for none.</param>
    public sealed record WorkerHello(
        WorkerDescription Worker,
        ValueArray<LeaseKey> Held,
        FormerProcess? Former = null,
        WorkerDrain? Drain = null,
        ValueArray<string>? CleanExits = null) : IWithWorkerId
    {
        /// <inheritdoc />
        public WorkerId WorkerId => Worker.WorkerId;
    }

    /// <summary>Coordinator to worker: the answer to every hello.</summary>
    /// <param name="WorkerId">Name of the worker that said hello.</param>
    /// <param name="LeaseTime">How long a lease lives without a heartbeat.</param>
    /// <param name="HeartbeatInterval">How often the worker says hello.</param>
    /// <param name="Warning">What the people who run the worker should know; repeated with each welcome, so the
    /// worker tells it once. Null for nothing.</param>
    /// <param name="Artifacts">Where checkpoints and models lie; null where the worker has the coordinator's state folder anyway, because
    /// it lives in the same process.</param>
    /// <param name="Standbys">Addresses for workers, <c>host:port</c>, of the coordinators that stand by; null for none.</param>
    public sealed record WorkerWelcome(
        WorkerId WorkerId,
        TimeSpan LeaseTime,
        TimeSpan HeartbeatInterval,
        string? Warning = null,
        ArtifactPlace? Artifacts = null,
        ValueArray<string>? Standbys = null)
        : IWithWorkerId;

    /// <summary>Coordinator to worker: it is not welcome; the message tells why and it ends.</summary>
    /// <param name="WorkerId">Name of the worker that is refused.</param>
    /// <param name="Message">Why, and what to do.</param>
    public sealed record WorkerRefused(WorkerId WorkerId, string Message) : IWithWorkerId;

    /// <summary>Coordinator to worker: take no more work, or take work again. The next hello tells that it was done; until then it is
    /// said again.</summary>
    /// <param name="WorkerId">Who is told.</param>
    /// <param name="IsDrained">True to take no more work.</param>
    /// <param name="GiveBack">True to give back what runs, instead of finishing it.</param>
    public sealed record SetDrain(WorkerId WorkerId, bool IsDrained, bool GiveBack = false) : IWithWorkerId;

    /// <summary>Worker to coordinator: it has free slots. The request stays open until work is assigned; a newer one replaces it.</summary>
    /// <param name="WorkerId">Name of the worker that asks.</param>
    /// <param name="Incarnation">Its process.</param>
    /// <param name="RequestId">Grows with every request.</param>
    /// <param name="FreeSlots">How many groups it can take, at least 1.</param>
    public sealed record RequestWork(WorkerId WorkerId, string Incarnation, long RequestId, int FreeSlots) : IWithWorkerId;

    /// <summary>Coordinator to worker: the answer to a request, with at least one group.</summary>
    /// <param name="WorkerId">Name of the worker that asked.</param>
    /// <param name="RequestId">The request that this answers.</param>
    /// <param name="Groups">What its slots run.</param>
    public sealed record WorkAssigned(WorkerId WorkerId, long RequestId, ValueArray<AssignmentGroup> Groups) : IWithWorkerId;

    /// <summary>Coordinator to worker: a report is in the journal (or was already).</summary>
    /// <param name="Lease">Of the attempt that reported.</param>
    /// <param name="Seq">All reports up to this number are written.</param>
    /// <param name="Decision">What the scheduler wants; null for continue.</param>
    public sealed record ReportAccepted(LeaseKey Lease, long Seq, SchedulingDecision? Decision = null) : IWithSearchId
    {
        /// <inheritdoc />
        public SearchId SearchId => Lease.SearchId;
    }

    /// <summary>Coordinator to worker: a report has a gap before it; send again from the given number.</summary>
    /// <param name="Lease">Of the attempt that reported.</param>
    /// <param name="FromSeq">First missing report.</param>
    public sealed record ResendReports(LeaseKey Lease, long FromSeq) : IWithSearchId
    {
        /// <inheritdoc />
        public SearchId SearchId => Lease.SearchId;
    }

    /// <summary>Coordinator to worker: the lease is not current any more; drop the attempt and all its reports.</summary>
    /// <param name="Lease">Which one is not current any more.</param>
    /// <param name="Message">Why.</param>
    public sealed record StaleLease(LeaseKey Lease, string Message) : IWithSearchId
    {
        /// <inheritdoc />
        public SearchId SearchId => Lease.SearchId;
    }

    /// <summary>Coordinator to worker: end an attempt that is still current, keep its checkpoint, and report
    /// <see cref="AttemptHalted"/>.</summary>
    /// <param name="Lease">Of the attempt that is to end.</param>
    /// <param name="Message">Why.</param>
    public sealed record CancelAttempt(LeaseKey Lease, string Message) : IWithSearchId
    {
        /// <inheritdoc />
        public SearchId SearchId => Lease.SearchId;
    }

    /// <summary>Worker to coordinator: it shuts down in order; its leases were given back one by one before.</summary>
    public sealed record WorkerGoodbye(WorkerId WorkerId, string Incarnation) : IWithWorkerId;
}
