using System.Collections.Immutable;

namespace SearchCluster.GpuWorker.Execution;

/// <summary>Tells subscribers that something changed; what changed, they look up. Thread-safe.</summary>
internal sealed class ChangeSignal
{
    private ImmutableArray<Subscription> _subscriptions = [];

    public IDisposable Subscribe(Action onChange)
    {
        var subscription = new Subscription(this, onChange);
        ImmutableInterlocked.Update(ref _subscriptions, all => all.Add(subscription));
        return subscription;
    }

    public void Raise()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.OnChange();
        }
    }

    private sealed class Subscription(ChangeSignal signal, Action onChange) : IDisposable
    {
        public Action OnChange => onChange;

        public void Dispose() => ImmutableInterlocked.Update(ref signal._subscriptions, all => all.Remove(this));
    }
}
