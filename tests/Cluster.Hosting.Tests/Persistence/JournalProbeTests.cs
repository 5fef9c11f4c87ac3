using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using SearchCluster.Hosting.Persistence;

namespace SearchCluster.Hosting.Tests.Persistence;

public sealed class JournalProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_new_file_is_prepared() => await VerifyAsync(new SqliteJournal(_folder.State.JournalFile));

    [Fact]
    public async Task A_write_that_is_tried_leaves_nothing_behind()
    {
        var journal = new SqliteJournal(_folder.State.JournalFile);
        await VerifyAsync(journal);
        var write = JournalProbe.Writes(journal);

        await write(TestContext.Current.CancellationToken);

        using var connection = new SqliteConnection($"Data Source={journal.File};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master";
        command.ExecuteScalar().ShouldBe(0L);
    }

    [Fact]
    public async Task A_journal_that_was_moved_away_is_not_made_anew_by_trying_to_write()
    {
        var journal = new SqliteJournal(_folder.State.JournalFile);
        await VerifyAsync(journal);
        SqliteConnection.ClearAllPools();
        var write = JournalProbe.Writes(journal);
        File.Move(journal.File, journal.File + ".away");

        (await Should.ThrowAsync<JournalUnavailableException>(() => write(TestContext.Current.CancellationToken)))
            .Trouble.ShouldBe(SearchCluster.Contracts.Storage.StorageTrouble.Gone);
        File.Exists(journal.File).ShouldBeFalse();
        File.Copy(journal.File + ".away", journal.File);
        await Should.ThrowAsync<JournalUnavailableException>(() => write(TestContext.Current.CancellationToken));
        File.Move(journal.File + ".away", journal.File, overwrite: true);
        await write(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_missing_folder_is_named() =>
        (await RefusalAsync(new SqliteJournal(_folder.PathOf("nowhere/journal.db")))).ShouldContain("does not exist");

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        File.WriteAllText(_folder.State.JournalFile, new string('x', 5000));

        (await RefusalAsync(new SqliteJournal(_folder.State.JournalFile))).ShouldContain("is not a SQLite database");
    }

    [Fact]
    public async Task A_folder_in_place_of_the_file_is_told()
    {
        Directory.CreateDirectory(_folder.State.JournalFile);

        (await RefusalAsync(new SqliteJournal(_folder.State.JournalFile)))
            .ShouldContain("journal.db is a folder, but a regular file is expected there");
    }

    [Fact]
    public async Task A_file_that_may_not_be_written_is_told()
    {
        Assert.SkipWhen(Environment.UserName == "root", "The user may write everything.");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        await VerifyAsync(new SqliteJournal(_folder.State.JournalFile));
        File.SetUnixFileMode(_folder.State.JournalFile, UnixFileMode.UserRead);

        (await RefusalAsync(new SqliteJournal(_folder.State.JournalFile))).ShouldContain("not writable");
    }

    [Fact]
    public async Task A_lock_of_another_process_is_told_within_the_time_limit()
    {
        await VerifyAsync(new SqliteJournal(_folder.State.JournalFile));
        using var other = new SqliteConnection($"Data Source={_folder.State.JournalFile}");
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();

        var refused = await Should.ThrowAsync<JournalUnavailableException>(VerifyAsync(new SqliteJournal(_folder.State.JournalFile)));

        refused.Message.ShouldContain("another process holds its write lock");
        refused.Code.ShouldBe(StorageCodes.Locked);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_without_the_password()
    {
        // Bound, so that nobody else gets the port, and not listening.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;

        var message = await RefusalAsync(new PostgresJournal($"Host=127.0.0.1;Port={port};Database=sc;Username=u;Password=canary"));

        message.ShouldContain($"PostgreSQL at 127.0.0.1:{port}, database \"sc\" cannot be reached");
        message.ShouldNotContain("canary");
    }

    [Fact]
    public async Task A_connection_string_that_cannot_be_read_is_not_shown()
    {
        var refused = await Should.ThrowAsync<JournalUnavailableException>(VerifyAsync(new PostgresJournal("Nonsense=canary;=")));

        refused.ToString().ShouldNotContain("canary");
    }

    [Fact]
    public void A_connection_string_is_not_shown_with_its_options() =>
        new PostgresJournal("Password=canary").ToString().ShouldNotContain("canary");

    private static Task VerifyAsync(PersistenceOptions options) => JournalProbe.VerifyAsync(options, TestContext.Current.CancellationToken);

    private static async Task<string> RefusalAsync(PersistenceOptions options) =>
        (await Should.ThrowAsync<JournalUnavailableException>(VerifyAsync(options))).Message;
}
