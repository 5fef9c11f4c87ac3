using Microsoft.Data.Sqlite;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.Persistence;

/// <summary>Copies what can be read of a table whose pages are damaged.</summary>
internal static class SqliteRows
{
    // SQLITE_CORRUPT of sqlite3.h.
    private const int Corrupt = 11;

    /// <summary>Copies the rows by their numbers, one after the other; where that ends at a damaged page, number by number until rows can be read again.</summary>
    /// <returns>How many were copied, and how many numbers could not be read.</returns>
    public static (long Rows, long Lost) Copy(SqliteConnection from, SqliteConnection to, SqliteTransaction transaction, string table)
    {
        var (rows, lost, after, last) = (0L, 0L, 0L, Last(from, table));
        while (true)
        {
            try
            {
                rows += CopyAfter(from, to, transaction, table, ref after);
                return (rows, lost);
            }
            catch (SqliteException damaged) when (IsDamage(damaged))
            {
                // The rows before the damage are in the new file already, up to "after".
                rows = Count(to, transaction, table);
                lost += Skip(from, table, ref after, last);
            }

            if (after >= last)
            {
                return (rows, lost);
            }
        }
    }

    private static long CopyAfter(SqliteConnection from, SqliteConnection to, SqliteTransaction transaction, string table, ref long after)
    {
        using var select = from.CreateCommand();
        select.CommandText = $"SELECT rowid, * FROM [{table}] NOT INDEXED WHERE rowid > @after ORDER BY rowid";
        select.Parameters.AddWithValue("@after", after);
        using var reader = select.ExecuteReader();
        using var insert = to.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT OR IGNORE INTO [{table}] VALUES ({string.Join(", ", Enumerable.Range(1, reader.FieldCount - 1).Select(i => $"@v{i}"))})";
        SqliteParameter[] values = [.. Enumerable.Range(1, reader.FieldCount - 1).Select(i => insert.Parameters.Add($"@v{i}", SqliteType.Blob))];
        var rows = 0L;
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
                (values[i].Value, values[i].SqliteType) = (value, value switch { long => SqliteType.Integer, double => SqliteType.Real, string => SqliteType.Text, _ => SqliteType.Blob });
            }

            rows += insert.ExecuteNonQuery();
            after = number;
        }

        return rows;
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
        foreach (var sql in new[] { $"SELECT max(rowid) FROM [{table}] NOT INDEXED", $"SELECT seq FROM sqlite_sequence WHERE name = '{table}'" })
        {
            try
            {
                using var command = from.CreateCommand();
                command.CommandText = sql;
                if (command.ExecuteScalar() is long last)
                {
                    return last;
                }
            }
            catch (SqliteException damaged) when (IsDamage(damaged))
            {
                // The other way, or none.
            }
        }

        return 0;
    }

    private static long Count(SqliteConnection to, SqliteTransaction transaction, string table)
    {
        using var command = to.CreateCommand();
        (command.CommandText, command.Transaction) = ($"SELECT count(*) FROM [{table}]", transaction);
        return (long)command.ExecuteScalar()!;
    }

    private static bool IsDamage(SqliteException failure) => JournalFailures.Of(failure) is StorageTrouble.Damaged or StorageTrouble.DeviceFailed;
}
