using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.Persistence;

/// <summary>What became of a damaged file.</summary>
/// <param name="Rows">Rows that the new file holds.</param>
/// <param name="Lost">Rows that could not be read.</param>
/// <param name="Copy">The damaged file as it was.</param>
public sealed record RebuiltJournal(long Rows, long Lost, string Copy);

/// <summary>Writes a new SQLite journal with every row of a damaged one that can be read, and puts it in its
/// place; the damaged file is kept.</summary>
/// <remarks>Rows are read by their numbers, so a damaged index costs nothing and a damaged page its own rows. Whether the events of a
/// search follow each other is for its salvage to say.</remarks>
public static class SqliteRebuild
{
    /// <summary>Rebuilds a file; nobody else may have it open.</summary>
    /// <param name="file">The journal.</param>
    /// <param name="copy">Where the damaged file goes.</param>
    /// <returns>What was saved.</returns>
    /// <exception cref="JournalUnavailableException">Its tables cannot be found, or the disk refuses; the file is as it was.</exception>
    public static RebuiltJournal Run(string file, string copy)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(copy);
        var (source, target) = (file + ".reading", file + ".rebuilt");
        try
        {
            Remove(source, target);
            Duplicate(file, source);
            SqlitePages.Complete(source);
            var (rows, lost) = Save(source, target);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            Duplicate(file, copy);

            // A log that stays behind would be taken for that of the new file.
            File.Delete(SqliteFile.Log(file));
            File.Delete(SqliteFile.SharedIndex(file));
            // Not WholeFile: SQLite itself writes the new file, and has flushed it.
            File.Move(target, file, overwrite: true);
            return new(rows, lost, copy);
        }
        catch (SqliteException refused)
        {
            throw new JournalUnavailableException(
                StorageTrouble.Damaged,
                $"The journal {file} cannot be saved: not even its list of tables can be read ({refused.Message}). Put it back from a "
                    + $"copy, or start with another state folder.",
                refused);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException(
                StorageTroubles.Of(refused) ?? StorageTrouble.NotWritable,
                $"The journal {file} cannot be written anew: {refused.Message}",
                refused);
        }
        finally
        {
            Remove(source, target);
        }
    }

    private static (long Rows, long Lost) Save(string source, string target)
    {
        using var from = Open(source);
        using var to = Open(target);
        var schema = Schema(from);
        using var transaction = to.BeginTransaction();
        foreach (var (_, _, sql) in schema)
        {
            Execute(to, transaction, sql);
        }

        var sums = schema
            .Where(entry => entry.Type == "table")
            .Select(entry => SqliteRows.Copy(from, to, transaction, entry.Name))
            .ToList();
        transaction.Commit();
        return (sums.Sum(sum => sum.Rows), sums.Sum(sum => sum.Lost));
    }

    private static List<(string Type, string Name, string Sql)> Schema(SqliteConnection from)
    {
        using var command = from.CreateCommand();
        command.CommandText =
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC";
        using var reader = command.ExecuteReader();
        var schema = new List<(string, string, string)>();
        while (reader.Read())
        {
            schema.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return schema.Exists(entry => entry.Item2 == "journal") ? schema : throw new SqliteException("it has no table journal", 11);
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        command.ExecuteNonQuery();
    }

    private static void Duplicate(string file, string to)
    {
        File.Copy(file, to, overwrite: true);
        if (SqliteFile.Size(SqliteFile.Log(file)) > 0)
        {
            File.Copy(SqliteFile.Log(file), SqliteFile.Log(to), overwrite: true);
        }
    }

    private static void Remove(params string[] files)
    {
        foreach (var file in files.SelectMany(
            file => new[] { file, SqliteFile.Log(file), SqliteFile.SharedIndex(file), file + "-journal" }))
        {
            File.Delete(file);
        }
    }
}

/// <summary>The pages of a SQLite file, as its header counts them.</summary>
internal static class SqlitePages
{
    // The layout of the header: https://www.sqlite.org/fileformat.html, section 1.3.
    private const int HeaderBytes = 100;
    private const int PageSizeAt = 16;
    private const int ChangesAt = 24;
    private const int CountAt = 28;
    private const int CountedAtChangeAt = 92;
    private const int LargestPage = 65_536;
    private const long MostBytes = 1L << 40;

    /// <summary>Gives a file whose end was cut off its length back, with empty pages: SQLite opens no file that is shorter than its header
    /// says, and what was cut is then missing like any damaged page.</summary>
    /// <param name="file">A copy, which is written.</param>
    public static void Complete(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes
            || !header[ChangesAt..(ChangesAt + 4)].SequenceEqual(header[CountedAtChangeAt..(CountedAtChangeAt + 4)]))
        {
            return;
        }

        var size = BinaryPrimitives.ReadUInt16BigEndian(header[PageSizeAt..]) is 1 ? LargestPage
            : BinaryPrimitives.ReadUInt16BigEndian(header[PageSizeAt..]);
        var whole = BinaryPrimitives.ReadUInt32BigEndian(header[CountAt..]) * (long)size;
        if (stream.Length < whole && whole <= MostBytes)
        {
            stream.SetLength(whole);
        }
    }
}
