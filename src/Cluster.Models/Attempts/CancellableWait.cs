namespace SearchCluster.Models.Attempts;

/// <summary>Waits on the attempt's own clock.</summary>
internal static class CancellableWait
{
    /// <summary>Waits on the cancellation handle.</summary>
    /// <param name="duration">How long; none for zero.</param>
    /// <param name="context">Brings clock and cancellation.</param>
    /// <returns>True when the attempt was cancelled, before or while waiting.</returns>
    public static bool For(TimeSpan duration, WorkContext context)
    {
        if (duration <= TimeSpan.Zero || context.Cancellation.IsCancellationRequested)
        {
            return context.Cancellation.IsCancellationRequested;
        }

        using var elapsed = new ManualResetEventSlim();
        using var timer = context.Clock.CreateTimer(
            state => ((ManualResetEventSlim)state!).Set(), elapsed, duration, Timeout.InfiniteTimeSpan);
        return WaitHandle.WaitAny([context.Cancellation.WaitHandle, elapsed.WaitHandle]) == 0;
    }
}
