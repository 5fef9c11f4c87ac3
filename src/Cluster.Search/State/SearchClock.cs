namespace SearchCluster.Search.State;

/// <summary>Running time of the search and time of its devices; pauses and coordinator downtime are left out.</summary>
/// <param name="LastEventAt">When the last event happened.</param>
/// <param name="ActiveBefore">Running time up to <paramref name="ActiveSince"/>, or all of it when the search does not run.</param>
/// <param name="ActiveSince">Since when it runs; null when it is paused or over.</param>
/// <param name="DeviceBefore">Summed time of the attempts that are over.</param>
/// <param name="Downtime">Summed coordinator downtime while the search ran.</param>
/// <param name="RunningAttempts">How many attempts run.</param>
/// <param name="RunningStarts">Summed start times of the running attempts, each moved by the downtime before it, in ticks.</param>
public sealed record SearchClock(
    DateTimeOffset LastEventAt,
    TimeSpan ActiveBefore,
    DateTimeOffset? ActiveSince,
    TimeSpan DeviceBefore,
    TimeSpan Downtime,
    int RunningAttempts,
    Int128 RunningStarts)
{
    /// <summary>Time in which at least one attempt ran, up to <see cref="BusySince"/>.</summary>
    public TimeSpan BusyBefore { get; init; }

    /// <summary>Since when at least one attempt runs; null when none does.</summary>
    public DateTimeOffset? BusySince { get; init; }

    /// <summary>The clock of a search that starts.</summary>
    /// <param name="at">When.</param>
    public static SearchClock StartedAt(DateTimeOffset at) => new(at, TimeSpan.Zero, at, TimeSpan.Zero, TimeSpan.Zero, 0, 0);

    /// <summary>Running time of the search.</summary>
    /// <param name="now">The coordinator's clock.</param>
    /// <returns>The time, never negative.</returns>
    public TimeSpan ActiveTime(DateTimeOffset now) => ActiveBefore + (ActiveSince is { } since ? Positive(now - since) : TimeSpan.Zero);

    /// <summary>Time in which at least one attempt ran: what it takes to get as far as the search is, which time without a worker does not
    /// tell.</summary>
    /// <param name="now">The coordinator's clock.</param>
    /// <returns>The time, never negative.</returns>
    public TimeSpan BusyTime(DateTimeOffset now) => BusyBefore + (BusySince is { } since ? Positive(now - since) : TimeSpan.Zero);

    /// <summary>Summed time of all attempts.</summary>
    /// <param name="now">The coordinator's clock.</param>
    /// <returns>The time, never negative.</returns>
    public TimeSpan DeviceTime(DateTimeOffset now)
    {
        var running = ((Int128)RunningAttempts * (now.UtcTicks - Downtime.Ticks)) - RunningStarts;
        return DeviceBefore + (running > 0 ? TimeSpan.FromTicks((long)running) : TimeSpan.Zero);
    }

    /// <summary>Starts or resumes the running time.</summary>
    /// <param name="at">When.</param>
    internal SearchClock Run(DateTimeOffset at) => ActiveSince is null ? this with { ActiveSince = at } : this;

    /// <summary>Stops the running time.</summary>
    /// <param name="at">When.</param>
    internal SearchClock Halt(DateTimeOffset at) => this with { ActiveBefore = ActiveTime(at), ActiveSince = null };

    /// <summary>Leaves out the time between the last event and a recovery.</summary>
    /// <param name="at">When the search was recovered.</param>
    internal SearchClock Recover(DateTimeOffset at) => this with
    {
        ActiveBefore = ActiveTime(LastEventAt),
        ActiveSince = ActiveSince is null ? null : at,
        Downtime = Downtime + Positive(at - LastEventAt),
        BusyBefore = BusyTime(LastEventAt),
        BusySince = BusySince is null ? null : at,
    };

    /// <summary>Counts an attempt that starts.</summary>
    internal SearchClock Start(LeaseRecord lease) =>
        this with
        {
            RunningAttempts = RunningAttempts + 1,
            RunningStarts = RunningStarts + StartOf(lease),
            BusySince = BusySince ?? lease.StartedAt,
        };

    /// <summary>Counts an attempt that ends.</summary>
    /// <param name="lease">Knows when the attempt started.</param>
    /// <param name="at">When.</param>
    internal SearchClock Stop(LeaseRecord lease, DateTimeOffset at) => this with
    {
        RunningAttempts = RunningAttempts - 1,
        RunningStarts = RunningStarts - StartOf(lease),
        DeviceBefore = DeviceBefore + Positive(at - lease.StartedAt - (Downtime - lease.DowntimeBefore)),
        BusyBefore = RunningAttempts == 1 ? BusyTime(at) : BusyBefore,
        BusySince = RunningAttempts == 1 ? null : BusySince,
    };

    private static long StartOf(LeaseRecord lease) => lease.StartedAt.UtcTicks - lease.DowntimeBefore.Ticks;

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
