using Npgsql;

namespace SearchCluster.Hosting.Persistence.Reading;

/// <summary>Reads a PostgreSQL journal; the server itself refuses anything that would write.</summary>
internal static class PostgresReading
{
    public static IJournalReader Open(PostgresJournal journal)
    {
        var place = PostgresProbe.Describe(journal);
        var settings = new NpgsqlConnectionStringBuilder(journal.ConnectionString) { Pooling = false, Timeout = 10 };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SET default_transaction_read_only = on; SELECT to_regclass('journal') IS NOT NULL AND to_regclass('snapshot') IS NOT NULL";
            return new SqlJournalReader(connection, $"PostgreSQL at {place}", hasTables: command.ExecuteScalar() is true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
