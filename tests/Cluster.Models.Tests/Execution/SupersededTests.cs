using SearchCluster.Artifacts;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Execution;

public sealed class SupersededTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("searchcluster-superseded-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Training_ends_at_its_next_write_when_a_later_attempt_has_begun_and_leaves_what_that_one_found()
    {
        var (assignment, store) = (Trials.Assignment(Trials.Sane(epochs: 4)), new FolderArtifactStore(_root));
        var checkpoint = Path.Combine(_root, ArtifactPaths.Checkpoint(Trials.Search, new TrialId(0)));
        var own = new StoredArtifacts(store, assignment.Lease);
        byte[] found = [];
        void Report(Measurement measurement)
        {
            if (measurement.Resource == 2)
            {
                new StoredArtifacts(store, assignment.Lease with { Attempt = 2, Fence = 2 }).Begin();
                found = File.ReadAllBytes(checkpoint);
            }
        }

        var outcome = new WorkExecutor().Run(assignment, new WorkContext(own, Report, TimeProvider.System, CancellationToken.None));

        outcome.ShouldBeOfType<AttemptFailed>().Failure.Message
            .ShouldStartWith("SC4101 Attempt 1 of trial-0 of search digits writes nothing any more");
        own.IsSuperseded.ShouldBeTrue();
        found.Length.ShouldBeGreaterThan(0);
        File.ReadAllBytes(checkpoint).ShouldBe(found);
        File.Exists(Path.Combine(_root, ArtifactPaths.Model(Trials.Search, new TrialId(0)))).ShouldBeFalse();
    }
}
