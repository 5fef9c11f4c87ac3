using Microsoft.Extensions.Time.Testing;
using SearchCluster.Artifacts.Http;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts.Tests.Http;

/// <summary>Answers that begin and stop in the middle: each call gives up, as on a disk that is gone.</summary>
public sealed class SilentStoreTests : IDisposable
{
    private static readonly string Checkpoint = ArtifactPaths.Checkpoint(new SearchId("digits"), new TrialId(3));

    private readonly string _scratch = Directory.CreateTempSubdirectory("searchcluster-silent-").FullName;
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    [Fact]
    public async Task A_write_gives_up_when_the_answer_to_a_part_stops() =>
        await GivesUpAsync(
            line => line.StartsWith("POST", StringComparison.Ordinal) ? """{"upload":"u1","received":0,"bytes":3}""" : null,
            async store => await store.WriteAsync(Checkpoint, stream => stream.Write([1, 2, 3]), cancellation: Cancellation));

    [Fact]
    public async Task A_read_gives_up_when_the_content_stops() =>
        await GivesUpAsync(_ => null, async store => (await store.OpenReadAsync(Checkpoint, Cancellation))?.Dispose());

    [Fact]
    public async Task A_question_gives_up_when_its_answer_stops() =>
        await GivesUpAsync(_ => null, async store => await store.ExistsAsync(Checkpoint, Cancellation));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task GivesUpAsync(Func<string, string?> answer, Func<HttpArtifactStore, Task> call)
    {
        await using var silent = new SilentStore(answer);
        using var store = new HttpArtifactStore(new()
        {
            Address = () => silent.Url,
            Token = () => "token",
            ScratchFolder = _scratch,
            Clock = _clock,
        });

        var called = call(store);
        await Patience.UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return called.IsCompleted;
        });

        (await Should.ThrowAsync<StorageTroubleException>(() => called)).Trouble.ShouldBe(StorageTrouble.Unreachable);
    }
}
