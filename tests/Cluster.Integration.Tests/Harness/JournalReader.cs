using System.Text.Json;
using Microsoft.Data.Sqlite;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Integration.Tests.Harness;

/// <summary>Reads the events of a search with plain SQL, beside the processes that write them.</summary>
internal static class JournalReader
{
    private const int NoSuchTable = 1;
    private const int Busy = 5;
    private const int CannotOpen = 14;

    public static IReadOnlyList<ISearchEvent> Read(string file, string search)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sequence_number, manifest, message FROM journal WHERE persistence_id = $id ORDER BY sequence_number";
        command.Parameters.AddWithValue("$id", $"search-{search}");
        using var reader = command.ExecuteReader();
        var events = new List<ISearchEvent>();
        while (reader.Read())
        {
            reader.GetInt64(0).ShouldBe(events.Count + 1, $"the journal of {search} has a gap");
            var type = ContractManifests.ByManifest[reader.GetString(1)];
            events.Add((ISearchEvent)JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(2), type, ContractsJsonContext.Default)!);
        }

        return events;
    }

    /// <summary>How many events there are by now; 0 while the journal does not exist yet.</summary>
    public static int Count(string file, string search)
    {
        try
        {
            using var connection = Open(file);
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM journal WHERE persistence_id = $id";
            command.Parameters.AddWithValue("$id", $"search-{search}");
            return (int)(long)command.ExecuteScalar()!;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is NoSuchTable or Busy or CannotOpen)
        {
            return 0;
        }
    }

    // Read-only, so that a reader never writes what a killed process left behind in the write-ahead log.
    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }
}
