namespace SearchCluster.Simulation.Engine;

/// <summary>The clock of one process.</summary>
/// <param name="world">Tells the time.</param>
/// <param name="process">Whose timers stand still while it is frozen.</param>
internal sealed class SimClock(World world, SimProcess process) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => World.Epoch + world.Now;

    public override long GetTimestamp() => world.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(world, process, () => callback(state), dueTime, period);

    private sealed class Timer : ITimer
    {
        private readonly World _world;
        private readonly SimProcess _process;
        private readonly Action _action;
        private int _generation;

        public Timer(World world, SimProcess process, Action action, TimeSpan dueTime, TimeSpan period)
        {
            (_world, _process, _action) = (world, process, action);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var generation = ++_generation;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Schedule(dueTime, period, generation);
            }

            return true;
        }

        public void Dispose() => _generation++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Schedule(TimeSpan delay, TimeSpan period, int generation) => _world.At(delay, _process, () =>
        {
            if (generation == _generation)
            {
                _action();
                if (period > TimeSpan.Zero)
                {
                    Schedule(period, period, generation);
                }
            }
        });
    }
}
