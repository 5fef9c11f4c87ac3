using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Artifacts.S3;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;
using SearchCluster.TestKit.Artifacts;

namespace SearchCluster.Artifacts.Tests.S3;

public sealed class S3ArtifactStoreTests : IAsyncLifetime
{
    private static readonly SearchId Search = new("digits");
    private static readonly string Checkpoint = ArtifactPaths.Checkpoint(Search, new TrialId(3));
    private static readonly string Model = ArtifactPaths.Model(Search, new TrialId(3));

    private TestBucket? _bucket;

    private TestBucket Bucket => _bucket ?? throw new InvalidOperationException("It is not there yet.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bucket = await TestBucket.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_bucket is not null)
        {
            await _bucket.DisposeAsync();
        }
    }

    [Fact]
    public async Task Names_of_an_item_lie_with_its_fences_in_one_object_beside_content_by_hash()
    {
        using var store = new S3ArtifactStore(Bucket.Options());
        var writer = await store.BeginAsync(Lease(5), Cancellation);
        await WriteAsync(writer, Checkpoint, [1, 2]);

        var keys = await Bucket.KeysAsync();

        keys.Count.ShouldBe(2);
        keys.ShouldContain("lab/may/searches/digits/names/0003.json");
        var content = $"lab/may/searches/digits/blobs/{Hash([1, 2])}-";
        keys.ShouldContain(key => key.StartsWith(content, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Equal_content_of_one_item_is_kept_once_and_as_long_as_a_name_points_to_it()
    {
        using var store = new S3ArtifactStore(Bucket.Options());
        await WriteAsync(store, Checkpoint, [1, 2]);
        await WriteAsync(store, Model, [1, 2]);
        (await BlobsAsync()).ShouldBe(1);

        await WriteAsync(store, Checkpoint, [3]);

        (await BlobsAsync()).ShouldBe(2);
        (await ContentAsync(store, Model)).ShouldBe([1, 2]);
        await store.DeleteAsync(Model, Cancellation);
        (await BlobsAsync()).ShouldBe(1);
        (await ContentAsync(store, Checkpoint)).ShouldBe([3]);
    }

    [Fact]
    public async Task What_is_large_goes_in_parts_and_comes_back_as_it_was()
    {
        using var store = new S3ArtifactStore(Bucket.Options() with { PartBytes = 5 << 20 });
        var content = new byte[(12 << 20) + 7];
        new Random(1).NextBytes(content);

        await WriteAsync(store, Checkpoint, content);

        Hash(await ContentAsync(store, Checkpoint)).ShouldBe(Hash(content));
        var served = (await store.FindAsync(Checkpoint, Cancellation)).ShouldNotBeNull();
        (served.Bytes, served.Sha256).ShouldBe((content.Length, Hash(content)));
        await using var part = served.Content;
        part.Position = 10 << 20;
        var some = new byte[1 << 20];
        await part.ReadExactlyAsync(some, Cancellation);
        some.ShouldBe(content[(10 << 20)..(11 << 20)]);
    }

    [Fact]
    public async Task Content_that_is_not_what_was_written_is_refused_with_both_hashes()
    {
        using var store = new S3ArtifactStore(Bucket.Options());
        await WriteAsync(store, Checkpoint, [1, 2]);
        var key = (await Bucket.KeysAsync()).Single(one => one.Contains("/blobs/", StringComparison.Ordinal));
        await Bucket.PutAsync(key, "xy");

        var refused = await Should.ThrowAsync<StorageTroubleException>(() => ContentAsync(store, Checkpoint));

        refused.Trouble.ShouldBe(StorageTrouble.Damaged);
        refused.Message.ShouldContain(Hash([1, 2]));
        refused.Message.ShouldContain(Hash("xy"u8.ToArray()));
    }

    [Fact]
    public async Task Content_without_a_name_is_removed_when_it_is_a_day_old()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var store = new S3ArtifactStore(Bucket.Options() with { Clock = clock });
        await WriteAsync(store, Checkpoint, [1]);
        await Bucket.PutAsync($"lab/may/searches/digits/blobs/{Hash([7])}-0", "left");

        (await store.SweepAsync(Search, Cancellation)).ShouldBe(0);
        clock.Advance(TimeSpan.FromHours(25));
        (await store.SweepAsync(Search, Cancellation)).ShouldBe(1);

        (await ContentAsync(store, Checkpoint)).ShouldBe([1]);
        (await BlobsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task An_upload_gets_its_name_at_the_end_under_its_lease_only()
    {
        using var store = new S3ArtifactStore(Bucket.Options());
        using var uploads = new FolderUploads(store, TimeProvider.System);
        await store.BeginAsync(Lease(5), Cancellation);
        var request = new UploadRequest(Checkpoint, 3, Hash([1, 2, 3]), Lease(5));
        var (first, second) = (uploads.Begin(request).Upload, uploads.Begin(request).Upload);
        await uploads.AppendAsync(first, 0, new MemoryStream([1, 2, 3]), Cancellation);
        await uploads.AppendAsync(second, 0, new MemoryStream([1, 2, 3]), Cancellation);
        (await store.ExistsAsync(Checkpoint, Cancellation)).ShouldBeFalse();

        await uploads.CompleteAsync(first, Cancellation);
        await uploads.CompleteAsync(first, Cancellation);
        await store.BeginAsync(Lease(6), Cancellation);

        (await CodeAsync(() => uploads.CompleteAsync(second, Cancellation))).ShouldBe(ModelCodes.Superseded);
        (await ContentAsync(store, Checkpoint)).ShouldBe([1, 2, 3]);
        uploads.Abandon(first);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_coordinator_that_is_frozen_before_its_last_step_gives_way_to_another_one(int names)
    {
        await using var front = new StandIn(Bucket.Endpoint);
        using var frozen = new S3ArtifactStore(Bucket.Options() with { Endpoint = front.Address });
        using var other = new S3ArtifactStore(Bucket.Options() with { Endpoint = front.Address });
        (await frozen.ReachAsync(Cancellation)).ShouldBeTrue();
        var earlier = await frozen.BeginAsync(Lease(5), Cancellation);
        if (names > 0)
        {
            await WriteAsync(earlier, Checkpoint, [4]);
        }

        var (stands, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        front.Before = request =>
        {
            if (request.HttpMethod == "PUT" && request.RawUrl!.Contains("/names/", StringComparison.Ordinal) && stands.TrySetResult())
            {
                return goOn.Task;
            }

            return Task.CompletedTask;
        };
        var write = WriteAsync(earlier, Checkpoint, [5]);
        await stands.Task;

        var later = await other.BeginAsync(Lease(6), Cancellation);
        await WriteAsync(later, Checkpoint, [6]);
        goOn.SetResult();

        (await CodeAsync(() => write)).ShouldBe(ModelCodes.Superseded);
        (await ContentAsync(other, Checkpoint)).ShouldBe([6]);
        (await BlobsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_without_conditions_is_told_apart()
    {
        using var store = new S3ArtifactStore(Bucket.Options());

        (await store.ReachAsync(Cancellation)).ShouldBeFalse();

        (await Bucket.KeysAsync()).ShouldBeEmpty();
    }

    private static LeaseKey Lease(long fence) => new(Search, WorkItem.Trial(new(3)), 1, fence);

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static Task WriteAsync(IArtifactWriter writer, string path, byte[] content) =>
        writer.WriteAsync(path, stream => stream.Write(content), cancellation: Cancellation).AsTask();

    private static async Task<string> CodeAsync(Func<Task> call) => (await Should.ThrowAsync<ArtifactException>(call)).Code;

    private static async Task<byte[]> ContentAsync(S3ArtifactStore store, string path)
    {
        await using var stream = (await store.OpenReadAsync(path, Cancellation)).ShouldNotBeNull();
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, Cancellation);
        return content.ToArray();
    }

    private async Task<int> BlobsAsync() => (await Bucket.KeysAsync("lab/may/searches/digits/blobs/")).Count;
}
