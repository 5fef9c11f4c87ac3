namespace SearchCluster.Hosting.Persistence.Reading;

/// <summary>A journal that is only read: no lock, no actor system, nothing written.</summary>
public interface IJournalReader : IDisposable
{
    /// <summary>Where it is, for people: a file, or server and database.</summary>
    string Place { get; }

    /// <summary>Lets the database look over its own pages.</summary>
    /// <returns>What it complains about; empty for nothing, and for a server, which does that by itself.</returns>
    IReadOnlyList<string> Complaints();

    /// <summary>Lists whose events it holds.</summary>
    /// <returns>Persistence ids in order.</returns>
    IReadOnlyList<string> PersistenceIds();

    /// <summary>Reads events one by one.</summary>
    /// <param name="persistenceId">Whose.</param>
    /// <param name="after">Only those with greater numbers.</param>
    /// <returns>In order of their numbers.</returns>
    IEnumerable<StoredRecord> Events(string persistenceId, long after);

    /// <summary>Reads snapshots one by one.</summary>
    /// <param name="persistenceId">Whose.</param>
    /// <returns>The newest first.</returns>
    IEnumerable<StoredRecord> Snapshots(string persistenceId);
}

/// <summary>An event or a snapshot as it is stored.</summary>
/// <param name="SequenceNr">Its number; that of the last event in it for a snapshot.</param>
/// <param name="Manifest">What it is said to be.</param>
/// <param name="Payload">Its bytes.</param>
public sealed record StoredRecord(long SequenceNr, string Manifest, byte[] Payload);
