namespace SearchCluster.Coordinator.Actors;

/// <summary>What is wrong with the journal of this process; the searches tell, and whoever asks about a search is told. Thread-safe.</summary>
/// <param name="describe">Turns what a write or a read threw into a sentence that names the place and the cause.</param>
internal sealed class JournalHealth(Func<Exception, string> describe)
{
    private volatile string? _trouble;

    /// <summary>A sentence; null when the last write was taken.</summary>
    public string? Trouble => _trouble;

    /// <summary>Notes a failure.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <returns>The sentence.</returns>
    public string Failed(Exception failure) => _trouble = describe(failure);

    /// <summary>Notes that a write was taken.</summary>
    public void Written() => _trouble = null;
}
