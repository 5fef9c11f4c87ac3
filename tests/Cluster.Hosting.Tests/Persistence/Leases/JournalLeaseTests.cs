using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Leases;
using SearchCluster.TestKit.Databases;

namespace SearchCluster.Hosting.Tests.Persistence.Leases;

/// <summary>Who may write a journal in PostgreSQL.</summary>
[Trait("Promise", "R17")]
public sealed class JournalLeaseTests : IAsyncLifetime
{
    private static readonly LeaseClaim First = new("first", 17, "lab", "http://127.0.0.1:1", "127.0.0.1:2", "1.0.0");
    private static readonly LeaseClaim Second = new("second", 18, "den", "http://127.0.0.1:3", null, "1.0.0");

    private TestDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task One_takes_it_and_the_other_is_told_who_has_it()
    {
        var lease = await PreparedAsync();

        (await lease.TryTakeAsync(First, Ct)).ShouldBe(1);

        (await lease.TryTakeAsync(Second, Ct)).ShouldBeNull();
        var view = await lease.LookAsync(Second, Ct);
        (view.Epoch, view.Holder, view.IsLive).ShouldBe((1, First, true));
        view.Standbys.Select(standby => standby.Claim).ShouldBe([Second]);
    }

    [Fact]
    public async Task Of_many_that_take_it_at_once_one_has_it()
    {
        var lease = await PreparedAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            number => Task.Run(() => lease.TryTakeAsync(First with { Run = $"run-{number}" }, Ct))));

        taken.Where(epoch => epoch is not null).ShouldBe([1]);
    }

    [Fact]
    public async Task What_is_not_renewed_in_time_is_taken_in_the_next_epoch()
    {
        var lease = await PreparedAsync();
        await lease.TryTakeAsync(First, Ct);
        await AgeAsync("7 seconds");

        (await lease.TryTakeAsync(Second, Ct)).ShouldBe(2);

        (await lease.RenewAsync(First, 1, Ct)).ShouldBeNull();
        (await lease.RenewAsync(Second, 2, Ct)).ShouldNotBeNull().Holder.ShouldBe(Second);
    }

    [Fact]
    public async Task What_is_renewed_lives_on()
    {
        var lease = await PreparedAsync();
        await lease.TryTakeAsync(First, Ct);
        await AgeAsync("5 seconds");

        var moved = First with { ClusterAddress = "127.0.0.1:9" };
        (await lease.RenewAsync(moved, 1, Ct)).ShouldNotBeNull().Holder.ShouldBe(moved);
        await AgeAsync("5 seconds");

        (await lease.TryTakeAsync(Second, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_given_back_is_taken_at_once()
    {
        var lease = await PreparedAsync();
        await lease.TryTakeAsync(First, Ct);

        await lease.GiveBackAsync(Second.Run, 1, Ct);
        (await lease.LookAsync(null, Ct)).IsLive.ShouldBeTrue("it is not the second one's to give");
        await lease.GiveBackAsync(First.Run, 1, Ct);

        (await lease.LookAsync(null, Ct)).Holder.ShouldBeNull();
        (await lease.RenewAsync(First, 1, Ct)).ShouldBeNull();
        (await lease.TryTakeAsync(Second, Ct)).ShouldBe(2);
    }

    [Fact]
    public async Task A_standby_that_takes_it_or_withdraws_is_none_any_more()
    {
        var lease = await PreparedAsync();
        await lease.LookAsync(First, Ct);
        await lease.LookAsync(Second, Ct);

        await lease.TryTakeAsync(First, Ct);
        (await lease.LookAsync(null, Ct)).Standbys.Select(standby => standby.Claim).ShouldBe([Second]);
        await lease.WithdrawAsync(Second.Run, Ct);

        (await lease.LookAsync(null, Ct)).Standbys.ShouldBeEmpty();
    }

    private async Task<JournalLease> PreparedAsync()
    {
        var lease = new JournalLease(new PostgresJournal(_database.ConnectionString), new LeaseTimes());
        await Task.WhenAll(lease.PrepareAsync(Ct), lease.PrepareAsync(Ct));
        return lease;
    }

    private Task AgeAsync(string interval) =>
        _database.ExecuteAsync($"UPDATE searchcluster_lease SET renewed_at = renewed_at - interval '{interval}'");
}
