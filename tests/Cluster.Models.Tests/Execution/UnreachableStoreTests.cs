using Microsoft.Extensions.Time.Testing;
using SearchCluster.Artifacts;
using SearchCluster.Contracts.Storage;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Execution;

/// <summary>A store over a network that does not answer.</summary>
public sealed class UnreachableStoreTests
{
    [Fact]
    public void A_checkpoint_that_cannot_be_fetched_is_not_taken_for_a_damaged_one()
    {
        var warnings = new List<string>();
        var assignment = Trials.Assignment(Trials.Sane(), from: 2);

        var outcome = new WorkExecutor().Run(
            assignment,
            new WorkContext(
                new StoredArtifacts(new AwayStore(), assignment.Lease),
                _ => { },
                TimeProvider.System,
                CancellationToken.None,
                null,
                warnings.Add));

        outcome.ShouldBeOfType<AttemptFailed>().Failure.Kind.ShouldBe(TrialFailureKind.StorageUnavailable);
        warnings.ShouldNotContain(warning => warning.Contains("starts over"));
    }

    [Fact]
    public async Task An_attempt_that_is_to_end_does_not_wait_for_long()
    {
        var clock = new FakeTimeProvider();
        var isToEnd = false;
        var artifacts = new StoredArtifacts(new SilentStore(), Trials.Assignment(Trials.Sane()).Lease, () => isToEnd, clock);
        var write = Task.Factory.StartNew(
            () => artifacts.Write("searches/digits/x", _ => { }),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        clock.Advance(TimeSpan.FromMinutes(1));
        write.IsCompleted.ShouldBeFalse();

        isToEnd = true;
        await Patience.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return write.IsCompleted;
        });

        var failure = await Should.ThrowAsync<StorageTroubleException>(() => write);
        failure.Trouble.ShouldBe(StorageTrouble.Unreachable);
        failure.Message.ShouldContain("10 s after the attempt was to end");
    }

    private sealed class AwayStore : IArtifactStore
    {
        private static StorageTroubleException Away => new(StorageTrouble.Unreachable, "It is away.");

        public ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellation) => throw Away;

        public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellation) => throw Away;

        public ValueTask DeleteAsync(string path, CancellationToken cancellation) => throw Away;

        public ValueTask RemoveAsync(SearchId search, CancellationToken cancellation) => throw Away;

        public ValueTask<IArtifactWriter> BeginAsync(LeaseKey lease, CancellationToken cancellation) => new(this);

        public ValueTask WriteAsync(
            string path, Action<Stream> write, ArtifactDurability durability, CancellationToken cancellation) => throw Away;
    }

    private sealed class SilentStore : IArtifactStore
    {
        public ValueTask<Stream?> OpenReadAsync(string path, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<bool> ExistsAsync(string path, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask DeleteAsync(string path, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask RemoveAsync(SearchId search, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<IArtifactWriter> BeginAsync(LeaseKey lease, CancellationToken cancellation) => new(this);

        public ValueTask WriteAsync(
            string path, Action<Stream> write, ArtifactDurability durability, CancellationToken cancellation) =>
            new(new TaskCompletionSource().Task.WaitAsync(cancellation));
    }
}
