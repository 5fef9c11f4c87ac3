using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace SearchCluster.Hosting.Persistence.Reading;

/// <summary>Reads the tables of the SQL plugin over one connection.</summary>
/// <param name="connection">Open, and owned from here on.</param>
/// <param name="place">Where it leads to.</param>
/// <param name="tables">The tables that are there; the plugin makes them one after another when it starts, and
/// what is not there yet holds nothing.</param>
/// <param name="closed">Called at the end, or null.</param>
internal sealed class SqlJournalReader(DbConnection connection, string place, IReadOnlySet<string> tables, Action? closed = null)
    : IJournalReader
{
    public string Place => place;

    public IReadOnlyList<string> Complaints()
    {
        if (connection is not SqliteConnection)
        {
            return [];
        }

        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(10)";
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.AddRange(reader.GetString(0).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        return lines is ["ok"] ? [] : lines;
    }

    public IReadOnlyList<string> PersistenceIds()
    {
        if (!tables.Contains(JournalTables.Events))
        {
            return [];
        }

        // From one id to the next by the index: a DISTINCT would read an entry for every event.
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT min(persistence_id) FROM journal WHERE persistence_id > @after";
        Add(command, "@after", string.Empty);
        var ids = new List<string>();
        while (command.ExecuteScalar() is string id)
        {
            ids.Add(id);
            command.Parameters[0].Value = id;
        }

        return ids;
    }

    public IEnumerable<StoredRecord> Events(string persistenceId, long after) => Records(
        JournalTables.Events,
        "SELECT sequence_number, manifest, message FROM journal WHERE persistence_id = @id AND sequence_number > @after ORDER BY "
            + "sequence_number",
        persistenceId,
        after);

    public IEnumerable<StoredRecord> Snapshots(string persistenceId) => Records(
        JournalTables.Snapshots,
        "SELECT sequence_number, manifest, snapshot FROM snapshot WHERE persistence_id = @id ORDER BY sequence_number DESC",
        persistenceId,
        null);

    public void Dispose()
    {
        connection.Dispose();
        closed?.Invoke();
    }

    private IEnumerable<StoredRecord> Records(string table, string sql, string persistenceId, long? after)
    {
        if (!tables.Contains(table))
        {
            yield break;
        }

        using var command = Command(sql, persistenceId, after);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new(reader.GetInt64(0), reader.IsDBNull(1)
                ? string.Empty
                : reader.GetString(1), reader.IsDBNull(2) ? [] : (byte[])reader.GetValue(2));
        }
    }

    private DbCommand Command(string sql, string persistenceId, long? after)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        Add(command, "@id", persistenceId);
        Add(command, "@after", after);
        return command;
    }

    private static void Add(DbCommand command, string name, object? value)
    {
        if (value is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }
}
