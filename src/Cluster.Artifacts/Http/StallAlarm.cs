namespace SearchCluster.Artifacts.Http;

/// <summary>Ends a call on which nothing moves any more: a frozen process at the other end closes no connection.</summary>
internal sealed class StallAlarm : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;

    /// <summary>Counts from now.</summary>
    /// <param name="clock">Of the options, so that tests need not wait.</param>
    /// <param name="limit">How long nothing may move.</param>
    /// <param name="cancellation">Ends the call as well.</param>
    public StallAlarm(TimeProvider clock, TimeSpan limit, CancellationToken cancellation)
    {
        (_limit, _source) = (limit, CancellationTokenSource.CreateLinkedTokenSource(cancellation));
        _timer = clock.CreateTimer(_ => Ring(), null, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the call.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Something moved: the time counts anew.</summary>
    public void Moved() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    /// <inheritdoc />
    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Ring()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer came in the same moment.
        }
    }
}
