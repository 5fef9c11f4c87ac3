using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;
using SearchCluster.GpuWorker.Data;
using SearchCluster.GpuWorker.Tests.Fakes;
using SearchCluster.Models.Data;

namespace SearchCluster.GpuWorker.Tests.Data;

/// <summary>Which data sets stay on a worker; each folder here stands for a process of its machine.</summary>
public sealed class CacheFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-12-01T08:00:00Z", null));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_one_process_fetched_all_of_them_use()
    {
        await FetchAsync(Process(), "houses", 4);

        using var placed = Process().TryUse(Set("houses", 4).Sha256).ShouldNotBeNull();

        Path.GetFileName(placed.Path).ShouldBe("houses.csv");
        File.ReadAllText(placed.Path).ShouldBe(Text("houses", 4));
        Process().TryUse(Set("other", 4).Sha256).ShouldBeNull();
    }

    [Fact]
    public async Task One_process_fetches_while_the_others_wait()
    {
        var set = Set("houses", 4);
        var fetching = await Process().TakeAloneAsync(set.Sha256, Cancellation);
        var waiting = Process().TakeAloneAsync(set.Sha256, Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (waiting.IsCompleted, Process().TryUse(set.Sha256)).ShouldBe((false, null));

        fetching.Dispose();

        await Patience.UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return waiting.IsCompleted;
        });
        (await waiting).Dispose();
    }

    [Fact]
    public async Task What_was_not_used_for_longest_goes_and_what_is_read_stays()
    {
        await FetchAsync(Process(), "first", 40);
        await FetchAsync(Process(), "second", 40);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Process().TryUse(Set("first", 40).Sha256)!.Dispose();

        await FetchAsync(Process(), "third", 40);
        (Has("first", 40), Has("second", 40), Has("third", 40)).ShouldBe((true, false, true));

        using var reading = Process().TryUse(Set("first", 40).Sha256).ShouldNotBeNull();
        await FetchAsync(Process(), "fourth", 40);
        (Has("first", 40), Has("third", 40), Has("fourth", 40)).ShouldBe((true, false, true));
    }

    [Fact]
    public async Task Where_all_is_read_the_next_one_waits_as_for_a_disk()
    {
        await FetchAsync(Process(), "first", 60);
        using var reading = Process().TryUse(Set("first", 60).Sha256).ShouldNotBeNull();

        var full = await Should.ThrowAsync<StorageTroubleException>(() => FetchAsync(Process(), "second", 60));

        full.Trouble.ShouldBe(StorageTrouble.DiskFull);
        full.Message.ShouldContain("60 bytes are to come, but 60 bytes of the 100 bytes");
        Has("first", 60).ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_is_larger_than_all_may_be_removes_nothing()
    {
        await FetchAsync(Process(), "first", 60);

        var large = await Should.ThrowAsync<DataException>(() => FetchAsync(Process(), "second", 101));

        large.Code.ShouldBe(DataCodes.CacheTooSmall);
        large.Message.ShouldContain("--data-cache");
        Has("first", 60).ShouldBeTrue();
    }

    [Fact]
    public async Task What_came_before_the_end_of_a_process_counts_when_it_is_whole()
    {
        var (process, set) = (Process(), Set("houses", 8));
        using (await process.TakeAloneAsync(set.Sha256, Cancellation))
        {
            await process.MakeRoomAsync(set, Cancellation);
            Write(process, set, Text("houses", 8)[..4]);
        }

        CacheFolder.IsWhole(process.Incoming(set.Sha256, "houses.csv"), set.Files[0]).ShouldBeFalse();
        Write(process, set, "otherone");
        CacheFolder.IsWhole(process.Incoming(set.Sha256, "houses.csv"), set.Files[0]).ShouldBeFalse();
        Write(process, set, Text("houses", 8));
        CacheFolder.IsWhole(process.Incoming(set.Sha256, "houses.csv"), set.Files[0]).ShouldBeTrue();
        Process().TryUse(set.Sha256).ShouldBeNull("it has no name yet");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Text(string name, int bytes) => (name + new string('.', bytes))[..bytes];

    private static DataSetView Set(string name, int bytes)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(name, bytes))));
        return new(name, hash, IsFolder: false, bytes, [new(name + ".csv", bytes, hash)]);
    }

    private static void Write(CacheFolder process, DataSetView set, string text)
    {
        var target = process.Incoming(set.Sha256, set.Files[0].Path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllText(target, text);
    }

    private static async Task FetchAsync(CacheFolder process, string name, int bytes)
    {
        var set = Set(name, bytes);
        using var alone = await process.TakeAloneAsync(set.Sha256, Cancellation);
        await process.MakeRoomAsync(set, Cancellation);
        Write(process, set, Text(name, bytes));
        process.Publish(set);
    }

    private bool Has(string name, int bytes) => Process().Has(Set(name, bytes).Sha256);

    private CacheFolder Process() => new(Path.Combine(_folder.FullPath, "data-cache"), 100, _clock);
}
