using SearchCluster.Hosting.Persistence.Leases;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Where events and snapshots are kept.</summary>
public abstract record PersistenceOptions
{
    private protected PersistenceOptions()
    {
    }
}

/// <summary>A SQLite file: one coordinator, no server.</summary>
/// <param name="File">The file; its folder must exist.</param>
public sealed record SqliteJournal(string File) : PersistenceOptions
{
    /// <summary>Tells whether files of searches lie beside a journal, so that one must have been there.</summary>
    /// <param name="file">The journal.</param>
    /// <returns>True when there are.</returns>
    public static bool HasFilesOfSearches(string file) => SqliteFile.Searches(file).Count > 0;
}

/// <summary>A PostgreSQL database, which standby coordinators can share.</summary>
/// <param name="ConnectionString">For Npgsql; holds a secret, so it is not shown by <see cref="ToString"/>.</param>
public sealed record PostgresJournal(string ConnectionString) : PersistenceOptions
{
    /// <summary>The epoch of the lease that this process has of the journal (<see cref="Leases.JournalLease"/>), without which nothing is
    /// written; null where it only reads.</summary>
    public LeaseEpoch? Epoch { get; init; }

    /// <summary>Server and database, for people.</summary>
    public string Place => $"PostgreSQL at {PostgresProbe.Describe(this)}";

    /// <inheritdoc />
    public override string ToString() => nameof(PostgresJournal);
}
