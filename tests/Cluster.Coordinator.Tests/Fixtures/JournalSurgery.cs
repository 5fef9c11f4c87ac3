using Microsoft.Data.Sqlite;

namespace SearchCluster.Coordinator.Tests.Fixtures;

/// <summary>Changes a journal behind the coordinator's back.</summary>
internal static class JournalSurgery
{
    /// <summary>Changes one byte of an event or a snapshot.</summary>
    public static void Flip(string file, string table, string id, long number, int position, byte mask = 1)
    {
        var column = table == "journal" ? "message" : "snapshot";
        var bytes = (byte[])Run(
            file, $"SELECT {column} FROM {table} WHERE persistence_id = @id AND sequence_number = @number", id, number)!;
        bytes[position < 0 ? bytes.Length + position : position] ^= mask;
        Run(file, $"UPDATE {table} SET {column} = @bytes WHERE persistence_id = @id AND sequence_number = @number", id, number, bytes);
    }

    public static void Remove(string file, string id, long number) =>
        Run(file, "DELETE FROM journal WHERE persistence_id = @id AND sequence_number = @number", id, number);

    public static long Count(string file, string table, string id) =>
        (long)Run(file, $"SELECT count(*) FROM {table} WHERE persistence_id = @id", id, 0)!;

    public static object? Run(string file, string sql, string id = "", long number = 0, byte[]? bytes = null)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@id", id);
        command.Parameters.AddWithValue("@number", number);
        command.Parameters.AddWithValue("@bytes", bytes ?? []);
        return command.ExecuteScalar();
    }
}
