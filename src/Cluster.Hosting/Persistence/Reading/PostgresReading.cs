using Npgsql;

namespace SearchCluster.Hosting.Persistence.Reading;

/// <summary>Reads a PostgreSQL journal; the server itself refuses anything that would write.</summary>
internal static class PostgresReading
{
    public static IJournalReader Open(PostgresJournal journal)
    {
        var place = journal.Place;
        var settings = new NpgsqlConnectionStringBuilder(journal.ConnectionString) { Pooling = false, Timeout = 10 };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                "SET default_transaction_read_only = on; SELECT name FROM unnest(@names) AS name WHERE to_regclass(name) IS NOT NULL";
            command.Parameters.AddWithValue("names", JournalTables.All.ToArray());
            return new SqlJournalReader(connection, place, Names(command));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static HashSet<string> Names(NpgsqlCommand command)
    {
        using var reader = command.ExecuteReader();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
