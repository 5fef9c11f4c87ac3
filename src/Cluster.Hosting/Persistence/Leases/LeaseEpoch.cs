namespace SearchCluster.Hosting.Persistence.Leases;

/// <summary>The epoch of the lease of a process; an actor system is set up before it is known. Thread-safe.</summary>
public sealed class LeaseEpoch
{
    private long _value;

    /// <summary>Not known yet.</summary>
    public LeaseEpoch()
    {
    }

    /// <summary>Known.</summary>
    /// <param name="value">At least 1.</param>
    public LeaseEpoch(long value) => _value = value;

    /// <summary>The epoch; null before the lease was taken.</summary>
    public long? Value => Interlocked.Read(ref _value) is var value and not 0 ? value : null;

    /// <summary>The lease was taken.</summary>
    /// <param name="value">Its epoch.</param>
    public void Take(long value) => Interlocked.Exchange(ref _value, value);
}
