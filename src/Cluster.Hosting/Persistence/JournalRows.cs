using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Removes what the plugin keeps of a persistence id whose events were deleted: it leaves the last
/// row, marked, to remember its number.</summary>
public static class JournalRows
{
    /// <summary>Removes all rows.</summary>
    /// <param name="journal">Which database holds them.</param>
    /// <param name="persistenceId">Whose; nobody may write under it any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When removed.</returns>
    public static async Task DeleteAsync(PersistenceOptions journal, string persistenceId, CancellationToken cancellationToken = default)
    {
        await using var connection = Connection(journal);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM journal WHERE persistence_id = @id";
        var id = command.CreateParameter();
        (id.ParameterName, id.Value) = ("@id", persistenceId);
        command.Parameters.Add(id);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static DbConnection Connection(PersistenceOptions journal) => journal is PostgresJournal
        ? new NpgsqlConnection(SqlConnections.ConnectionString(journal))
        : new SqliteConnection(SqlConnections.ConnectionString(journal));
}
