using SearchCluster.GpuWorker.Execution.Reports;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.Models.Attempts;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>One attempt of a worker, from its assignment to the acknowledgement of its outcome. Not thread-safe; its host locks.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>queued</term><description>until its turn comes, or it is cancelled (halted at once) or forgotten</description></item>
/// <item><term>running</term><description>until the executor returns, whatever else happens</description></item>
/// <item><term>ended</term><description>until its outcome is acknowledged, or it is forgotten</description></item>
/// </list>
/// </remarks>
#pragma warning disable CA1001 // Not disposed: the source has no timer and no wait handle, and an executor may look at its token late.
internal sealed class Attempt
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _cancellation = new();

    public Attempt(WorkAssignment assignment, TimeProvider clock)
    {
        Pulse = new(clock);
        Lease = assignment.Lease;
        TraceParent = assignment.TraceParent;
        KnownResource = assignment is TrialAssignment trial ? trial.FromResource : 0;
        Reports = new ReportLog(Lease);
        MemoryBytes = assignment switch
        {
            TrialAssignment limited =>
            limited.Plan.MemoryBytes,
            MemberAssignment member => member.Plan.MemoryBytes,
            _ => null
        };
        Decision = new((assignment as TrialAssignment)?.Plan.AwaitsDecisions ?? false);
    }

    /// <summary>Takes up what an earlier process left.</summary>
    public Attempt(StoredOutcome stored, TimeProvider clock)
    {
        Pulse = new(clock);
        Lease = stored.Outcome.Lease;
        TraceParent = stored.Outcome.TraceParent;
        Phase = AttemptPhase.Ended;
        Reports = ReportLog.Restore(stored);
    }

    public LeaseKey Lease { get; }

    public ReportLog Reports { get; }

    public AttemptWarnings Warnings { get; } = new();

    /// <summary>Holds it until its measurements are decided.</summary>
    public DecisionWait Decision { get; } = new(false);

    /// <summary>Tells whether it lives.</summary>
    public AttemptPulse Pulse { get; }

    /// <summary>Programs that it started.</summary>
    public AttemptPrograms Programs { get; } = new();

    /// <summary>Most memory that it may hold; null for as much as it wants.</summary>
    public long? MemoryBytes { get; }

    /// <summary>What the process held when its turn came; null where nobody asked.</summary>
    public long? MemoryAtStart { get; set; }

    /// <summary>True when it was told that its limit does not hold beside others.</summary>
    public bool IsMixed { get; set; }

    /// <summary>What it failed by, whatever comes back of it; null while it kept its limits.</summary>
    public AttemptFailure? Overrun { get; private set; }

    /// <summary>Those that its slot runs with it; null for what an earlier process left.</summary>
    public AttemptGroup? Group { get; set; }

    public AttemptPhase Phase { get; set; } = AttemptPhase.Queued;

    /// <summary>W3C context of the attempt span once it runs; the assignment's until then.</summary>
    public string? TraceParent { get; set; }

    /// <summary>Resource level of the checkpoint that exists without this attempt's work.</summary>
    public int KnownResource { get; }

    /// <summary>Who cancelled it first; null while nobody did.</summary>
    public CancelCause? Cause { get; private set; }

    /// <summary>True when nobody wants its reports any more.</summary>
    public bool IsForgotten { get; private set; }

    /// <summary>True when its lease is given back where it halts: nobody blames it.</summary>
    public bool IsGivenBack => Cause is CancelCause.Leaving or CancelCause.Room;

    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Notes why it must end; <see cref="SignalCancellation"/> follows outside the host's lock,
    /// because it runs callbacks.</summary>
    public void RequestCancellation(CancelCause cause)
    {
        Cause ??= cause;
        Pulse.AskToEnd();
    }

    /// <summary>Notes that it is over a limit, and so must end.</summary>
    public void Fail(AttemptFailure overrun)
    {
        Overrun ??= overrun;
        RequestCancellation(CancelCause.Limit);
    }

    /// <summary>Callbacks that a workload registered run elsewhere: they may block or throw.</summary>
    public void SignalCancellation() => _ = _cancellation.CancelAsync();

    public void Forget()
    {
        IsForgotten = true;
        Pulse.AskToEnd();
    }
}

/// <summary>Where an attempt stands.</summary>
internal enum AttemptPhase
{
    /// <summary>Waits for the attempts of its group before it.</summary>
    Queued,

    /// <summary>The executor runs it.</summary>
    Running,

    /// <summary>It is over; its outcome may wait for the acknowledgement.</summary>
    Ended,
}

/// <summary>Who wants an attempt to end.</summary>
internal enum CancelCause
{
    /// <summary>The coordinator; the attempt reports that it halted.</summary>
    Coordinator,

    /// <summary>This worker shuts down, or is drained at once; the lease is given back.</summary>
    Leaving,

    /// <summary>This worker, because the attempt is over a limit; it fails.</summary>
    Limit,

    /// <summary>This worker, so that another attempt runs alone; the lease is given back.</summary>
    Room,
}
