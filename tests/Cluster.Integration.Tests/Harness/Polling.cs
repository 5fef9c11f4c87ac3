namespace SearchCluster.Integration.Tests.Harness;

/// <summary>Waits for a condition of another process, which can only be asked again and again.</summary>
internal static class Polling
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks until the answer is yes.</summary>
    /// <returns>How long it took; null when the limit passed first.</returns>
    public static async Task<TimeSpan?> UntilAsync(Func<bool> condition, TimeSpan limit)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        do
        {
            if (condition())
            {
                return TimeProvider.System.GetElapsedTime(started);
            }
        }
        while (TimeProvider.System.GetElapsedTime(started) < limit
            && await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken));

        return null;
    }
}
