using System.Net.Sockets;
using Npgsql;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Checks a PostgreSQL journal.</summary>
internal static class PostgresProbe
{
    /// <summary>Connects and asks whether the server takes writes.</summary>
    /// <param name="journal">The database.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it does.</returns>
    public static async Task VerifyAsync(PostgresJournal journal, CancellationToken cancellationToken)
    {
        var place = Describe(journal);
        try
        {
            await using var connection = new NpgsqlConnection(journal.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on'";
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                throw new JournalUnavailableException(
                    StorageTrouble.NotWritable,
                    $"The journal at {place} takes no writes (a standby, or read-only). Name the primary server.");
            }
        }
        catch (PostgresException refused)
        {
            throw new JournalUnavailableException(
                JournalFailures.TroubleOf(refused) ?? StorageTrouble.Unreachable,
                $"PostgreSQL at {place} refused the journal's connection: {refused.MessageText} ({refused.SqlState}).",
                refused);
        }
        catch (Exception unreachable) when (unreachable is NpgsqlException or SocketException or TimeoutException)
        {
            throw new JournalUnavailableException(
                StorageTrouble.Unreachable,
                $"PostgreSQL at {place} cannot be reached: {unreachable.Message} Check host, port and that the server runs.",
                unreachable);
        }
    }

    /// <summary>Lets the server write something and take it back.</summary>
    /// <param name="journal">The database.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it was written.</returns>
    public static async Task WriteAsync(PostgresJournal journal, CancellationToken cancellationToken)
    {
        await VerifyAsync(journal, cancellationToken);
        await using var connection = new NpgsqlConnection(journal.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "BEGIN; CREATE TABLE searchcluster_probe AS SELECT md5(i::text) AS x FROM generate_series(1, 2000) AS i; ROLLBACK;";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static string Describe(PostgresJournal journal)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(journal.ConnectionString);
            return $"{settings.Host}:{settings.Port}, database \"{settings.Database}\"";
        }
        catch (ArgumentException malformed)
        {
            // The message of the driver may quote the string, which holds a password.
            throw new JournalUnavailableException(
                StorageTrouble.Unreachable,
                "The PostgreSQL connection string cannot be read; write Host=…;Port=5432;Database=…;Username=…;Password=….",
                new ArgumentException(malformed.GetType().Name));
        }
    }
}
