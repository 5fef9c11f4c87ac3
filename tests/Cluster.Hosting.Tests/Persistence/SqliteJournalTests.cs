using System.Collections.Concurrent;
using System.Data.Common;
using Akka.Actor;
using Akka.Persistence.Sql.Config;
using LinqToDB;
using LinqToDB.Data;
using LinqToDB.Interceptors;
using Microsoft.Data.Sqlite;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Hosting.Tests.Persistence;

public sealed class SqliteJournalTests : IDisposable
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
    public async Task Events_come_back_after_a_restart()
    {
        ISearchEvent[] written = [new SearchEvents.SearchPaused(Digits, Noon), new SearchEvents.SearchResumed(Digits, Noon.AddTicks(1))];
        await using (var first = await JournalHost.StartAsync(Journal))
        {
            var recorder = first.Recorder("search-digits");
            foreach (var e in written)
            {
                await JournalHost.WriteAsync(recorder, e);
            }
        }

        await using var second = await JournalHost.StartAsync(Journal);

        (await JournalHost.TellAsync(second.Recorder("search-digits"))).Events.ShouldBe(written);
    }

    [Fact]
    public async Task A_snapshot_comes_back_after_a_restart()
    {
        var snapshot = new SearchManagerProtocol.ManagerReady(7);
        await using (var first = await JournalHost.StartAsync(Journal))
        {
            var recorder = first.Recorder("search-digits");
            await JournalHost.WriteAsync(recorder, new SearchEvents.SearchPaused(Digits, Noon));
            await JournalHost.SnapshotAsync(recorder, snapshot);
        }

        await using var second = await JournalHost.StartAsync(Journal);
        var told = await JournalHost.TellAsync(second.Recorder("search-digits"));

        told.Snapshot.ShouldBe(snapshot);
        told.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_journal_can_be_read_with_sql_as_json_text()
    {
        await using (var host = await JournalHost.StartAsync(Journal))
        {
            await JournalHost.WriteAsync(host.Recorder("search-digits"), new SearchEvents.SearchPaused(Digits, Noon));
        }

        using var connection = new SqliteConnection($"Data Source={_folder.State.JournalFile}");
        connection.Open();
        using var query = connection.CreateCommand();
        query.CommandText =
            "SELECT identifier, manifest, json_extract(CAST(message AS TEXT), '$.searchId') FROM journal WHERE persistence_id = "
                + "'search-digits'";
        using var row = query.ExecuteReader();
        row.Read().ShouldBeTrue();
        row.GetInt32(0).ShouldBe(SearchClusterSerializer.PermanentIdentifier);
        row.GetString(1).ShouldBe("e-paused");
        row.GetString(2).ShouldBe("digits");
    }

    [Fact]
    public async Task A_second_writer_of_one_search_is_stopped_by_the_unique_sequence_number()
    {
        await using var first = await JournalHost.StartAsync(Journal);
        await using var second = await JournalHost.StartAsync(Journal);
        var (old, current) = (first.Recorder("search-digits"), second.Recorder("search-digits"));
        (await JournalHost.TellAsync(old)).Events.ShouldBeEmpty();
        (await JournalHost.TellAsync(current)).Events.ShouldBeEmpty();
        var stopped = old.WatchAsync(TestContext.Current.CancellationToken);

        await JournalHost.WriteAsync(current, new SearchEvents.SearchPaused(Digits, Noon));
        old.Tell(new SearchEvents.SearchResumed(Digits, Noon));

        (await stopped).ShouldBeTrue();
        await using var third = await JournalHost.StartAsync(Journal);
        (await JournalHost.TellAsync(third.Recorder("search-digits"))).Events.ShouldBe([new SearchEvents.SearchPaused(Digits, Noon)]);
    }

    [Fact]
    public async Task The_file_uses_write_ahead_logging_and_every_connection_of_the_plugin_commits_to_disk()
    {
        await JournalProbe.VerifyAsync(Journal, TestContext.Current.CancellationToken);

        using var connection = new DataConnection(SqlConnections.DataOptions(Journal));

        connection.Execute<string>("PRAGMA journal_mode").ShouldBe("wal");
        connection.Execute<long>("PRAGMA synchronous").ShouldBe(2);
        connection.Execute<long>("PRAGMA busy_timeout").ShouldBe(10_000);
    }

    [Fact]
    public async Task The_running_plugin_opens_its_connections_with_these_settings()
    {
        var synchronous = new ConcurrentBag<long>();
        var watched = SqlConnections.DataOptions(Journal).UseInterceptor(new PragmaReader(synchronous));

        await using (var host = await JournalHost.StartAsync(Journal, new DataOptionsSetup(watched)))
        {
            await JournalHost.WriteAsync(host.Recorder("search-digits"), new SearchEvents.SearchPaused(Digits, Noon));
        }

        synchronous.Distinct().ShouldBe([2L]);
    }

    [Fact]
    public async Task An_event_of_an_unknown_manifest_stops_recovery_instead_of_being_left_out()
    {
        await using (var host = await JournalHost.StartAsync(Journal))
        {
            await JournalHost.WriteAsync(host.Recorder("search-digits"), new SearchEvents.SearchPaused(Digits, Noon));
        }

        using (var connection = new SqliteConnection($"Data Source={_folder.State.JournalFile}"))
        {
            connection.Open();
            using var update = connection.CreateCommand();
            update.CommandText = "UPDATE journal SET manifest = 'e-future'";
            update.ExecuteNonQuery().ShouldBe(1);
        }

        await using var second = await JournalHost.StartAsync(Journal);
        (await second.Recorder("search-digits").WatchAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    private sealed class PragmaReader(ConcurrentBag<long> synchronous) : ConnectionInterceptor
    {
        public override void ConnectionOpened(ConnectionEventData eventData, DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous";
            synchronous.Add((long)command.ExecuteScalar()!);
        }

        public override Task ConnectionOpenedAsync(
            ConnectionEventData eventData, DbConnection connection, CancellationToken cancellationToken)
        {
            ConnectionOpened(eventData, connection);
            return Task.CompletedTask;
        }
    }
}
