namespace SearchCluster.Models.Attempts;

/// <summary>Signs of life of one attempt, so that whoever runs it can tell a slow one from one that hangs. Thread-safe.</summary>
/// <param name="clock">Measures time and silence.</param>
public sealed class AttemptPulse(TimeProvider clock)
{
    private const long Never = long.MaxValue;

    private readonly long _created = clock.GetTimestamp();
    private long _lastBeat;
    private long _overdueFrom = Never;
    private long _askedAt = Never;
    private int _hasBegun;

    /// <summary>Called once, on the attempt's thread, when its own work begins; null for nobody.</summary>
    public Action? Begun { get; set; }

    /// <summary>True when its own work began: its data are read.</summary>
    public bool HasBegun => Volatile.Read(ref _hasBegun) == 1;

    /// <summary>True when the attempt has run longer than its limit.</summary>
    public bool IsOverdue => Now >= Volatile.Read(ref _overdueFrom);

    /// <summary>How long it has given no sign of life since it was to end, because its time was over or somebody asked it to.</summary>
    /// <remarks>Null while it may go on, and before its own work began: reading data takes as long as it takes
    /// and looks at no token.</remarks>
    public TimeSpan? SilenceSinceDue
    {
        get
        {
            var due = Math.Min(Volatile.Read(ref _overdueFrom), Volatile.Read(ref _askedAt));
            return Volatile.Read(ref _hasBegun) == 0 || Now < due ? null : new TimeSpan(Now - Math.Max(due, Volatile.Read(ref _lastBeat)));
        }
    }

    private long Now => clock.GetElapsedTime(_created).Ticks;

    /// <summary>The attempt's own work begins: its data are read.</summary>
    /// <param name="limit">How long it may take; null for as long as it wants.</param>
    public void Begin(TimeSpan? limit)
    {
        Beat();
        Volatile.Write(ref _overdueFrom, limit is { } longest && longest.Ticks < Never - Now ? Now + longest.Ticks : Never);
        if (Interlocked.Exchange(ref _hasBegun, 1) == 0)
        {
            Begun?.Invoke();
        }
    }

    /// <summary>Something was done: a step, a batch, a report.</summary>
    public void Beat() => Volatile.Write(ref _lastBeat, Now);

    /// <summary>Somebody wants it to end; only the first time counts.</summary>
    public void AskToEnd() => Interlocked.CompareExchange(ref _askedAt, Now, Never);
}
