using System.Collections.Concurrent;

namespace SearchCluster.Cli.Tests.Fakes;

/// <summary>A clock of timers in which no time passes: short ones fire at once, long ones when the test says so.</summary>
/// <remarks>A long time that was merely made short would race the work that it is a limit of.</remarks>
internal sealed class HurriedClock : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<ITimer> _waiting = new();

    /// <summary>Lets all long times that run now be over.</summary>
    public void EndLongTimes()
    {
        while (_waiting.TryDequeue(out var timer))
        {
            timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HurriedTimer(base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), _waiting);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class HurriedTimer(ITimer timer, ConcurrentQueue<ITimer> waiting) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < Long)
            {
                return timer.Change(dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
            }

            waiting.Enqueue(timer);
            return timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
