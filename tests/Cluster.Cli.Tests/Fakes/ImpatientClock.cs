namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>A clock that stands still or jumps, and whose timers fire at once: polling loops run without waiting.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(1);
    private int _looks;

    public static DateTimeOffset Start { get; } = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How far it jumps at each look.</summary>
    public TimeSpan Step { get; init; }

    public override DateTimeOffset GetUtcNow() => Start + ((Interlocked.Increment(ref _looks) - 1) * Step);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Shorten(dueTime), Shorten(period));

    private static TimeSpan Shorten(TimeSpan time) => time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero ? time : AtOnce;
}
