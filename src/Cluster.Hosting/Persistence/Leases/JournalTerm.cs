namespace SearchCluster.Hosting.Persistence.Leases;

/// <summary>The journal as this process may use it, and what it knows of other coordinators. Thread-safe.</summary>
/// <param name="journal">Where it is.</param>
public sealed class JournalTerm(PersistenceOptions journal)
{
    private volatile LeaseView? _view;
    private volatile string? _lostBecause;

    /// <summary>With the epoch of the lease, once it was taken; before, nothing of a PostgreSQL journal is written.</summary>
    public PersistenceOptions Journal { get; } =
        journal is PostgresJournal postgres ? postgres with { Epoch = new LeaseEpoch() } : journal;

    /// <summary>What the database told last; null before, and where there is no lease.</summary>
    public LeaseView? View => _view;

    /// <summary>Why this process has the lease no more, as the middle of a sentence; null while it has, or never had it.</summary>
    public string? LostBecause => _lostBecause;

    /// <summary>Notes that the lease was taken.</summary>
    /// <param name="epoch">What the database counted for it.</param>
    public void Take(long epoch) => ((PostgresJournal)Journal).Epoch!.Take(epoch);

    /// <summary>Notes what the database told.</summary>
    /// <param name="view">That.</param>
    public void See(LeaseView view) => _view = view;

    /// <summary>Notes that the lease is lost.</summary>
    /// <param name="because">Why.</param>
    public void Lose(string because) => _lostBecause = because;
}
