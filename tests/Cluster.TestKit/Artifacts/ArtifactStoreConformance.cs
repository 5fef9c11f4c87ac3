using SearchCluster.Artifacts;

namespace SearchCluster.TestKit.Artifacts;

/// <summary>What every artifact store must do; subclassed once for each.</summary>
public abstract class ArtifactStoreConformance : IAsyncLifetime
{
    private static readonly SearchId Search = new("digits");
    private static readonly string Checkpoint = ArtifactPaths.Checkpoint(Search, new TrialId(3));

    private IArtifactStore? _here;
    private IArtifactStore? _there;

    public static TheoryData<string> UnsafePaths =>
    [
        "", "../x", "searches/../token", "..%2f", "%2e%2e/", "..\\x", "/etc/passwd", "C:\\x", "\\\\?\\x", "a/../../b", "//etc", "a\0b",
        "CON", "searches/a/nul.txt", "searches/a.", "~", "searches/a#b", "searches/a∕b", "searches/.leases/x", new string('a', 4096),
    ];

    /// <summary>The store as one process sees it.</summary>
    protected IArtifactStore Here => _here ?? throw new InvalidOperationException("It is not open yet.");

    /// <summary>The same artifacts as another process sees them.</summary>
    protected IArtifactStore There => _there ?? throw new InvalidOperationException("It is not open yet.");

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (_here, _there) = (await OpenAsync(), await OpenAsync());

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_artifact_is_replaced_as_a_whole_and_seen_by_other_processes()
    {
        await Here.WriteAsync(Checkpoint, stream => stream.Write([1, 2, 3]), cancellation: Cancellation);
        await Here.WriteAsync(Checkpoint, stream => stream.WriteByte(4), ArtifactDurability.ProcessDeath, Cancellation);

        (await ContentAsync(There)).ShouldBe([4]);
        (await There.ExistsAsync(Checkpoint, Cancellation)).ShouldBeTrue();
        await There.DeleteAsync(Checkpoint, Cancellation);
        (await Here.ExistsAsync(Checkpoint, Cancellation)).ShouldBeFalse();
        (await Here.OpenReadAsync(Checkpoint, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_not_there_is_read_as_nothing_deleted_without_ado_and_makes_no_folder()
    {
        (await Here.OpenReadAsync(Checkpoint, Cancellation)).ShouldBeNull();
        (await Here.ExistsAsync(Checkpoint, Cancellation)).ShouldBeFalse();
        await Here.DeleteAsync(Checkpoint, Cancellation);
        await Here.RemoveAsync(Search, Cancellation);

        (await FilesAsync(Search)).ShouldBeNull();
    }

    [Fact]
    public async Task An_empty_artifact_is_one()
    {
        await Here.WriteAsync(Checkpoint, _ => { }, cancellation: Cancellation);

        (await There.ExistsAsync(Checkpoint, Cancellation)).ShouldBeTrue();
        (await ContentAsync(There)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reader_can_seek_and_knows_the_length()
    {
        await Here.WriteAsync(Checkpoint, stream => stream.Write([1, 2, 3, 4, 5]), cancellation: Cancellation);

        await using var read = (await There.OpenReadAsync(Checkpoint, Cancellation)).ShouldNotBeNull();

        read.Length.ShouldBe(5);
        read.Position = 3;
        read.ReadByte().ShouldBe(4);
    }

    [Fact]
    public async Task A_large_artifact_is_never_held_in_memory()
    {
        const int Block = 1 << 16;
        const int Blocks = 2048;
        var before = GC.GetTotalAllocatedBytes();

        await Here.WriteAsync(
            Checkpoint,
            stream =>
            {
                var block = new byte[Block];
                for (var i = 0; i < Blocks; i++)
                {
                    Array.Fill(block, (byte)i);
                    stream.Write(block);
                }
            },
            ArtifactDurability.ProcessDeath,
            Cancellation);
        await using var read = (await There.OpenReadAsync(Checkpoint, Cancellation)).ShouldNotBeNull();
        var found = new byte[Block];
        for (var i = 0; i < Blocks; i++)
        {
            await read.ReadExactlyAsync(found, Cancellation);
            (found[0], found[^1]).ShouldBe(((byte)i, (byte)i));
        }

        read.Length.ShouldBe((long)Block * Blocks);

        // Other tests of the process allocate meanwhile, but a store that held it would allocate it at least once.
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan((long)Block * Blocks);
    }

    [Fact]
    public async Task A_write_that_fails_leaves_the_old_artifact_and_no_other_file()
    {
        await Here.WriteAsync(Checkpoint, stream => stream.WriteByte(1), cancellation: Cancellation);

        await Should.ThrowAsync<InvalidDataException>(async () => await Here.WriteAsync(
            Checkpoint,
            stream =>
            {
                stream.WriteByte(2);
                throw new InvalidDataException("weights");
            },
            cancellation: Cancellation));

        (await ContentAsync(There)).ShouldBe([1]);
        (await FilesAsync(Search)).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_gives_up_before_changes_nothing()
    {
        using var over = new CancellationTokenSource();
        await over.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(
            async () => await Here.WriteAsync(Checkpoint, stream => stream.WriteByte(2), cancellation: over.Token));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Here.BeginAsync(Lease(1), over.Token));

        (await There.ExistsAsync(Checkpoint, Cancellation)).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(UnsafePaths))]
    public async Task A_path_that_could_leave_the_store_is_refused_with_one_text_and_nothing_is_opened(string path)
    {
        var writer = await Here.BeginAsync(Lease(1), Cancellation);
        var text = Should.Throw<ArtifactException>(() => ArtifactPath.Check("..")).Message;
        Func<Task>[] calls =
        [
            async () => await Here.OpenReadAsync(path, Cancellation),
            async () => await Here.ExistsAsync(path, Cancellation),
            async () => await Here.DeleteAsync(path, Cancellation),
            async () => await Here.WriteAsync(path, stream => stream.WriteByte(1), cancellation: Cancellation),
            async () => await writer.WriteAsync(path, stream => stream.WriteByte(1), cancellation: Cancellation),
        ];

        foreach (var call in calls)
        {
            var refused = await Should.ThrowAsync<ArtifactException>(call);
            (refused.Code, refused.Message).ShouldBe((ModelCodes.Path, text));
        }
    }

    [Fact]
    public async Task From_the_beginning_of_a_later_attempt_the_earlier_one_writes_nothing()
    {
        var earlier = await Here.BeginAsync(Lease(5), Cancellation);
        await WriteAsync(earlier, 5);

        var later = await There.BeginAsync(Lease(6), Cancellation);

        (await ContentAsync(There)).ShouldBe([5]);
        (await RefusedAsync(() => WriteAsync(earlier, 5))).ShouldBe(ModelCodes.Superseded);
        (await RefusedAsync(async () => await Here.BeginAsync(Lease(5), Cancellation))).ShouldBe(ModelCodes.Superseded);
        await WriteAsync(later, 6);
        (await ContentAsync(Here)).ShouldBe([6]);
    }

    [Fact]
    public async Task An_attempt_that_is_frozen_in_the_middle_of_a_write_gives_way()
    {
        var earlier = await Here.BeginAsync(Lease(5), Cancellation);
        using var stands = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var write = Task.Factory.StartNew(
            () => earlier.WriteAsync(
                Checkpoint,
                stream =>
                {
                    stream.WriteByte(5);
                    stands.Set();
                    goOn.Wait(Cancellation);
                },
                cancellation: Cancellation).AsTask(),
            Cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap();
        stands.Wait(Cancellation);

        var later = await There.BeginAsync(Lease(6), Cancellation);
        await WriteAsync(later, 6);
        goOn.Set();

        (await RefusedAsync(() => write)).ShouldBe(ModelCodes.Superseded);
        (await ContentAsync(There)).ShouldBe([6]);
    }

    [Fact]
    public async Task Items_do_not_disturb_each_other_and_the_same_lease_may_begin_twice()
    {
        var third = await Here.BeginAsync(Lease(1), Cancellation);
        await There.BeginAsync(new(Search, WorkItem.Trial(new(4)), 1, 2), Cancellation);
        await There.BeginAsync(Lease(1), Cancellation);

        await WriteAsync(third, 1);

        (await ContentAsync(There)).ShouldBe([1]);
    }

    [Fact]
    public async Task Who_builds_the_ensemble_comes_after_all_who_trained_its_members()
    {
        var member = await Here.BeginAsync(new(Search, WorkItem.Member(12), 1, 7), Cancellation);
        var builder = await There.BeginAsync(new(Search, WorkItem.Ensemble, 1, 9), Cancellation);

        (await RefusedAsync(() => WriteAsync(member, 7))).ShouldBe(ModelCodes.Superseded);
        await WriteAsync(builder, 9);
        (await ContentAsync(Here)).ShouldBe([9]);
    }

    [Fact]
    public async Task An_attempt_of_a_removed_search_writes_nothing_and_brings_no_folder_back()
    {
        var former = await Here.BeginAsync(Lease(50), Cancellation);
        await WriteAsync(former, 1);

        await There.RemoveAsync(Search, Cancellation);

        (await RefusedAsync(() => WriteAsync(former, 2))).ShouldBe(ModelCodes.Superseded);
        (await FilesAsync(Search)).ShouldBeNull();
        var writer = await There.BeginAsync(Lease(2), Cancellation);
        await WriteAsync(writer, 3);
        (await ContentAsync(Here)).ShouldBe([3]);
    }

    [Fact]
    public async Task Of_writers_at_once_each_reader_sees_one_as_a_whole()
    {
        const int Bytes = 300_000;
        await WriteAllAsync(Here, 0);

        await Task.WhenAll(Enumerable.Range(1, 6).Select(number => Task.Run(
            async () =>
            {
                for (var i = 0; i < 5; i++)
                {
                    await WriteAllAsync(number % 2 == 0 ? Here : There, (byte)number);
                    var seen = await ContentAsync(number % 2 == 0 ? There : Here);
                    seen.Length.ShouldBe(Bytes);
                    seen.ShouldAllBe(value => value == seen[0]);
                }
            },
            Cancellation)));

        static async Task WriteAllAsync(IArtifactStore store, byte number) => await store.WriteAsync(
            Checkpoint,
            stream => stream.Write(Enumerable.Repeat(number, Bytes).ToArray()),
            ArtifactDurability.ProcessDeath,
            Cancellation);
    }

    /// <summary>Opens the store once more, as another process does.</summary>
    protected abstract Task<IArtifactStore> OpenAsync();

    /// <summary>Counts what a search has.</summary>
    /// <returns>Files or objects with content; null where nothing tells of the search, not even an empty folder.</returns>
    protected abstract Task<int?> FilesAsync(SearchId search);

    /// <summary>Counts what a search has in a folder.</summary>
    protected static Task<int?> FilesAsync(string root, SearchId search)
    {
        var folder = Path.Combine(root, ArtifactPaths.Search(search));
        return Task.FromResult<int?>(
            Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length : null);
    }

    /// <summary>Removes everything.</summary>
    protected abstract Task CloseAsync();

    private static LeaseKey Lease(long fence) => new(Search, WorkItem.Trial(new(3)), 1, fence);

    private static async Task WriteAsync(IArtifactWriter writer, byte content) =>
        await writer.WriteAsync(Checkpoint, stream => stream.WriteByte(content), cancellation: Cancellation);

    private static async Task<string> RefusedAsync(Func<Task> call) => (await Should.ThrowAsync<ArtifactException>(call)).Code;

    private static async Task<byte[]> ContentAsync(IArtifactStore store)
    {
        await using var stream = (await store.OpenReadAsync(Checkpoint, Cancellation)).ShouldNotBeNull();
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, Cancellation);
        return content.ToArray();
    }
}
