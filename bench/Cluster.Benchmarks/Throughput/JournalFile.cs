using Microsoft.Data.Sqlite;
using SearchCluster.Hosting.State;

namespace SearchCluster.Benchmarks.Throughput;

/// <summary>Reads the SQLite journal beside its coordinator; never writes.</summary>
internal static class JournalFile
{
    public static long CountEvents(StateFolder state, SearchId search)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = state.JournalFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        using var connection = new SqliteConnection(source.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from journal where persistence_id = $id";
        command.Parameters.AddWithValue("$id", "search-" + search);
        return (long)command.ExecuteScalar()!;
    }
}
