namespace SearchCluster.Runner;

/// <summary>One call of the function: a trial from its first lease to its end. Between two leases, while the scheduler has paused the
/// trial, its next report waits.</summary>
/// <remarks>Every member is used under the lock of the run, except <see cref="ReportAsync"/>, which takes it.</remarks>
internal sealed class RunnerAttempt : IAsyncDisposable
{
    private readonly RunnerCalls _calls;
    private readonly CancellationTokenSource _cancellation;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _clock;
    private TaskCompletionSource? _parked;
    private Task? _cancelled;
    private long _since;
    private long? _endedAt;
    private TimeSpan _before;
    private long _seq;

    public RunnerAttempt(RunnerCalls calls, TrialAssignment assignment, TimeProvider clock)
    {
        (_calls, _clock, Lease, Until) = (calls, clock, assignment.Lease, assignment.UntilResource);
        _limit = assignment.Plan.TrialTime ?? Timeout.InfiniteTimeSpan;
        _cancellation = new CancellationTokenSource(_limit, clock);
        _since = clock.GetTimestamp();
    }

    public LeaseKey Lease { get; private set; }

    /// <summary>Step at which it pauses; null for none.</summary>
    public int? Until { get; private set; }

    /// <summary>The last resource level: the step, or one more where the function counts from 0; 0 before the first report.</summary>
    public int Step { get; private set; }

    /// <summary>1 where the function counts its steps from 0, else 0.</summary>
    public int Offset { get; private set; }

    public double Value { get; private set; } = double.NaN;

    /// <summary>Why the trial must not go on; null while it may.</summary>
    public string? EndReason { get; set; }

    /// <summary>What the function came to, once it is over.</summary>
    public WorkOutcome? Outcome { get; set; }

    /// <summary>The call of the function.</summary>
    public Task Call { get; set; } = Task.CompletedTask;

    /// <summary>True when it did not end although it was asked to, so that nobody waits for it any more.</summary>
    public bool IsAbandoned { get; set; }

    public bool IsParked => _parked is not null;

    public CancellationToken Token => _cancellation.Token;

    /// <summary>True when the limit of the time of one trial cancelled it.</summary>
    public bool IsTimedOut => EndReason is null && (_cancellation.IsCancellationRequested || Overdue is not null);

    public TimeSpan Elapsed => _before + (IsParked ? TimeSpan.Zero : _clock.GetElapsedTime(_since));

    /// <summary>How long its call goes on although it was asked to end, because its time was over or it is not
    /// to go on; null while it may, and after its end.</summary>
    public TimeSpan? Overdue => Outcome is not null ? null
        : _endedAt is { } ended ? _clock.GetElapsedTime(ended)
        : IsParked ? null
        : _limit != Timeout.InfiniteTimeSpan && _clock.GetElapsedTime(_since) >= _limit ? _clock.GetElapsedTime(_since) - _limit
        : null;

    /// <summary>When <see cref="Overdue"/> will be that long; null where nothing asks it to end.</summary>
    public TimeSpan? UntilOverdue(TimeSpan patience) => Outcome is not null || IsParked ? null
        : Overdue is { } overdue ? patience - overdue
        : _limit != Timeout.InfiniteTimeSpan ? _limit + patience - _clock.GetElapsedTime(_since)
        : null;

    public long NextSeq() => ++_seq;

    public void Measured(int step, double value) => (Step, Value) = (step, value);

    /// <summary>The resource level of a step as the function counts.</summary>
    public int Resource(int step)
    {
        Offset = Step == 0 && step == 0 ? 1 : Offset;
        return step + Offset;
    }

    public Task ReportAsync(int step, double value) => _calls.ReportAsync(this, step, value);

    /// <summary>The scheduler paused it.</summary>
    /// <returns>Completes when it is promoted, and fails when it is not to go on.</returns>
    public Task Park()
    {
        _before = Elapsed;
        _parked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cancellation.CancelAfter(Timeout.InfiniteTimeSpan);
        return _parked.Task;
    }

    /// <summary>It goes on under a new lease.</summary>
    public void Resume(TrialAssignment assignment)
    {
        (Lease, Until, _seq, _since) = (assignment.Lease, assignment.UntilResource, 0, _clock.GetTimestamp());
        _cancellation.CancelAfter(_limit);
        var parked = _parked;
        _parked = null;
        parked!.SetResult();
    }

    /// <summary>It is not to go on: a waiting report fails, and the token of the function is cancelled.</summary>
    public void End(string reason)
    {
        EndReason ??= reason;
        _endedAt ??= _clock.GetTimestamp();
        _parked?.TrySetException(new TrialEndedException(reason));

        // Not Cancel: it would run the callbacks of a stranger's code under the lock.
        _cancelled ??= _cancellation.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_cancelled ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _cancellation.Dispose();
    }
}
