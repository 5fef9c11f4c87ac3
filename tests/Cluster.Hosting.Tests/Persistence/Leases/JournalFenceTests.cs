using Akka.Actor;
using Npgsql;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Leases;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.TestKit.Databases;

namespace SearchCluster.Hosting.Tests.Persistence.Leases;

/// <summary>A coordinator that lost the lease writes nothing into the journal, whether it knows or not.</summary>
[Trait("Promise", "R17")]
public sealed class JournalFenceTests : IAsyncLifetime
{
    private const string Id = "search-fenced";

    private static readonly LeaseClaim First = new("first", 17, "lab", "http://127.0.0.1:1", "127.0.0.1:2", "1.0.0");
    private static readonly LeaseClaim Second = new("second", 18, "den", "http://127.0.0.1:3", null, "1.0.0");
    private static readonly DateTimeOffset At = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly SearchEvents.SearchPaused Event = new(new SearchId("fenced"), At);

    private TestDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PostgresJournal Journal => new(_database.ConnectionString);

    private JournalLease Lease => new(Journal, new LeaseTimes());

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await Lease.PrepareAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_holder_writes_and_the_one_before_it_does_not()
    {
        await using var old = await StartAsync(First);
        await JournalHost.WriteAsync(old.Recorder(Id), Event);
        await ExpireAsync();
        await using var heir = await StartAsync(Second);

        // An old one that goes on under a name of its own, so that nothing but the fence is in its way; what cannot write stops.
        var other = old.Recorder("search-other");
        other.Tell(Event);
        (await other.WatchAsync(Ct).Patiently()).ShouldBeTrue();
        await JournalHost.WriteAsync(heir.Recorder(Id), Event);

        (await CountAsync("search-other")).ShouldBe(0);
        (await CountAsync(Id)).ShouldBe(2);
    }

    [Theory]
    [InlineData("INSERT INTO journal (persistence_id, sequence_number, deleted, created, message) VALUES ('x', 1, false, 0, '')")]
    [InlineData("UPDATE journal SET deleted = true")]
    [InlineData("DELETE FROM journal")]
    [InlineData("TRUNCATE journal CASCADE")]
    [InlineData("DELETE FROM snapshot")]
    [InlineData("DELETE FROM tags")]
    public async Task Nothing_without_the_epoch_writes_while_somebody_has_the_lease(string sql)
    {
        await using (await StartAsync(First))
        {
            await Lease.FenceAsync(Ct);
        }

        (await Should.ThrowAsync<PostgresException>(() => _database.ExecuteAsync(sql))).MessageText
            .ShouldBe("a write of no epoch, but the lease of the journal is in epoch 1");
        await Lease.GiveBackAsync(First.Run, 1, Ct);

        await Should.NotThrowAsync(() => _database.ExecuteAsync(sql));
    }

    [Fact]
    public async Task A_write_in_flight_is_there_before_the_next_holder_reads()
    {
        await using var host = await StartAsync(First);
        await using var writer = await OpenAsync(1);
        await using var transaction = await writer.BeginTransactionAsync(Ct);
        await ExecuteAsync(writer, "UPDATE journal SET created = created");
        await ExpireAsync();

        var takeover = Lease.TryTakeAsync(Second, Ct);
        await WaitForLockAsync();
        takeover.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync(Ct);

        (await takeover).ShouldBe(2);
    }

    [Fact]
    public async Task A_holder_that_stands_still_inside_a_write_loses_that_write()
    {
        await using var host = await StartAsync(First);
        await using var frozen = await OpenAsync(1);
        await using var transaction = await frozen.BeginTransactionAsync(Ct);
        await ExecuteAsync(frozen, "UPDATE journal SET created = created");
        await ExpireAsync();

        (await Lease.TryTakeAsync(Second, Ct)).ShouldBe(2);

        (await Should.ThrowAsync<NpgsqlException>(() => transaction.CommitAsync(Ct))).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_write_that_waited_for_the_takeover_is_refused()
    {
        await using var host = await StartAsync(First);
        await using var heir = await OpenAsync(null);
        await using var late = await OpenAsync(1);
        await using var takeover = await heir.BeginTransactionAsync(Ct);
        await ExecuteAsync(heir, $"SELECT pg_advisory_xact_lock({LeaseSchema.LockKey}); UPDATE searchcluster_lease SET epoch = 2");

        var write = ExecuteAsync(late, "DELETE FROM journal");
        await WaitForLockAsync();
        await takeover.CommitAsync(Ct);

        var refused = await Should.ThrowAsync<PostgresException>(() => write);
        JournalFailures.TroubleOf(refused).ShouldBe(StorageTrouble.Superseded);
    }

    [Fact]
    public async Task Whoever_only_reads_is_not_kept_from_it()
    {
        await using var host = await StartAsync(First);
        await JournalHost.WriteAsync(host.Recorder(Id), Event);

        using var reader = JournalReaders.Open(Journal);

        reader.PersistenceIds().ShouldBe([Id]);
        reader.Events(Id, 0).Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_journal_of_an_earlier_release_gets_its_fence()
    {
        await using (var before = await JournalHost.StartAsync(Journal))
        {
            await JournalHost.WriteAsync(before.Recorder(Id), Event);
        }

        await Lease.TryTakeAsync(First, Ct);
        (await Lease.FenceAsync(Ct)).ShouldBeTrue();

        await Should.ThrowAsync<PostgresException>(() => _database.ExecuteAsync("DELETE FROM journal"));
        (await CountAsync(Id)).ShouldBe(1);
    }

    private async Task<JournalHost> StartAsync(LeaseClaim claim)
    {
        var epoch = (await Lease.TryTakeAsync(claim, Ct)).ShouldNotBeNull();
        var host = await JournalHost.StartAsync(Journal with { Epoch = new LeaseEpoch(epoch) });
        await JournalHost.TellAsync(host.Recorder("search-none"));
        await Patience.UntilAsync(() => Lease.FenceAsync(Ct));
        return host;
    }

    private async Task<NpgsqlConnection> OpenAsync(long? epoch)
    {
        var connection = new NpgsqlConnection(SqlConnections.ConnectionString(Journal with
        {
            Epoch = epoch is { } known ? new LeaseEpoch(known) : null,
        }));
        await connection.OpenAsync(Ct);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private Task<long> CountAsync(string id) =>
        _database.AskAsync<long>($"SELECT count(*) FROM journal WHERE persistence_id = '{id}' AND NOT deleted");

    private Task ExpireAsync() =>
        _database.ExecuteAsync("UPDATE searchcluster_lease SET renewed_at = renewed_at - interval '1 minute'");

    private Task WaitForLockAsync() => Patience.UntilAsync(async () =>
        await _database.AskAsync<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = "
            + "(SELECT oid FROM pg_database WHERE datname = current_database())") > 0);
}
