namespace SearchCluster.GpuWorker.Execution;

/// <summary>Holds an attempt after each measurement until the coordinator has decided about it, where its plan asks for that.</summary>
/// <remarks>
/// Training costs the way there and back after each measurement, and waits while there is no connection. In return a trial that is stopped ends where
/// it was stopped: its kept weights and its checkpoint do not depend on how long the decision took. Not thread-safe but for <see cref="Wait"/>; its host locks.
/// </remarks>
/// <param name="isNeeded">False to let the attempt go on at once.</param>
internal sealed class DecisionWait(bool isNeeded)
{
    private volatile TaskCompletionSource? _open;

    /// <summary>A measurement is to be decided.</summary>
    public void Begin() => _open = isNeeded ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;

    /// <summary>All measurements are decided; one that ends the attempt has cancelled it before.</summary>
    public void End() => _open?.TrySetResult();

    /// <summary>Waits for the end of what began last, or until the attempt is to end.</summary>
    public void Wait(CancellationToken cancellation)
    {
        try
        {
            _open?.Task.Wait(cancellation);
        }
        catch (OperationCanceledException)
        {
            // The workload finds its token cancelled; where it ends is its own matter.
        }
    }
}
