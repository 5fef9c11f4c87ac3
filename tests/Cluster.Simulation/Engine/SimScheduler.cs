using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace SearchCluster.Simulation.Engine;

/// <summary>Akka's timers in virtual time. A timer belongs to the process of the actor that it tells.</summary>
internal sealed class SimScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log)
{
    private readonly World _world = World.Current;

    public override TimeSpan MonotonicClock => _world.Now;

    public override TimeSpan HighResMonotonicClock => _world.Now;

    protected override DateTimeOffset TimeNow => World.Epoch + _world.Now;

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Once(delay, OwnerOf(receiver), () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Again(initialDelay, interval, OwnerOf(receiver), () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Once(delay, null, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Once(delay, null, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Again(initialDelay, interval, null, action, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Again(initialDelay, interval, null, action.Run, cancelable);

    private void Once(TimeSpan delay, SimProcess? owner, Action action, ICancelable? cancelable) => _world.At(delay, owner, () =>
    {
        if (cancelable is not { IsCancellationRequested: true })
        {
            action();
        }
    });

    private void Again(TimeSpan delay, TimeSpan interval, SimProcess? owner, Action action, ICancelable? cancelable) =>
        _world.At(delay, owner, () =>
        {
            if (cancelable is not { IsCancellationRequested: true })
            {
                action();
                Again(interval, interval, owner, action, cancelable);
            }
        });

    private SimProcess? OwnerOf(ICanTell receiver) => receiver is IActorRef reference ? Paths.OwnerOf(_world, reference.Path) : null;
}
