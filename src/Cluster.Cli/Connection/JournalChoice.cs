using SearchCluster.Hosting.Persistence;

namespace SearchCluster.Cli.Connection;

/// <summary>Where events are kept: PostgreSQL when the environment names one, else the SQLite file of the state folder.</summary>
internal static class JournalChoice
{
    private const string PostgresVariable = "SEARCHCLUSTER_POSTGRES";

    public static PersistenceOptions? Of(Func<string, string?> variable) =>
        variable(PostgresVariable) is { Length: > 0 } connection ? new PostgresJournal(connection) : null;
}
