namespace SearchCluster.Hosting.Persistence.Reading;

/// <summary>Names of the tables of Akka.Persistence.Sql.</summary>
internal static class JournalTables
{
    /// <summary>One row an event.</summary>
    public const string Events = "journal";

    /// <summary>One row a snapshot.</summary>
    public const string Snapshots = "snapshot";

    /// <summary>Every table that tells a journal from the database of another program.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        Events,
        Snapshots,
        "tags",
        "journal_metadata",
    };
}
