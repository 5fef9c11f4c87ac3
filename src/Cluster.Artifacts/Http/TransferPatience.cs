using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts.Http;

/// <summary>How often one call tries again: with growing pauses, until nothing has moved for too long.</summary>
/// <param name="options">The limit, and the clock.</param>
internal sealed class TransferPatience(HttpStoreOptions options)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private long _lastProgress = options.Clock.GetTimestamp();
    private TimeSpan _next = First;

    /// <summary>Something moved: the time counts anew.</summary>
    public void Progress() => (_lastProgress, _next) = (options.Clock.GetTimestamp(), First);

    /// <summary>Waits for the next try.</summary>
    /// <param name="cut">What became of the last one.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StorageTroubleException">It has been too long.</exception>
    public async Task TryAgainAsync(BrokenTransferException cut, CancellationToken cancellation)
    {
        if (options.Clock.GetElapsedTime(_lastProgress) >= options.Patience)
        {
            throw new StorageTroubleException(
                StorageTrouble.Unreachable,
                $"The coordinator at {options.Address()} cannot be reached for {Durations.Of(options.Patience)}: {cut.Message}",
                cut);
        }

        await Task.Delay(_next, options.Clock, cancellation);
        _next = TimeSpan.FromTicks(Math.Min(2 * _next.Ticks, Longest.Ticks));
    }
}
