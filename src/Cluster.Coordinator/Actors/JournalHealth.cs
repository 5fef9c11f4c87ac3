using SearchCluster.Contracts.Api;

namespace SearchCluster.Coordinator.Actors;

/// <summary>What is wrong with the journal of this process; the searches and <see cref="Service.JournalWatch"/>
/// tell, and whoever asks about a search is told. Thread-safe.</summary>
/// <param name="describe">Turns what a write or a read threw into a sentence that names the place and the cause.</param>
/// <param name="clock">Tells since when.</param>
internal sealed class JournalHealth(Func<Exception, string> describe, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private volatile JournalTrouble? _unwritable;
    private volatile JournalTrouble? _unreadable;
    private volatile JournalMend? _mended;
    private volatile bool _isWatched;

    /// <summary>What is wrong; null when the last write was taken and the last read answered.</summary>
    public JournalTrouble? Now => _unwritable ?? _unreadable;

    /// <summary>The same as a sentence.</summary>
    public string? Trouble => Now?.Sentence;

    /// <summary>When a write was last taken after one that failed; null for never. What met a full disk before that is no news.</summary>
    public DateTimeOffset? MendedAt => _mended?.At;

    /// <summary>True when the last write failed.</summary>
    public bool IsUnwritable => _unwritable is not null;

    /// <summary>True while searches write nothing: the last write failed, and somebody else finds out when the next one would be taken. A
    /// search whose write fails has to be recovered, so it does not try by itself then.</summary>
    public bool HoldsWrites => _isWatched && IsUnwritable;

    /// <summary>From now on somebody looks again and again whether a journal that failed takes writes.</summary>
    public void Watch() => _isWatched = true;

    /// <summary>Nobody looks any more.</summary>
    public void Unwatch() => _isWatched = false;

    /// <summary>Notes a write that failed.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <returns>The sentence.</returns>
    public string NotWritten(Exception failure)
    {
        lock (_gate)
        {
            return (_unwritable = Begun(failure)).Sentence;
        }
    }

    /// <summary>Notes that a write was taken.</summary>
    public void Written()
    {
        if (_unwritable is not null)
        {
            lock (_gate)
            {
                _unwritable = null;
                _mended = new JournalMend(clock.GetUtcNow());
            }
        }
    }

    /// <summary>Notes a read that failed.</summary>
    /// <param name="failure">What was thrown.</param>
    public void NotRead(Exception failure)
    {
        lock (_gate)
        {
            _unreadable = Begun(failure);
        }
    }

    /// <summary>Notes that a read was answered; that says nothing of writes.</summary>
    public void Read()
    {
        if (_unreadable is not null)
        {
            lock (_gate)
            {
                _unreadable = null;
            }
        }
    }

    /// <summary>Adds what keeps a search from going on; one that is over waits for nothing.</summary>
    /// <param name="detail">The search.</param>
    /// <returns>The same, or with the trouble.</returns>
    public SearchDetail Tell(SearchDetail detail) =>
        Now is { } trouble && detail.Summary.State is not (SearchLifecycle.Completed or SearchLifecycle.Stopped or SearchLifecycle.Failed)
            ? detail with { Trouble = trouble.Sentence, TroubleSince = trouble.Since }
            : detail;

    // A cause that changes is the same trouble: nothing was written in between.
    private JournalTrouble Begun(Exception failure) => new(describe(failure), Now?.Since ?? clock.GetUtcNow());
}

/// <summary>The end of a trouble.</summary>
/// <param name="At">When a write was taken again.</param>
internal sealed record JournalMend(DateTimeOffset At);

/// <summary>A trouble of the journal.</summary>
/// <param name="Sentence">Place, cause and what to do.</param>
/// <param name="Since">When it was met first.</param>
internal sealed record JournalTrouble(string Sentence, DateTimeOffset Since);
