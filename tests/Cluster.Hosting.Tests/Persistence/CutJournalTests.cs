using Microsoft.Data.Sqlite;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;

namespace SearchCluster.Hosting.Tests.Persistence;

/// <summary>A journal whose end was cut off, or that is none: what it holds is saved, what is lost is counted, and no
/// advice leads in a circle.</summary>
public sealed class CutJournalTests : IDisposable
{
    private const int PageBytes = 4096;
    private const int Rows = 400;
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _whole;

    public CutJournalTests()
    {
        Execute($"""
            CREATE TABLE [journal] ([ordering] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, [persistence_id] NVarChar(255) NOT NULL,
                [sequence_number] INTEGER NOT NULL, [message] VarBinary NOT NULL, [manifest] NVarChar(500) NULL);
            CREATE UNIQUE INDEX journal_uq ON journal (persistence_id, sequence_number);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows})
            INSERT INTO journal (persistence_id, sequence_number, message) SELECT 'search-' || (i % 4), i, randomblob(150) FROM n;
            """);
        _whole = File.ReadAllBytes(Journal.File);
    }

    private SqliteJournal Journal => new(_folder.State.JournalFile);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void A_file_that_lacks_its_last_pages_gives_what_the_others_hold(int pages)
    {
        File.WriteAllBytes(Journal.File, _whole[..^(pages * PageBytes)]);
        Should.Throw<JournalUnavailableException>(() => JournalReaders.Open(Journal)).Message.ShouldContain("journal salvage");

        var done = Rebuild();

        done.Rows.ShouldBeInRange(Rows / 4, Rows);
        (done.Rows + done.Lost).ShouldBeGreaterThanOrEqualTo(Rows);
        using var reader = JournalReaders.Open(Journal);
        reader.PersistenceIds().Sum(id => reader.Events(id, 0).Count()).ShouldBe((int)done.Rows);
    }

    [Fact]
    public void Rows_behind_a_page_of_which_a_part_is_missing_are_counted_as_lost()
    {
        var damaged = 0;
        for (var page = 1; page < _whole.Length / PageBytes; page++)
        {
            var bytes = _whole.ToArray();
            Array.Clear(bytes, ((page + 1) * PageBytes) - 1024, 1024);
            File.WriteAllBytes(Journal.File, bytes);

            var done = Rebuild();

            (done.Rows + done.Lost).ShouldBeGreaterThanOrEqualTo(Rows, $"page {page + 1}");
            damaged += done.Rows < Rows ? 1 : 0;
        }

        damaged.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void A_file_without_its_first_page_is_not_said_to_be_salvageable()
    {
        File.WriteAllBytes(Journal.File, [.. new byte[PageBytes].Select(_ => (byte)7), .. _whole[PageBytes..]]);

        var refused = Should.Throw<JournalUnavailableException>(() => JournalReaders.Open(Journal));

        refused.Trouble.ShouldBe(StorageTrouble.Damaged);
        refused.Message.ShouldNotContain("searchcluster journal");
        refused.Message.ShouldContain("Restore it from a copy");
    }

    [Fact]
    public async Task A_journal_without_events_beside_files_of_searches_is_told_and_not_begun_anew()
    {
        Execute("DROP TABLE journal; CREATE TABLE snapshot (x INTEGER)");
        Directory.CreateDirectory(_folder.PathOf("searches/digits"));

        var read = Should.Throw<JournalUnavailableException>(() => JournalReaders.Open(Journal));
        var begun = await Should.ThrowAsync<JournalUnavailableException>(
            JournalProbe.VerifyAsync(Journal, TestContext.Current.CancellationToken));

        (read.Trouble, begun.Trouble).ShouldBe((StorageTrouble.Damaged, StorageTrouble.Damaged));
        read.Message.ShouldContain("has no table of events, but its folder holds files of search digits");
        begun.Message.ShouldBe(read.Message);
    }

    private RebuiltJournal Rebuild() => SqliteRebuild.Run(Journal.File, Path.Combine(_folder.State.Root, "salvage", "old.db"));

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Journal.File, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
