using Microsoft.Extensions.Time.Testing;
using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Http;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Tests.Http.Transfers;

/// <summary>Connections that are cut, coordinators that are gone, and tokens that do not open.</summary>
public sealed class HttpTransferTests : IDisposable
{
    private const int Cuts = 20;
    private static readonly SearchId Search = new("digits");
    private static readonly string Checkpoint = ArtifactPaths.Checkpoint(Search, new TrialId(3));
    private static readonly LeaseKey Lease = new(Search, WorkItem.Trial(new(3)), 1, 5);

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _scratch = new();

    public void Dispose()
    {
        _folder.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task An_upload_over_a_connection_that_is_cut_twenty_times_arrives_once_and_right()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        await using var proxy = new CuttingProxy(new Uri(coordinator.Ready.Url).Port, Cuts, bytesBetweenCuts: 250_000);
        using var store = Store(proxy.Url);
        var written = 0;

        var writer = await store.BeginAsync(Lease, Cancellation);
        await writer.WriteAsync(
            Checkpoint,
            stream =>
            {
                written++;
                stream.Write(Content(8 << 20));
            },
            cancellation: Cancellation);

        proxy.Cuts.ShouldBe(Cuts);
        written.ShouldBe(1);
        (await File.ReadAllBytesAsync(Path.Combine(_folder.Path, Checkpoint), Cancellation)).AsSpan()
            .SequenceEqual(Content(8 << 20)).ShouldBeTrue();
        Parts().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_download_over_a_connection_that_is_cut_twenty_times_arrives_right()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        new FolderArtifactStore(_folder.Path).Write(Checkpoint, stream => stream.Write(Content(8 << 20)));
        await using var proxy = new CuttingProxy(new Uri(coordinator.Ready.Url).Port, Cuts, bytesBetweenCuts: 250_000);
        using var store = Store(proxy.Url);

        await using var read = (await store.OpenReadAsync(Checkpoint, Cancellation)).ShouldNotBeNull();

        proxy.Cuts.ShouldBe(Cuts);
        var found = new byte[read.Length];
        await read.ReadExactlyAsync(found, Cancellation);
        found.AsSpan().SequenceEqual(Content(8 << 20)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_coordinator_that_is_started_anew_on_another_port_gets_the_whole_artifact()
    {
        var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        var url = new Uri(coordinator.Ready.Url);
        using var store = Store(() => url);
        var writer = await store.BeginAsync(Lease, Cancellation);
        await coordinator.DisposeAsync();
        var write = writer.WriteAsync(Checkpoint, stream => stream.Write(Content(100_000)), cancellation: Cancellation).AsTask();

        await using var next = await TestCoordinator.StartAsync(_folder.Path);
        url = new Uri(next.Ready.Url);

        await write.Patiently();
        new FileInfo(Path.Combine(_folder.Path, Checkpoint)).Length.ShouldBe(100_000);
    }

    [Fact]
    public async Task A_coordinator_that_stays_away_is_like_a_disk_that_passes()
    {
        var clock = new FakeTimeProvider();
        var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        using var store = Store(() => new Uri(coordinator.Ready.Url), clock);
        await coordinator.DisposeAsync();

        var write = store.WriteAsync(Checkpoint, stream => stream.WriteByte(1), cancellation: Cancellation).AsTask();
        await Patience.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return write.IsCompleted;
        });

        var failure = await Should.ThrowAsync<StorageTroubleException>(() => write);
        failure.Trouble.ShouldBe(StorageTrouble.Unreachable);
        failure.Message.ShouldContain($"The coordinator at {coordinator.Ready.Url}/ cannot be reached for 2m");
        StorageTroubles.IsOfMachine(new InvalidOperationException("wrapped", failure)).ShouldBeTrue();
    }

    [Fact]
    public async Task Another_token_opens_nothing_and_the_right_one_goes_on()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        var token = (string?)AccessToken.Create().Value;
        using var store = new HttpArtifactStore(Options(() => new Uri(coordinator.Ready.Url)) with { Token = () => token });

        var refused = await Should.ThrowAsync<StorageTroubleException>(() => store.ReachAsync(Cancellation));
        token = null;
        await Should.ThrowAsync<StorageTroubleException>(
            async () => await store.WriteAsync(Checkpoint, stream => stream.WriteByte(1), cancellation: Cancellation));

        refused.Trouble.ShouldBe(StorageTrouble.NotWritable);
        refused.Message.ShouldContain("does not let this worker in");
        token = AccessToken.TryLoad(coordinator.Folder)!.Value;
        await store.ReachAsync(Cancellation);
    }

    [Fact]
    public async Task An_artifact_beyond_the_limit_is_not_sent()
    {
        await using var coordinator = await TestCoordinator.StartAsync(_folder.Path);
        using var store = new HttpArtifactStore(Options(() => new Uri(coordinator.Ready.Url)) with { MaximumBytes = 1000 });

        var refused = await Should.ThrowAsync<ArtifactException>(
            async () => await store.WriteAsync(Checkpoint, stream => stream.Write(Content(1001)), cancellation: Cancellation));

        refused.Code.ShouldBe(ModelCodes.ArtifactTooLarge);
        await store.WriteAsync(Checkpoint, stream => stream.Write(Content(1000)), cancellation: Cancellation);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static byte[] Content(int bytes)
    {
        var content = new byte[bytes];
        for (var i = 0; i < bytes; i++)
        {
            content[i] = (byte)((i * 31) ^ (i >> 8));
        }

        return content;
    }

    private HttpArtifactStore Store(Uri url) => Store(() => url);

    private HttpArtifactStore Store(Func<Uri> url, TimeProvider? clock = null) => new(Options(url) with
    {
        Clock = clock ?? TimeProvider.System,
        PartBytes = 1 << 20,
    });

    private HttpStoreOptions Options(Func<Uri> url) => new()
    {
        Address = url,
        Token = () => AccessToken.TryLoad(StateFolder.Resolve(_folder.Path))?.Value,
        ScratchFolder = _scratch.Path,
    };

    private string[] Parts() => Directory.GetFiles(
        _folder.Path, "*.part", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });
}
