using Microsoft.Data.Sqlite;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.Persistence;

namespace SearchCluster.Hosting.Tests.Persistence;

/// <summary>Random bytes over each page of a journal in turn: everything else is saved.</summary>
public sealed class SqliteRebuildTests : IDisposable
{
    private const int PageBytes = 4096;
    private const int Rows = 400;
    private readonly TemporaryFolder _folder = new();
    private readonly string _whole;

    public SqliteRebuildTests()
    {
        _whole = Path.Combine(_folder.State.Root, "whole.db");
        Execute(_whole, """
            CREATE TABLE [journal] ([ordering] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, [persistence_id] NVarChar(255) NOT NULL,
                [sequence_number] INTEGER NOT NULL, [message] VarBinary NOT NULL);
            CREATE UNIQUE INDEX journal_uq ON journal (persistence_id, sequence_number);
            CREATE TABLE [snapshot] ([persistence_id] NVarChar(255) NOT NULL, [sequence_number] INTEGER NOT NULL,
                [snapshot] VarBinary NULL, CONSTRAINT [PK_snapshot] PRIMARY KEY ([persistence_id], [sequence_number]));
            """);
        Execute(_whole, $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows})
            INSERT INTO journal (persistence_id, sequence_number, message)
                SELECT 'search-' || (i % 4), i, randomblob(150 + (i % 50) * (i % 100 = 7) * 200) FROM n;
            INSERT INTO snapshot VALUES ('search-1', 5, randomblob(9000)), ('search-2', 6, randomblob(20));
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_page_but_the_first_may_be_damaged()
    {
        var pages = (int)(new FileInfo(_whole).Length / PageBytes);
        var lossless = 0;
        for (var page = 1; page < pages; page++)
        {
            var file = Damaged(page * PageBytes, PageBytes);

            var done = SqliteRebuild.Run(file, Path.Combine(_folder.State.Root, "salvage", "old.db"));

            Ask(file, "PRAGMA integrity_check").ShouldBe("ok");
            ((long)Ask(file, "SELECT count(*) FROM journal")! + (long)Ask(file, "SELECT count(*) FROM snapshot")!).ShouldBe(done.Rows);
            File.ReadAllBytes(done.Copy)
                .AsSpan(page * PageBytes, PageBytes)
                .SequenceEqual(File.ReadAllBytes(_whole).AsSpan(page * PageBytes, PageBytes))
                .ShouldBeFalse();
            lossless += done.Rows == Rows + 2 ? 1 : 0;
        }

        lossless.ShouldBeGreaterThan(2, "an index costs nothing");
    }

    [Fact]
    public void A_leaf_of_the_table_costs_its_own_rows()
    {
        var best = Enumerable.Range(1, (int)(new FileInfo(_whole).Length / PageBytes) - 1)
            .Select(page => SqliteRebuild.Run(Damaged(page * PageBytes, PageBytes), Path.Combine(_folder.State.Root, "salvage", "old.db")))
            .Where(done => done.Lost > 0).ToList();

        best.Count(done => done.Lost is > 5 and < 60 && done.Rows + done.Lost == Rows + 2).ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Half_a_file_gives_what_it_holds_or_says_that_it_cannot()
    {
        var file = Damaged(PageBytes, 0);
        using (var stream = File.OpenWrite(file))
        {
            stream.SetLength(stream.Length / 2 / PageBytes * PageBytes);
        }

        try
        {
            SqliteRebuild.Run(file, Path.Combine(_folder.State.Root, "salvage", "old.db")).Rows.ShouldBeLessThanOrEqualTo(Rows + 2);
        }
        catch (JournalUnavailableException refused)
        {
            refused.Message.ShouldContain("cannot be saved");
        }
    }

    [Fact]
    public void A_file_without_its_first_page_cannot_be_saved_and_stays_as_it_was()
    {
        var file = Damaged(0, PageBytes);
        var before = File.ReadAllBytes(file);

        var refused = Should.Throw<JournalUnavailableException>(
            () => SqliteRebuild.Run(file, Path.Combine(_folder.State.Root, "salvage", "old.db")));

        refused.Trouble.ShouldBe(StorageTrouble.Damaged);
        refused.Message.ShouldContain("Put it back from a copy");
        File.ReadAllBytes(file).ShouldBe(before);
        Directory.GetFiles(_folder.State.Root, "journal.db.r*").ShouldBeEmpty();
    }

    private string Damaged(int start, int length)
    {
        var bytes = File.ReadAllBytes(_whole);
        new Random(start).NextBytes(bytes.AsSpan(start, length));
        var file = Path.Combine(_folder.State.Root, "journal.db");
        File.WriteAllBytes(file, bytes);
        return file;
    }

    private static void Execute(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Ask(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
