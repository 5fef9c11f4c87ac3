using Microsoft.Data.Sqlite;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.Persistence.Reading;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Checks a SQLite journal.</summary>
internal static class SqliteProbe
{
    // Result codes of sqlite3.h.
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // About what a group of events takes: less would say that there is room when the next group finds none.
    private const int ProbeBytes = 64 * 1024;

    /// <summary>Opens the file, sets write-ahead logging and takes the write lock once.</summary>
    /// <param name="journal">The file.</param>
    /// <param name="cancellationToken">Gives up between statements.</param>
    /// <returns>When all that worked.</returns>
    public static async Task VerifyAsync(SqliteJournal journal, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(journal.File))!;
        if (!Directory.Exists(folder))
        {
            throw new JournalUnavailableException(
                StorageTrouble.Gone,
                $"The journal {journal.File} cannot be opened: the folder {folder} does not exist. Create it, or choose another state "
                    + $"folder.");
        }

        SqliteFile.RequireContent(journal.File);

        // Statements of SQLite block, and a lock is waited for: not on the caller's thread.
        await Task.Run(() => Verify(journal.File, cancellationToken), cancellationToken);
    }

    /// <summary>Writes and removes some pages; never makes a new file.</summary>
    /// <param name="file">The journal.</param>
    public static void Write(string file)
    {
        SqliteFile.GiveRightsBack(file);
        using var connection = new SqliteConnection(SqlConnections.ConnectionString(new SqliteJournal(file)) + ";Pooling=False");
        connection.Open();
        Execute(connection, SqlitePragmas.Sql);
        Execute(
            connection,
            $"BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS searchcluster_probe (x BLOB); INSERT INTO searchcluster_probe VALUES "
                + $"(zeroblob({ProbeBytes})); COMMIT;");
        Execute(connection, "BEGIN IMMEDIATE; DROP TABLE searchcluster_probe; COMMIT;");
    }

    private static void Verify(string file, CancellationToken cancellationToken)
    {
        SqliteFile.GiveRightsBack(file);
        try
        {
            using var connection = new SqliteConnection(SqlConnections.CreatingConnectionString(file));
            connection.Open();
            Execute(connection, SqlitePragmas.Sql);
            SqliteFile.RequireEvents(file, SqliteReading.Tables(connection));
            cancellationToken.ThrowIfCancellationRequested();
            var mode = Query(connection, "PRAGMA journal_mode=WAL");
            if (mode != "wal")
            {
                throw new JournalUnavailableException(
                    StorageTrouble.NotWritable,
                    $"The journal {file} cannot use write-ahead logging (SQLite says \"{mode}\"). Put the state folder on a local disk "
                        + $"that supports it.");
            }

            cancellationToken.ThrowIfCancellationRequested();
            Execute(
                connection,
                "BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS searchcluster_probe (x INTEGER); DROP TABLE searchcluster_probe; COMMIT;");
        }
        catch (SqliteException refused)
        {
            throw new JournalUnavailableException(
                JournalFailures.Of(refused) ?? StorageTrouble.DeviceFailed,
                $"The journal {file} cannot be opened: {Explain(refused)}",
                refused);
        }
    }

    private static string Explain(SqliteException refused) => refused.SqliteErrorCode switch
    {
        Busy => "another process holds its write lock. Stop that process, then start again.",
        ReadOnly => "it is not writable. Give its owner the right to write to the file and its folder.",
        Corrupt => "the file is damaged. See what can be read with: searchcluster journal check",
        Full => "the disk is full. Make room, then start again; commands that only read work meanwhile.",
        CannotOpen => "the file cannot be opened or created. Check that it is a file and that this user may write to it and to its folder.",
        NotADatabase => "the file is not a SQLite database. Move it away, or choose another state folder.",
        _ => $"{refused.Message} Check the disk, then start again.",
    };

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string? Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }
}
