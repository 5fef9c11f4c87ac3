namespace SearchCluster.Coordinator.Actors;

/// <summary>What is wrong with the journal of this process; the searches tell, and whoever asks about a search
/// is told. Thread-safe.</summary>
/// <param name="describe">Turns what a write or a read threw into a sentence that names the place and the cause.</param>
internal sealed class JournalHealth(Func<Exception, string> describe)
{
    private volatile string? _unwritable;
    private volatile string? _unreadable;

    /// <summary>A sentence; null when the last write was taken and the last read answered.</summary>
    public string? Trouble => _unwritable ?? _unreadable;

    /// <summary>Notes a write that failed.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <returns>The sentence.</returns>
    public string NotWritten(Exception failure) => _unwritable = describe(failure);

    /// <summary>Notes that a write was taken.</summary>
    public void Written() => _unwritable = null;

    /// <summary>Notes a read that failed.</summary>
    /// <param name="failure">What was thrown.</param>
    public void NotRead(Exception failure) => _unreadable = describe(failure);

    /// <summary>Notes that a read was answered; that says nothing of writes.</summary>
    public void Read() => _unreadable = null;
}
