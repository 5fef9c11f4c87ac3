namespace SearchCluster.GpuWorker.Execution;

/// <summary>The leases that ended last, so that a late copy of their assignment is not run again. Not
/// thread-safe; its host locks.</summary>
internal sealed class RecentLeases(int capacity)
{
    private readonly Queue<LeaseKey> _order = new();
    private readonly HashSet<LeaseKey> _leases = [];

    public bool Contains(LeaseKey lease) => _leases.Contains(lease);

    public void Add(LeaseKey lease)
    {
        _order.Enqueue(lease);
        _leases.Add(lease);
        if (_order.Count > capacity)
        {
            _leases.Remove(_order.Dequeue());
        }
    }
}
