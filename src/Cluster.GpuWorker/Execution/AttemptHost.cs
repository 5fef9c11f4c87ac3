using Microsoft.Extensions.Logging;
using SearchCluster.Artifacts;
using SearchCluster.GpuWorker.Execution.Limits;
using SearchCluster.GpuWorker.Execution.Reports;
using SearchCluster.GpuWorker.Logging;
using SearchCluster.GpuWorker.Memory;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.Models.Attempts;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>Runs attempts and keeps their reports until they are acknowledged. Lives outside every actor
/// system, so that training never notices what happens to the connection. Thread-safe; no method waits for an attempt.</summary>
/// <remarks>
/// Its state is the truth about what this worker holds: whoever connects reads <see cref="Held"/> and <see cref="Pending"/> and is told
/// by <see cref="Subscribe"/> that they changed. A slot is free again only when the executor has returned, also after a cancellation.
/// </remarks>
public sealed partial class AttemptHost : IAttemptSink, IDisposable
{
    private const int RememberedLeases = 1_024;

    private readonly Lock _gate = new();
    private readonly Dictionary<LeaseKey, Attempt> _attempts = [];
    private readonly RecentLeases _recent = new(RememberedLeases);
    private readonly LoggedWarnings _logged = new();
    private readonly List<ReleasedLease> _released = [];
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChangeSignal _changed = new();
    private readonly OutcomeOutbox _outbox;
    private readonly HostSurroundings _surroundings;
    private readonly ILogger _logger;
    private readonly ISlots _slots;
    private readonly HangWatch _watch;
    private readonly MemoryWatch _memory;
    private Attempt? _alone;
    private Attempt? _exclusive;
    private long _lastRequestId;
    private int _busySlots;
    private int _hungSlots;
    private bool _isStopping;

    /// <summary>Starts the slots, and takes up the outcomes that an earlier process left in the outbox.</summary>
    /// <param name="worker">Name, process, device, slots, labels and version of this one.</param>
    /// <param name="executor">Runs assignments.</param>
    /// <param name="artifacts">Where checkpoints and models lie.</param>
    /// <param name="outbox">Keeps outcomes on disk; the caller disposes it after this.</param>
    /// <param name="watch">Finds attempts that hang.</param>
    /// <param name="logger">The log.</param>
    /// <param name="meter">Measures memory, where trials have a limit of it; null for that of this process.</param>
    public AttemptHost(
        WorkerDescription worker,
        IWorkExecutor executor,
        IArtifactStore artifacts,
        OutcomeOutbox outbox,
        HangWatch watch,
        ILogger<AttemptHost> logger,
        IMemoryMeter? meter = null)
        : this(worker, open => new SlotThreads(worker.Slots, open, executor), artifacts, outbox, watch, logger, meter)
    {
    }

    /// <summary>Runs its attempts elsewhere than on threads of its own.</summary>
    internal AttemptHost(
        WorkerDescription worker,
        Func<Func<IReadOnlyList<SlotWork>, HostedGroup>, ISlots> slots,
        IArtifactStore artifacts,
        OutcomeOutbox outbox,
        HangWatch watch,
        ILogger<AttemptHost> logger,
        IMemoryMeter? meter = null)
    {
        Worker = worker;
        _outbox = outbox;
        _logger = logger;
        _watch = watch;
        _memory = new(meter ?? new ProcessMemory());
        _surroundings = new(worker, artifacts, watch.Clock, logger);
        foreach (var stored in outbox.Restored)
        {
            _attempts[stored.Outcome.Lease] = new Attempt(stored, watch.Clock);
        }

        if (outbox.Restored.Count > 0)
        {
            Log.OutcomesRestored(logger, worker.WorkerId, Counted.Of(outbox.Restored.Count, "outcome"));
        }

        _slots = slots(Open);
        watch.Start(Look);
        RunningAttempts.Add(this);
        RecordBusySlots();
    }

    /// <summary>This worker; its incarnation lives as long as this host.</summary>
    public WorkerDescription Worker { get; }

    /// <summary>How the process before this one ended; null where nobody told.</summary>
    public FormerProcess? Former { get; init; }

    /// <summary>That it takes no more work, by the wish of its people; null when it does.</summary>
    public WorkerDrain? Drain => Mark.Now;

    /// <summary>Where that is kept. Default: in memory.</summary>
    internal DrainMark Mark { get; init; } = DrainMark.InMemory(TimeProvider.System);

    /// <summary>Which of its processes ended in order. Default: none is known.</summary>
    internal CleanExits Exits { get; init; } = CleanExits.InMemory();

    /// <summary>Earlier processes of this worker that ended in order; null for none.</summary>
    public ValueArray<string>? FormerCleanExits => Exits.Earlier is { Count: > 0 } earlier ? earlier : null;

    /// <summary>How many groups it can take now.</summary>
    public int FreeSlots
    {
        get
        {
            lock (_gate)
            {
                return IsClosed || IsAlone ? 0 : Worker.Slots - _busySlots;
            }
        }
    }

    /// <summary>Leases that it works on, or whose outcome waits for the acknowledgement.</summary>
    public ValueArray<LeaseKey> Held
    {
        get
        {
            lock (_gate)
            {
                return _attempts.Values.Where(attempt => !attempt.IsForgotten).Select(attempt => attempt.Lease).ToValueArray();
            }
        }
    }

    /// <summary>Leases whose executor runs.</summary>
    internal IReadOnlyList<LeaseKey> RunningLeases
    {
        get
        {
            lock (_gate)
            {
                return [.. _attempts.Values.Where(attempt => attempt.Phase == AttemptPhase.Running).Select(attempt => attempt.Lease)];
            }
        }
    }

    /// <summary>Ends when <see cref="BeginShutdown"/> was called and no executor runs any more.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Ends with a sentence when an attempt hangs: its slot is lost for good, so this process has to end.</summary>
    public Task<string> Hung => _watch.Hung;

    /// <summary>Numbers a request for work; grows over all connections of this incarnation.</summary>
    public long NextRequestId() => Interlocked.Increment(ref _lastRequestId);

    /// <summary>Has an action called whenever reports, free slots or released leases changed; on any thread,
    /// possibly several times at once.</summary>
    /// <param name="onChange">Must be quick and must not throw.</param>
    /// <returns>Dispose it to end the subscription.</returns>
    public IDisposable Subscribe(Action onChange) => _changed.Subscribe(onChange);

    /// <summary>Starts a group on a free slot; items that are held already, or were until a short while ago, are left out.</summary>
    public StartResult TryStart(AssignmentGroup group)
    {
        lock (_gate)
        {
            var fresh = group.Items.Where(item => !IsKnown(item.Lease)).Select(item => new SlotWork(item, NewAttempt(item))).ToArray();
            if (fresh.Length == 0)
            {
                return StartResult.AlreadyHeld;
            }

            if (IsClosed || IsAlone || _busySlots >= (group.Alone ? 1 : Worker.Slots))
            {
                return StartResult.NoFreeSlot;
            }

            var slot = new AttemptGroup(fresh.Length);
            foreach (var (assignment, attempt) in fresh)
            {
                attempt.Group = slot;
                _attempts.Add(assignment.Lease, attempt);
            }

            _busySlots++;
            _exclusive = group.Alone ? fresh[0].Attempt : null;
            _slots.Enqueue(fresh);
        }

        RecordBusySlots();
        return StartResult.Started;
    }

    /// <summary>Asks an attempt to end; it reports that it halted.</summary>
    /// <returns>False when it was asked before, is over or unknown.</returns>
    public bool Cancel(LeaseKey lease) => Cancel(lease, CancelCause.Coordinator);

    /// <summary>Drops an attempt whose lease is not current any more, with all its reports; a running executor is cancelled.</summary>
    public void Forget(LeaseKey lease)
    {
        Attempt? attempt;
        lock (_gate)
        {
            if (!_attempts.TryGetValue(lease, out attempt))
            {
                return;
            }

            attempt.Forget();
            if (attempt.Phase != AttemptPhase.Running)
            {
                Remove(attempt);
            }
        }

        attempt.SignalCancellation();
        _outbox.Acknowledge(lease);
    }

    /// <summary>Drops the reports of a lease up to a number, because the coordinator has them.</summary>
    public void Acknowledge(LeaseKey lease, long seq)
    {
        lock (_gate)
        {
            if (!_attempts.TryGetValue(lease, out var attempt))
            {
                return;
            }

            ShareWhenFurther(attempt, seq);
            var isOver = attempt.Reports.Acknowledge(seq);
            if (attempt.Reports.Pending.All(report => report.Measurement is null))
            {
                attempt.Decision.End();
            }

            if (!isOver)
            {
                return;
            }

            Remove(attempt);
        }

        _outbox.Acknowledge(lease);
    }

    /// <summary>The first reports of each attempt that are not acknowledged, in order.</summary>
    /// <param name="window">How many of each attempt at most.</param>
    public IReadOnlyList<PendingReport> Pending(int window)
    {
        lock (_gate)
        {
            return [.. _attempts.Values.Where(attempt => !attempt.IsForgotten).SelectMany(attempt => attempt.Reports.Pending.Take(window))];
        }
    }

    /// <summary>Takes no more work and cancels what runs; what halts by this is given back, see <see cref="TakeReleased"/>.</summary>
    public void BeginShutdown()
    {
        lock (_gate)
        {
            _isStopping = true;
            CompleteWhenStopped();
        }

        GiveBackAll();
    }

    /// <summary>Takes no more work until further notice, or work again.</summary>
    /// <param name="isDrained">True for no more.</param>
    /// <param name="giveBack">True to give back what runs, as at a shutdown; false to let it finish.</param>
    public void SetDrain(bool isDrained, bool giveBack)
    {
        if (!isDrained)
        {
            Mark.Clear();
        }
        else
        {
            Mark.Set(giveBack);
            if (giveBack)
            {
                GiveBackAll();
            }
        }

        _changed.Raise();
    }

    /// <summary>Leases that halted unfinished because of the shutdown, each handed out once.</summary>
    /// <param name="includeRunning">Also give back attempts that did not end in time.</param>
    public IReadOnlyList<ReleasedLease> TakeReleased(bool includeRunning = false)
    {
        lock (_gate)
        {
            if (includeRunning)
            {
                foreach (var attempt in _attempts.Values.Where(attempt => attempt is { Phase: AttemptPhase.Running, IsForgotten: false }))
                {
                    _released.Add(new(attempt.Lease, attempt.KnownResource));
                    attempt.Forget();
                }
            }

            ReleasedLease[] taken = [.. _released];
            _released.Clear();
            return taken;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        BeginShutdown();
        RunningAttempts.Remove(this);
        _watch.Dispose();
        _slots.Dispose();
    }

    private bool IsClosed => _isStopping || Mark.Now is not null;

    private void GiveBackAll()
    {
        LeaseKey[] open;
        lock (_gate)
        {
            open = [.. _attempts.Values.Where(attempt => attempt.Phase != AttemptPhase.Ended).Select(attempt => attempt.Lease)];
        }

        foreach (var lease in open)
        {
            Cancel(lease, CancelCause.Leaving);
        }
    }

    private bool Cancel(LeaseKey lease, CancelCause cause)
    {
        Attempt? attempt;
        lock (_gate)
        {
            // The coordinator repeats its wish with each hello; an attempt that hangs would hear it again and again.
            if (!_attempts.TryGetValue(lease, out attempt) || attempt.Phase == AttemptPhase.Ended || attempt.Cause is not null)
            {
                return false;
            }

            attempt.RequestCancellation(cause);
            if (attempt.Phase == AttemptPhase.Queued)
            {
                EndQueued(attempt);
            }
        }

        attempt.SignalCancellation();
        _changed.Raise();
        return true;
    }

    // Its turn has not come, so there is nothing to wait for and nothing that a disk would have to keep.
    private void EndQueued(Attempt attempt)
    {
        attempt.Phase = AttemptPhase.Ended;
        if (attempt.IsGivenBack)
        {
            KeepForSuccessor(attempt, new AttemptHalted(attempt.KnownResource, null));
            Release(attempt, attempt.KnownResource);
            return;
        }

        var halted = attempt.Reports.PrepareEnd(new AttemptHalted(attempt.KnownResource, null), attempt.TraceParent);
        attempt.Reports.End(halted.Outcome);
    }

    private void Remove(Attempt attempt)
    {
        if (_attempts.Remove(attempt.Lease))
        {
            _recent.Add(attempt.Lease);
        }
    }

    private void CompleteWhenStopped()
    {
        // First the note: whoever waits for the end may end the process.
        if (_isStopping && _busySlots == _hungSlots && !_stopped.Task.IsCompleted)
        {
            Exits.Add(Worker.Incarnation);
            _stopped.TrySetResult();
        }
    }
}
