namespace SearchCluster.GpuWorker.Execution;

/// <summary>Holds an attempt after each measurement until the coordinator has decided about it, where its plan asks for that.</summary>
/// <remarks>
/// Training costs the way there and back after each measurement, and waits while there is no connection. In
/// return a trial that is stopped ends where it was stopped: its kept weights and its checkpoint do not depend on how long the decision
/// took. Not thread-safe but for <see cref="Wait"/>; its host locks.
/// </remarks>
/// <param name="isNeeded">False to let the attempt go on at once.</param>
#pragma warning disable CA1001 // Not disposed: nobody asks the event for its wait handle, and an executor may report late.
internal sealed class DecisionWait(bool isNeeded)
#pragma warning restore CA1001
{
    private readonly ManualResetEventSlim _isDecided = new(initialState: true);

    /// <summary>A measurement is to be decided.</summary>
    public void Begin()
    {
        if (isNeeded)
        {
            _isDecided.Reset();
        }
    }

    /// <summary>All measurements are decided; one that ends the attempt has cancelled it before.</summary>
    public void End() => _isDecided.Set();

    /// <summary>Waits until all is decided, or until the attempt is to end.</summary>
    public void Wait(CancellationToken cancellation)
    {
        try
        {
            _isDecided.Wait(cancellation);
        }
        catch (OperationCanceledException)
        {
            // The workload finds its token cancelled; where it ends is its own matter.
        }
    }
}
