namespace SearchCluster.Coordinator.Actors.Searches;

/// <summary>Where the fencing numbers of a new search begin: above all that an earlier search of its name gave, whose leases a worker may
/// still remember, or report of.</summary>
internal static class FenceBase
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The time since 2026 in steps of 10 us: no search gives 100,000 leases a second. Needs a clock that is not set back between
    /// two searches of a name.</summary>
    /// <param name="now">When the search is submitted.</param>
    public static long At(DateTimeOffset now) => Math.Max(0, (now - Epoch).Ticks / (10 * TimeSpan.TicksPerMicrosecond));
}
