namespace SearchCluster.Artifacts.S3;

/// <summary>Lets one task of this process at a time change the records of an item.</summary>
internal sealed class ItemLocks : IDisposable
{
    private const int Count = 64;

    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for two items, or for one that is named twice.</summary>
    /// <returns>Lets go when disposed.</returns>
    public async Task<IDisposable> TakeAsync(string first, string second, CancellationToken cancellation)
    {
        var taken = new List<SemaphoreSlim>();
        try
        {
            // In the order of their numbers, so that no two tasks wait for each other.
            foreach (var number in new[] { NumberOf(first), NumberOf(second) }.Distinct().Order())
            {
                await _locks[number].WaitAsync(cancellation);
                taken.Add(_locks[number]);
            }
        }
        catch
        {
            taken.ForEach(one => one.Release());
            throw;
        }

        return new Held(taken);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var one in _locks)
        {
            one.Dispose();
        }
    }

    private static int NumberOf(string key) => (int)((uint)key.GetHashCode(StringComparison.Ordinal) % Count);

    private sealed class Held(List<SemaphoreSlim> taken) : IDisposable
    {
        public void Dispose() => taken.ForEach(one => one.Release());
    }
}
