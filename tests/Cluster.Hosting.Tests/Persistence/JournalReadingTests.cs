using Microsoft.Data.Sqlite;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Hosting.Tests.Persistence;

public sealed class JournalReadingTests : IDisposable
{
    private static readonly SearchId Digits = new("digits");
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private SqliteJournal Journal => new(_folder.State.JournalFile);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task Reads_beside_a_writer_and_after_it_and_changes_nothing()
    {
        await using (var host = await JournalHost.StartAsync(Journal))
        {
            await JournalHost.WriteAsync(host.Recorder("search-digits"), new SearchEvents.SearchPaused(Digits, Noon));
            File.Exists(Journal.File + "-wal").ShouldBeTrue();
            Read(Journal).ShouldBe([new SearchEvents.SearchPaused(Digits, Noon)]);
        }

        SqliteConnection.ClearAllPools();
        File.Exists(Journal.File + "-wal").ShouldBeFalse();
        var before = Look();

        Read(Journal).ShouldBe([new SearchEvents.SearchPaused(Digits, Noon)]);

        Look().ShouldBe(before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reads_what_a_killed_writer_left_in_its_log_and_changes_nothing(bool hasIndex)
    {
        await using (var host = await JournalHost.StartAsync(Journal))
        {
            await JournalHost.WriteAsync(host.Recorder("search-digits"), new SearchEvents.SearchPaused(Digits, Noon));
            Directory.CreateDirectory(_folder.PathOf("killed"));
            foreach (var suffix in hasIndex ? new[] { "", "-wal", "-shm" } : ["", "-wal"])
            {
                using var source = new FileStream(Journal.File + suffix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var target = File.Create(_folder.PathOf("killed/journal.db" + suffix));
                source.CopyTo(target);
            }
        }

        var before = Look();
        Read(new SqliteJournal(_folder.PathOf("killed/journal.db"))).ShouldBe([new SearchEvents.SearchPaused(Digits, Noon)]);
        Look().ShouldBe(before);
    }

    [Fact]
    public async Task Reads_a_journal_and_a_folder_that_may_not_be_written_and_their_names_may_hold_anything()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        var folder = Directory.CreateDirectory(_folder.PathOf("a ?b#c%20d")).FullName;
        var journal = new SqliteJournal(Path.Combine(folder, "journal.db"));
        await using (var host = await JournalHost.StartAsync(journal))
        {
            await JournalHost.WriteAsync(host.Recorder("search-digits"), new SearchEvents.SearchPaused(Digits, Noon));
        }

        SqliteConnection.ClearAllPools();
        File.SetUnixFileMode(journal.File, UnixFileMode.UserRead);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Read(journal).ShouldBe([new SearchEvents.SearchPaused(Digits, Noon)]);
        Directory.GetFiles(folder).ShouldHaveSingleItem();
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void An_empty_file_is_told() => Refusal("").ShouldBe((StorageTrouble.Damaged, true));

    [Fact]
    public void A_file_that_is_no_database_is_told() => Refusal(new string('x', 5000)).ShouldBe((StorageTrouble.Damaged, true));

    [Fact]
    public void A_missing_file_is_told() => Refusal(null).ShouldBe((StorageTrouble.Gone, true));

    [Fact]
    public void The_database_of_another_program_is_told()
    {
        using (var connection = new SqliteConnection($"Data Source={Journal.File};Pooling=False"))
        {
            connection.Open();
            using var create = connection.CreateCommand();
            create.CommandText = "CREATE TABLE songs (x INTEGER)";
            create.ExecuteNonQuery();
        }

        Should.Throw<JournalUnavailableException>(() => JournalReaders.Open(Journal).PersistenceIds()).Message
            .ShouldContain("another program's database");
    }

    [Theory]
    [InlineData("snapshot")]
    [InlineData("tags")]
    [InlineData("journal")]
    public async Task A_journal_whose_tables_are_being_made_holds_nothing_yet_and_is_not_damaged(string first)
    {
        await using (await JournalHost.StartAsync(Journal))
        {
        }

        SqliteConnection.ClearAllPools();
        KeepOnly(first);

        using var reader = JournalReaders.Open(Journal);

        (reader.PersistenceIds().Count, reader.Events("search-digits", 0).Count(), reader.Snapshots("search-digits").Count()).ShouldBe(
            (0, 0, 0));
    }

    [Fact]
    public async Task Events_are_read_where_there_is_no_table_of_snapshots()
    {
        await using (var host = await JournalHost.StartAsync(Journal))
        {
            await JournalHost.WriteAsync(host.Recorder("search-digits"), new SearchEvents.SearchPaused(Digits, Noon));
        }

        SqliteConnection.ClearAllPools();
        KeepOnly("journal");

        Read(Journal).ShouldBe([new SearchEvents.SearchPaused(Digits, Noon)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_journal_that_is_empty_or_missing_beside_files_of_searches_is_not_begun_anew(bool isThere)
    {
        Directory.CreateDirectory(_folder.PathOf("searches/digits"));
        if (isThere)
        {
            File.WriteAllText(Journal.File, "");
        }

        var refused = await Should.ThrowAsync<JournalUnavailableException>(
            JournalProbe.VerifyAsync(Journal, TestContext.Current.CancellationToken));

        refused.Message.ShouldContain("files of search digits");
    }

    [Fact]
    public async Task Side_files_that_were_made_while_the_journal_was_read_only_become_writable_with_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        await JournalProbe.VerifyAsync(Journal, TestContext.Current.CancellationToken);
        SqliteConnection.ClearAllPools();
        File.WriteAllText(Journal.File + "-shm", "");
        File.SetUnixFileMode(Journal.File + "-shm", UnixFileMode.UserRead);

        await JournalProbe.VerifyAsync(Journal, TestContext.Current.CancellationToken);

        if (File.Exists(Journal.File + "-shm"))
        {
            File.GetUnixFileMode(Journal.File + "-shm").HasFlag(UnixFileMode.UserWrite).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_journal_that_takes_the_place_of_another_is_noticed_by_the_next_connection()
    {
        await JournalProbe.VerifyAsync(Journal, TestContext.Current.CancellationToken);
        var watch = new FileWatch(Journal.File);
        watch.ThrowIfGone();
        watch.ThrowIfGone();
        SqliteConnection.ClearAllPools();

        File.Move(Journal.File, Journal.File + ".old");
        Should.Throw<JournalUnavailableException>(watch.ThrowIfGone).Trouble.ShouldBe(StorageTrouble.Gone);
        File.Copy(Journal.File + ".old", Journal.File);
        Should.Throw<JournalUnavailableException>(watch.ThrowIfGone).Trouble.ShouldBe(StorageTrouble.Gone);
        File.Move(Journal.File + ".old", Journal.File, overwrite: true);
        watch.ThrowIfGone();
    }

    [Fact]
    public void A_full_disk_is_recognised_by_what_sqlite_says_of_it()
    {
        using var connection = new SqliteConnection($"Data Source={Journal.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA max_page_count = 4";
        command.ExecuteScalar();
        command.CommandText = "CREATE TABLE a (x); INSERT INTO a VALUES (zeroblob(1000000));";

        var full = Should.Throw<SqliteException>(() => command.ExecuteNonQuery());

        JournalFailures.TroubleOf(full).ShouldBe(StorageTrouble.DiskFull);
        JournalFailures.Describe(Journal, new InvalidOperationException("outer", full))
            .ShouldBe($"The journal {Journal.File} cannot be written: its disk is full. Make room; what waits goes on by itself then.");
    }

    private static IReadOnlyList<ISearchEvent> Read(SqliteJournal journal)
    {
        using var reader = JournalReaders.Open(journal);
        reader.PersistenceIds().ShouldBe(["search-digits"]);
        return [.. reader.Events("search-digits", 0).Select(stored => (ISearchEvent)ContractCodec.Read(stored.Payload, stored.Manifest))];
    }

    private void KeepOnly(string kept)
    {
        using var connection = new SqliteConnection($"Data Source={Journal.File};Pooling=False");
        connection.Open();
        foreach (var table in new[] { "journal", "snapshot", "tags" }.Where(table => table != kept))
        {
            using var drop = connection.CreateCommand();
            drop.CommandText = $"DROP TABLE IF EXISTS {table}";
            drop.ExecuteNonQuery();
        }
    }

    private (StorageTrouble Trouble, bool NamesFile) Refusal(string? content)
    {
        if (content is not null)
        {
            File.WriteAllText(Journal.File, content);
        }

        var refused = Should.Throw<JournalUnavailableException>(() =>
        {
            using var reader = JournalReaders.Open(Journal);
            return reader.PersistenceIds();
        });
        return (refused.Trouble, refused.Message.Contains(Journal.File, StringComparison.Ordinal));
    }

    private string Look() => string.Join('\n', Directory.GetFiles(_folder.State.Root, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(file => $"{file} {new FileInfo(file).Length} {File.GetLastWriteTimeUtc(file).Ticks}"));
}
