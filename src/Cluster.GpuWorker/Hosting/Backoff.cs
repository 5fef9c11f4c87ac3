namespace SearchCluster.GpuWorker.Hosting;

/// <summary>Waits that double from a first one up to a limit.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan limit)
{
    private readonly TimeSpan _first = first;
    private TimeSpan _next = first;

    /// <summary>The wait before the next try.</summary>
    public TimeSpan Next()
    {
        var wait = _next;
        _next = TimeSpan.FromTicks(Math.Min(2 * _next.Ticks, limit.Ticks));
        return wait;
    }

    /// <summary>Starts at the first wait again.</summary>
    public void Reset() => _next = _first;
}
