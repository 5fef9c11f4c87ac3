namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>The time of the system, but for timers of some lengths, which fire sooner.</summary>
/// <param name="hurry">Gives the length that a timer gets.</param>
internal sealed class HurriedClock(Func<TimeSpan, TimeSpan> hurry) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : hurry(dueTime), period);
}
