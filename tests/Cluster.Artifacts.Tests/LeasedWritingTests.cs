namespace SearchCluster.Artifacts.Tests;

public sealed class LeasedWritingTests : IDisposable
{
    private static readonly SearchId Search = new("digits");
    private static readonly string Checkpoint = ArtifactPaths.Checkpoint(Search, new TrialId(3));

    private readonly string _root = Directory.CreateTempSubdirectory("searchcluster-store-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Beginning, preparing the content and giving it its name, of two attempts in two processes:
    /// every order of the six steps.</summary>
    [Fact]
    public void An_earlier_attempt_never_overwrites_a_later_one_in_every_order()
    {
        var orders = Enumerable.Range(0, 64)
            .Select(bits => Enumerable.Range(0, 6).Select(step => (bits >> step) & 1).ToArray())
            .Where(order => order.Sum() == 3)
            .ToList();
        orders.Count.ShouldBe(20);

        for (var i = 0; i < orders.Count; i++)
        {
            Play(new FolderArtifactStore(Path.Combine(_root, $"{i}")), new FolderArtifactStore(Path.Combine(_root, $"{i}")), orders[i]);
        }
    }

    [Fact]
    public async Task An_attempt_of_a_deleted_search_writes_nothing_and_brings_no_folder_back()
    {
        var store = new FolderArtifactStore(_root);
        var writer = await store.BeginAsync(Lease(WorkItem.Trial(new(3)), 50), Cancellation);
        await WriteAsync(writer, 1);

        await store.RemoveAsync(Search, Cancellation);

        (await Should.ThrowAsync<ArtifactException>(() => WriteAsync(writer, 2))).Code.ShouldBe(ModelCodes.Superseded);
        Directory.Exists(Path.Combine(_root, ArtifactPaths.Search(Search))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_search_that_begins_anew_under_its_name_is_not_disturbed_by_its_former_life()
    {
        var store = new FolderArtifactStore(_root);
        var former = await store.BeginAsync(Lease(WorkItem.Trial(new(3)), 50), Cancellation);
        await store.RemoveAsync(Search, Cancellation);

        var writer = await store.BeginAsync(Lease(WorkItem.Trial(new(3)), 2), Cancellation);

        await Should.ThrowAsync<ArtifactException>(() => WriteAsync(former, 1));
        await WriteAsync(writer, 2);
        Content(store).ShouldBe(2);
    }

    [Fact]
    public async Task Files_of_a_release_without_leases_are_read_and_replaced()
    {
        var file = Path.Combine(_root, Checkpoint);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, [7], Cancellation);
        var store = new FolderArtifactStore(_root);

        var writer = await store.BeginAsync(Lease(WorkItem.Trial(new(3)), 9), Cancellation);

        Content(store).ShouldBe(7);
        await WriteAsync(writer, 8);
        Content(store).ShouldBe(8);
    }

    [Fact]
    public async Task Reading_makes_no_folder()
    {
        var store = new FolderArtifactStore(_root);

        (await store.OpenReadAsync(Checkpoint, Cancellation)).ShouldBeNull();
        (await store.ExistsAsync(Checkpoint, Cancellation)).ShouldBeFalse();

        Directory.GetFileSystemEntries(_root).ShouldBeEmpty();
    }

    [Fact]
    public async Task Items_do_not_disturb_each_other_and_the_same_lease_may_begin_twice()
    {
        var store = new FolderArtifactStore(_root);
        var third = await store.BeginAsync(Lease(WorkItem.Trial(new(3)), 1), Cancellation);
        await store.BeginAsync(Lease(WorkItem.Trial(new(4)), 2), Cancellation);
        await store.BeginAsync(Lease(WorkItem.Trial(new(3)), 1), Cancellation);

        await WriteAsync(third, 1);

        Content(store).ShouldBe(1);
    }

    [Fact]
    public async Task Who_builds_the_ensemble_comes_after_all_who_trained_its_members()
    {
        var store = new FolderArtifactStore(_root);
        var member = await store.BeginAsync(Lease(WorkItem.Member(12), 7), Cancellation);
        var builder = await store.BeginAsync(Lease(WorkItem.Ensemble, 9), Cancellation);

        (await Should.ThrowAsync<ArtifactException>(() => WriteAsync(member, 7))).Message.ShouldStartWith(
            "Attempt 1 of member-12 of search digits writes nothing any more");
        await Should.ThrowAsync<ArtifactException>(async () => await store.BeginAsync(Lease(WorkItem.Member(12), 8), Cancellation));

        var again = await store.BeginAsync(Lease(WorkItem.Member(12), 10), Cancellation);
        await WriteAsync(builder, 9);
        await WriteAsync(again, 10);
        Content(store).ShouldBe(10);
    }

    // 28 and 30 are the numbers of Linux for a full disk and a read-only file system.
    [Theory]
    [InlineData(28)]
    [InlineData(30)]
    public async Task What_the_disk_refuses_keeps_its_cause_and_the_artifact_as_it_was(int number)
    {
        var store = new FolderArtifactStore(_root);
        var writer = await store.BeginAsync(Lease(WorkItem.Trial(new(3)), 1), Cancellation);
        await WriteAsync(writer, 1);

        var refused = await Should.ThrowAsync<IOException>(
            async () => await writer.WriteAsync(Checkpoint, _ => throw new IOException("refused", number), cancellation: Cancellation));

        refused.HResult.ShouldBe(number);
        Content(store).ShouldBe(1);
        Directory.GetFiles(_root, "*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_the_content_misses_is_not_taken_for_a_later_attempt()
    {
        var writer = await new FolderArtifactStore(_root).BeginAsync(Lease(WorkItem.Trial(new(3)), 1), Cancellation);

        await Should.ThrowAsync<DirectoryNotFoundException>(
            async () => await writer.WriteAsync(Checkpoint, _ => throw new DirectoryNotFoundException("data"), cancellation: Cancellation));
    }

    [Fact]
    public async Task Removing_a_search_that_is_a_link_leaves_what_it_points_to()
    {
        var kept = Directory.CreateDirectory(Path.Combine(_root, "kept")).FullName;
        await File.WriteAllTextAsync(Path.Combine(kept, "spec.yaml"), "spec", Cancellation);
        Directory.CreateDirectory(Path.Combine(_root, ArtifactPaths.Root));
        Directory.CreateSymbolicLink(Path.Combine(_root, ArtifactPaths.Search(Search)), kept);

        await new FolderArtifactStore(_root).RemoveAsync(Search, Cancellation);

        Directory.Exists(Path.Combine(_root, ArtifactPaths.Search(Search))).ShouldBeFalse();
        File.Exists(Path.Combine(kept, "spec.yaml")).ShouldBeTrue();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static LeaseKey Lease(WorkItem item, long fence) => new(Search, item, 1, fence);

    private static async Task WriteAsync(IArtifactWriter writer, byte content) =>
        await writer.WriteAsync(Checkpoint, stream => stream.WriteByte(content), cancellation: Cancellation);

    private static int? Content(FolderArtifactStore store)
    {
        using var stream = store.OpenRead(Checkpoint);
        return stream?.ReadByte();
    }

    private static void Play(FolderArtifactStore here, FolderArtifactStore there, int[] order)
    {
        using var earlier = Attempt(here, 1);
        using var later = Attempt(there, 2);
        var (names, foundByLater) = (string.Concat(order), (int?)null);
        for (var i = 0; i < order.Length; i++)
        {
            var isBeginOfLater = order[i] == 1 && !order[..i].Contains(1);
            (order[i] == 0 ? earlier : later).Step();
            foundByLater = isBeginOfLater ? Content(here) : foundByLater;
            var laterHasWritten = order[..(i + 1)].Count(who => who == 1) == 3;
            if (order[..(i + 1)].Contains(1))
            {
                Content(here).ShouldBe(laterHasWritten ? 2 : foundByLater, $"{names}: what the later attempt found stays until it writes");
            }
        }

        var wasInTime = Array.LastIndexOf(order, 0) < Array.IndexOf(order, 1);
        earlier.Refused?.Code.ShouldBe(ModelCodes.Superseded, names);
        (earlier.Refused is null).ShouldBe(wasInTime, names);
        later.Refused.ShouldBeNull(names);
    }

    private static Stepped Attempt(FolderArtifactStore store, byte number) => new(pause =>
    {
        var writer = store.BeginAsync(Lease(WorkItem.Trial(new(3)), number)).AsTask().GetAwaiter().GetResult();
        pause();
        var task = writer.WriteAsync(Checkpoint, stream =>
        {
            stream.WriteByte(number);
            pause();
        });
        task.AsTask().GetAwaiter().GetResult();
    });
}
