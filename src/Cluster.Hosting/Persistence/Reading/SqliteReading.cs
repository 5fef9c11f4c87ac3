using Microsoft.Data.Sqlite;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Persistence.Reading;

/// <summary>Opens a SQLite journal without writing anything: not the file, not its side files, not into its folder.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>What lies there</term><description>How it is read</description></listheader>
/// <item><term>log and shared index</term><description>Beside the writer, by SQLite's own locks, with the index opened for reading only.
/// Without a writer SQLite makes an index of its own in memory.</description></item>
/// <item><term>no log, or an empty one</term><description>As an unchanging file. A writer that comes meanwhile changes the file only after
/// it wrote a log, which <see cref="UnchangingFile"/> notices.</description></item>
/// <item><term>a log without index (a copy, a rescued disk)</term><description>A private copy in the folder for
/// temporary files.</description></item>
/// </list>
/// </remarks>
internal static class SqliteReading
{
    private const int CannotOpen = 14;
    private const int ReadOnly = 8;

    public static IJournalReader Open(string file)
    {
        SqliteFile.RequireFile(file);
        if (!File.Exists(file))
        {
            throw new JournalUnavailableException(
                StorageTrouble.Gone,
                JournalNote.Describe(Path.GetDirectoryName(file)!)
                    ?? $"The journal {file} does not exist. Name the place of the searches with --state DIR.");
        }

        SqliteFile.RequireContent(file);
        if (SqliteFile.Size(file) == 0)
        {
            throw new JournalUnavailableException(
                StorageTrouble.Damaged,
                $"The journal {file} is empty (0 bytes): its content is lost, or no coordinator has written to it yet. Put it back from a "
                    + $"copy, or delete it to begin anew.");
        }

        return SqliteFile.Size(SqliteFile.Log(file)) == 0 ? new UnchangingFile(file, () => OpenNow(file)) : OpenNow(file);
    }

    /// <summary>Opens the journal of this very process, through SQLite alone.</summary>
    public static IJournalReader OpenShared(string file) => Read(Connect(file, "?mode=ro"), file);

    private static SqlJournalReader OpenNow(string file) => SqliteFile.Size(SqliteFile.Log(file)) == 0
        ? Read(Connect(file, "?mode=ro&immutable=1"), file)
        : (File.Exists(SqliteFile.SharedIndex(file)) ? TryOpenBeside(file) : null) ?? OpenCopy(file);

    private static SqlJournalReader? TryOpenBeside(string file)
    {
        try
        {
            return Read(Connect(file, "?mode=ro&readonly_shm=1"), file);
        }
        catch (SqliteException refused) when (refused.SqliteErrorCode is CannotOpen or ReadOnly)
        {
            // The index is another user's and cannot be read, or was just removed; the log itself may be readable all the same.
            return null;
        }
    }

    private static SqlJournalReader OpenCopy(string file)
    {
        var folder = Directory.CreateTempSubdirectory("searchcluster-journal-").FullName;
        try
        {
            var copy = Path.Combine(folder, "journal.db");
            Copy(file, copy);
            Copy(SqliteFile.Log(file), SqliteFile.Log(copy));
            return Read(Connect(copy, "?mode=rw"), file, () => Directory.Delete(folder, recursive: true));
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    // File.Copy takes over rights as well, and a copy that may not be written is of no use.
    private static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        source.CopyTo(target);
    }

    // Opening reads nothing yet; the names of the tables meet every obstacle that reading events would.
    private static SqlJournalReader Read(SqliteConnection connection, string file, Action? closed = null)
    {
        try
        {
            var tables = Tables(connection);
            SqliteFile.RequireEvents(file, tables);
            return tables.Count == 0 || tables.Overlaps(JournalTables.All)
                ? new SqlJournalReader(connection, file, tables, closed)
                : throw new JournalUnavailableException(
                    StorageTrouble.Damaged,
                    $"The journal {file} holds no events: it is another program's database. Name the place of the searches with --state "
                        + $"DIR.");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Names of the tables of a database.</summary>
    public static HashSet<string> Tables(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        using var reader = command.ExecuteReader();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static SqliteConnection Connect(string file, string parameters)
    {
        var builder = new SqliteConnectionStringBuilder { DataSource = "file:" + Escape(file) + parameters, Pooling = false };
        var connection = new SqliteConnection(builder.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite takes the name as an address: these characters would end it or be decoded.
    private static string Escape(string file) => Path.GetFullPath(file)
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("?", "%3f", StringComparison.Ordinal)
        .Replace("#", "%23", StringComparison.Ordinal);
}
