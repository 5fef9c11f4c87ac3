namespace SearchCluster.GpuWorker.Execution;

/// <summary>The attempts that share a slot. Not thread-safe; their host locks.</summary>
/// <param name="count">How many.</param>
internal sealed class AttemptGroup(int count)
{
    private int _open = count;
    private int _hanging;

    /// <summary>One of them is over.</summary>
    /// <returns>True for the last.</returns>
    public bool Leave() => --_open == 0;

    /// <summary>One of them hangs.</summary>
    /// <returns>True for the first: from here on the slot is lost.</returns>
    public bool Hang() => ++_hanging == 1;

    /// <summary>One that was taken for hanging came back after all.</summary>
    /// <returns>True for the last.</returns>
    public bool ComeBack() => --_hanging == 0;
}
