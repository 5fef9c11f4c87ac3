using SearchCluster.Models.Attempts;

namespace SearchCluster.Models.Execution;

/// <summary>The time limit of a trial whose workload has no training loop of ours: asks it to end, and calls
/// what comes after that a timeout.</summary>
/// <remarks>One that does not end is the host's to deal with, which sees by the pulse that it is overdue and silent.</remarks>
internal sealed class TrialLimit : IDisposable
{
    private readonly TimeSpan? _limit;
    private readonly CancellationTokenSource _cancellation;
    private readonly CancellationToken _outer;
    private readonly ITimer? _timer;
    private int _isOver;

    public TrialLimit(WorkContext context, TimeSpan? limit)
    {
        (_limit, _outer) = (limit, context.Cancellation);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        Context = context with { Cancellation = _cancellation.Token };
        _timer = limit is { } longest ? context.Clock.CreateTimer(_ => End(), null, longest, Timeout.InfiniteTimeSpan) : null;
    }

    /// <summary>What the workload gets.</summary>
    public WorkContext Context { get; }

    /// <summary>Runs the workload.</summary>
    /// <param name="run">Gets <see cref="Context"/>.</param>
    /// <exception cref="TrialTimeoutException">It ended after its time, however it ended.</exception>
    public WorkOutcome Run(Func<WorkContext, WorkOutcome> run)
    {
        try
        {
            var outcome = run(Context);
            ThrowIfOver();
            return outcome;
        }
        catch (Exception cancelled) when (cancelled is not TrialTimeoutException)
        {
            ThrowIfOver();
            throw;
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _cancellation.Dispose();
    }

    private void End()
    {
        Volatile.Write(ref _isOver, 1);
        try
        {
            // Callbacks that the workload registered run elsewhere: they may block or throw.
            _ = _cancellation.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The workload came back in this moment.
        }
    }

    // Cancelled by somebody else before its time is not a timeout, however late it ends.
    private void ThrowIfOver()
    {
        if (Volatile.Read(ref _isOver) == 1 && !_outer.IsCancellationRequested)
        {
            throw new TrialTimeoutException(_limit!.Value);
        }
    }
}
