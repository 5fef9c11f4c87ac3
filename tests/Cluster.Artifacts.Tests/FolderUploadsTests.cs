using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts.Tests;

public sealed class FolderUploadsTests : IDisposable
{
    private static readonly SearchId Search = new("digits");
    private static readonly string Checkpoint = ArtifactPaths.Checkpoint(Search, new TrialId(3));
    private static readonly byte[] Content = [1, 2, 3, 4, 5, 6];

    private readonly string _root = Directory.CreateTempSubdirectory("searchcluster-store-").FullName;
    private readonly FakeTimeProvider _clock = new();
    private readonly FolderArtifactStore _store;
    private readonly FolderUploads _uploads;
    private long _free = long.MaxValue / 2;

    public FolderUploadsTests()
    {
        _store = new(_root);
        _uploads = new(_store, _clock, () => _free);
    }

    public void Dispose()
    {
        _uploads.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Parts_make_a_whole_that_gets_its_name_at_the_end()
    {
        var upload = _uploads.Begin(Request()).Upload;
        (await AppendAsync(upload, 0, Content[..4])).Received.ShouldBe(4);
        _uploads.Find(upload).ShouldBe(new(upload, 4, 6));
        _store.Exists(Checkpoint).ShouldBeFalse();
        await AppendAsync(upload, 4, Content[4..]);

        await _uploads.CompleteAsync(upload, Cancellation);

        // Said again by who did not hear the answer.
        await _uploads.CompleteAsync(upload, Cancellation);
        using var read = _store.OpenRead(Checkpoint).ShouldNotBeNull();
        read.Length.ShouldBe(6);
        Parts().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_part_that_is_cut_off_stays_as_far_as_it_came()
    {
        var upload = _uploads.Begin(Request()).Upload;
        await Should.ThrowAsync<EndOfStreamException>(() => _uploads.AppendAsync(upload, 0, new CutStream(Content[..3]), Cancellation));

        (await CodeAsync(() => AppendAsync(upload, 0, Content))).ShouldBe(ModelCodes.UploadOffset);
        await AppendAsync(upload, 3, Content[3..]);

        await _uploads.CompleteAsync(upload, Cancellation);
        _store.Exists(Checkpoint).ShouldBeTrue();
    }

    [Fact]
    public async Task A_part_that_hangs_is_ended_by_the_next()
    {
        var upload = _uploads.Begin(Request()).Upload;
        var hanging = new HangingStream();
        var first = _uploads.AppendAsync(upload, 0, hanging, Cancellation);
        await hanging.Reading.Patiently();

        await AppendAsync(upload, 0, Content).Patiently();

        await Should.ThrowAsync<OperationCanceledException>(() => first);
        await _uploads.CompleteAsync(upload, Cancellation);
    }

    [Fact]
    public async Task Other_content_gets_no_name_and_is_removed()
    {
        var upload = _uploads.Begin(Request()).Upload;
        await AppendAsync(upload, 0, [6, 5, 4, 3, 2, 1]);

        (await CodeAsync(() => _uploads.CompleteAsync(upload, Cancellation))).ShouldBe(ModelCodes.OtherContent);

        (await CodeAsync(() => _uploads.CompleteAsync(upload, Cancellation))).ShouldBe(ModelCodes.NoUpload);
        _store.Exists(Checkpoint).ShouldBeFalse();
        Parts().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_whole_gets_no_name_and_goes_on()
    {
        var upload = _uploads.Begin(Request()).Upload;
        await AppendAsync(upload, 0, Content[..4]);

        (await CodeAsync(() => _uploads.CompleteAsync(upload, Cancellation))).ShouldBe(ModelCodes.UploadOffset);

        await AppendAsync(upload, 4, Content[4..]);
        await _uploads.CompleteAsync(upload, Cancellation);
    }

    [Fact]
    public async Task More_than_was_announced_ends_the_upload()
    {
        var upload = _uploads.Begin(Request()).Upload;

        (await CodeAsync(() => AppendAsync(upload, 0, [.. Content, 7]))).ShouldBe(ModelCodes.ArtifactTooLarge);

        Should.Throw<ArtifactException>(() => _uploads.Find(upload)).Code.ShouldBe(ModelCodes.NoUpload);
        Parts().ShouldBeEmpty();
    }

    [Fact]
    public void What_is_too_large_or_has_no_room_is_refused_before_its_first_byte()
    {
        Should.Throw<ArtifactException>(() => _uploads.Begin(Request() with { Bytes = ArtifactLimits.Bytes + 1 }))
            .Code.ShouldBe(ModelCodes.ArtifactTooLarge);

        _free = ArtifactLimits.ReserveBytes + 5;
        Should.Throw<StorageTroubleException>(() => _uploads.Begin(Request())).Trouble.ShouldBe(StorageTrouble.DiskFull);

        _free++;
        _uploads.Begin(Request());
    }

    [Fact]
    public async Task What_was_silent_for_ten_minutes_is_removed()
    {
        var silent = _uploads.Begin(Request()).Upload;
        var alive = _uploads.Begin(Request()).Upload;
        _clock.Advance(TimeSpan.FromMinutes(6));
        await AppendAsync(alive, 0, Content[..1]);

        _clock.Advance(TimeSpan.FromMinutes(6));

        Should.Throw<ArtifactException>(() => _uploads.Find(silent)).Code.ShouldBe(ModelCodes.NoUpload);
        _uploads.Find(alive).Received.ShouldBe(1);
        Parts().Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_later_attempt_ends_the_uploads_of_the_earlier_at_any_point()
    {
        var request = Request() with { Lease = new(Search, WorkItem.Trial(new(3)), 1, 5) };
        await _store.BeginAsync(request.Lease.Value, Cancellation);
        var half = _uploads.Begin(request).Upload;
        await AppendAsync(half, 0, Content[..2]);
        var whole = _uploads.Begin(request).Upload;
        await AppendAsync(whole, 0, Content);

        await _store.BeginAsync(request.Lease.Value with { Fence = 6 }, Cancellation);

        (await CodeAsync(() => AppendAsync(half, 2, Content[2..]))).ShouldBe(ModelCodes.Superseded);
        (await CodeAsync(() => _uploads.CompleteAsync(whole, Cancellation))).ShouldBe(ModelCodes.Superseded);
        Should.Throw<ArtifactException>(() => _uploads.Begin(request)).Code.ShouldBe(ModelCodes.Superseded);
        _store.Exists(Checkpoint).ShouldBeFalse();
        Parts().ShouldBeEmpty();
    }

    [Fact]
    public void What_an_earlier_process_left_is_removed_by_the_first_upload()
    {
        var left = Path.Combine(Directory.CreateDirectory(Path.Combine(_root, ".uploads")).FullName, "left.part");
        File.WriteAllText(left, "half");

        _uploads.Begin(Request());

        File.Exists(left).ShouldBeFalse();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static UploadRequest Request() => new(Checkpoint, Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)));

    private static async Task<string> CodeAsync(Func<Task> call) => (await Should.ThrowAsync<ArtifactException>(call)).Code;

    private Task<UploadView> AppendAsync(string upload, long offset, byte[] content) =>
        _uploads.AppendAsync(upload, offset, new MemoryStream(content), Cancellation);

    private string[] Parts() => Directory.GetFiles(
        _root, "*.part", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });

    /// <summary>Ends as a connection does that is cut.</summary>
    private sealed class CutStream(byte[] content) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var count ? count : throw new EndOfStreamException("cut");
    }

    /// <summary>Brings nothing, for ever.</summary>
    private sealed class HangingStream : MemoryStream
    {
        private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reading => _reading.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _reading.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return 0;
        }
    }
}
