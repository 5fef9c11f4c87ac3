using Microsoft.Data.Sqlite;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Copies what can be read of a table whose pages are damaged.</summary>
internal static class SqliteRows
{
    // SQLITE_CORRUPT of sqlite3.h.
    private const int Corrupt = 11;

    private const long MostNumbers = 20_000_000;

    /// <summary>Copies the rows by their numbers, one after the other; where that ends at a damaged page,
    /// number by number until rows can be read again.</summary>
    /// <returns>How many were copied, and how many numbers could not be read.</returns>
    public static (long Rows, long Lost) Copy(SqliteConnection from, SqliteConnection to, SqliteTransaction transaction, string table)
    {
        var (lost, after, last) = (0L, 0L, Last(from, table));
        while (true)
        {
            try
            {
                CopyRange(from, to, transaction, table, ref after, long.MaxValue);
                break;
            }
            catch (SqliteException damaged) when (IsDamage(damaged))
            {
                lost += Skip(from, table, ref after, last);
            }

            if (after >= last)
            {
                break;
            }

            // The next number can be read alone; one after the other could end in the same place for ever.
            lost += CopyOne(from, to, transaction, table, ref after) ? 0 : 1;
        }

        var rows = Count(to, transaction, table);
        return (rows, Math.Max(lost, Indexed(from, table) - rows));
    }

    // A row whose number was damaged is not missed number by number; the entries of an index, where one is whole, count it.
    private static long Indexed(SqliteConnection from, string table)
    {
        var most = 0L;
        try
        {
            using var list = from.CreateCommand();
            list.CommandText = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = @table";
            list.Parameters.AddWithValue("@table", table);
            using var names = list.ExecuteReader();
            while (names.Read())
            {
                most = Math.Max(most, Entries(from, table, names.GetString(0)));
            }
        }
        catch (SqliteException damaged) when (IsDamage(damaged))
        {
            // Then nothing counts them.
        }

        return most;
    }

    private static long Entries(SqliteConnection from, string table, string index)
    {
        try
        {
            using var count = from.CreateCommand();

            // Not count(*): SQLite would count the entries of whatever it takes for smallest, the damaged table perhaps.
            count.CommandText = $"SELECT sum(1) FROM [{table}] INDEXED BY [{index}]";
            return count.ExecuteScalar() is long entries ? entries : 0;
        }
        catch (SqliteException)
        {
            // Damaged itself, or of some rows only.
            return 0;
        }
    }

    private static bool CopyOne(SqliteConnection from, SqliteConnection to, SqliteTransaction transaction, string table, ref long after)
    {
        var number = after + 1;
        try
        {
            CopyRange(from, to, transaction, table, ref after, number);
            return true;
        }
        catch (SqliteException damaged) when (IsDamage(damaged))
        {
            return false;
        }
        finally
        {
            after = number;
        }
    }

    private static void CopyRange(
        SqliteConnection from, SqliteConnection to, SqliteTransaction transaction, string table, ref long after, long last)
    {
        using var select = from.CreateCommand();
        select.CommandText =
            $"SELECT rowid, * FROM [{table}] NOT INDEXED WHERE "
                + $"{(last == after + 1 ? "rowid = @last" : "rowid > @after AND rowid <= @last ORDER BY rowid")}";
        select.Parameters.AddWithValue("@after", after);
        select.Parameters.AddWithValue("@last", last);
        using var reader = select.ExecuteReader();
        using var insert = to.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText =
            $"INSERT OR IGNORE INTO [{table}] VALUES "
                + $"({string.Join(", ", Enumerable.Range(1, reader.FieldCount - 1).Select(i => $"@v{i}"))})";
        SqliteParameter[] values = [.. Enumerable.Range(1, reader.FieldCount - 1)
            .Select(i => insert.Parameters.Add($"@v{i}", SqliteType.Blob))];
        while (reader.Read())
        {
            var number = reader.GetInt64(0);
            if (number <= after)
            {
                // A page that points back: what follows was read before.
                throw new SqliteException("rows come in no order", Corrupt);
            }

            for (var i = 0; i < values.Length; i++)
            {
                var value = reader.GetValue(i + 1);
                (values[i].Value, values[i].SqliteType) = (value, value switch
                {
                    long =>
                    SqliteType.Integer,
                    double => SqliteType.Real,
                    string => SqliteType.Text,
                    _ => SqliteType.Blob
                });
            }

            insert.ExecuteNonQuery();
            after = number;
        }
    }

    private static long Skip(SqliteConnection from, string table, ref long after, long last)
    {
        var lost = 0L;
        using var select = from.CreateCommand();
        select.CommandText = $"SELECT * FROM [{table}] NOT INDEXED WHERE rowid = @number";
        var number = select.Parameters.AddWithValue("@number", 0L);
        while (after < last)
        {
            number.Value = after + 1;
            try
            {
                using var reader = select.ExecuteReader();
                if (reader.Read() && Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue).ToArray().Length > 0)
                {
                    return lost;
                }
            }
            catch (SqliteException damaged) when (IsDamage(damaged))
            {
                lost++;
            }

            after++;
        }

        return lost;
    }

    // The largest number lies on the last page, which may be the damaged one; then the counter of the table knows.
    private static long Last(SqliteConnection from, string table)
    {
        var last = long.MaxValue;
        foreach (var sql in new[]
        {
            $"SELECT max(rowid) FROM [{table}] NOT INDEXED",
            $"SELECT seq FROM sqlite_sequence WHERE name = '{table}'",
        })
        {
            try
            {
                using var command = from.CreateCommand();
                command.CommandText = sql;
                last = command.ExecuteScalar() is long known ? Math.Min(last, known) : last;
            }
            catch (SqliteException damaged) when (IsDamage(damaged))
            {
                // The other way, or none.
            }
        }

        // A damaged page may name any number.
        return last == long.MaxValue ? 0 : Math.Min(last, MostNumbers);
    }

    private static long Count(SqliteConnection to, SqliteTransaction transaction, string table)
    {
        using var command = to.CreateCommand();
        (command.CommandText, command.Transaction) = ($"SELECT count(*) FROM [{table}]", transaction);
        return (long)command.ExecuteScalar()!;
    }

    private static bool IsDamage(SqliteException failure) =>
        JournalFailures.Of(failure) is StorageTrouble.Damaged or StorageTrouble.DeviceFailed;
}
