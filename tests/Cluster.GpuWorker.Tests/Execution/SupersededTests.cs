using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Tests.Fakes;
using SearchCluster.Models.Attempts;

namespace SearchCluster.GpuWorker.Tests.Execution;

/// <summary>Two workers on one store: the lease of the first was given to the second while the first was frozen.</summary>
public sealed class SupersededTests : IDisposable
{
    private static readonly string Checkpoint = ArtifactPaths.Checkpoint(Samples.Search, new TrialId(0));

    private readonly HostFixture _frozen = new();
    private readonly HostFixture _other;

    public SupersededTests() => _other = new(artifacts: _frozen.Artifacts.Root);

    public void Dispose()
    {
        _other.Dispose();
        _frozen.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_worker_that_wakes_after_its_lease_was_given_away_writes_nothing_and_gives_the_lease_back(bool swallowsTheRefusal)
    {
        _frozen.Host.TryStart(Group(attempt: 1)).ShouldBe(StartResult.Started);
        var earlier = _frozen.Executor.Next();
        earlier.Do(run => Write(run, 1));
        earlier.Report(1);
        _frozen.WaitUntil(host => host.Pending(1).Count == 1);
        Content().ShouldBe(1);
        _other.Host.TryStart(Group(attempt: 2));
        var later = _other.Executor.Next();
        later.Do(run => Write(run, 2));
        later.Finish();
        _other.Outcome().Outcome.ShouldBeOfType<AttemptCompleted>();

        earlier.Do(run =>
        {
            try
            {
                Write(run, 3);
            }
            catch (Artifacts.ArtifactException refused) when (swallowsTheRefusal)
            {
                refused.Code.ShouldBe("SC4101");
            }
        });
        earlier.Finish();

        _frozen.WaitUntil(host => host.FreeSlots == 1);
        _frozen.Host.Pending(100).ShouldBeEmpty();
        _frozen.Host.TakeReleased().ShouldHaveSingleItem().Lease.ShouldBe(Lease(1));
        Content().ShouldBe(2);
    }

    [Fact]
    public void An_attempt_that_begins_after_a_later_one_is_not_run_at_all()
    {
        _other.Host.TryStart(Group(attempt: 2));
        _other.Executor.Next().Finish();
        _other.Outcome();

        _frozen.Host.TryStart(Group(attempt: 1));

        _frozen.WaitUntil(host => host.FreeSlots == 1 && host.Held.Count == 0);
        _frozen.Executor.HasStartedNone.ShouldBeTrue();
        _frozen.Host.Pending(100).ShouldBeEmpty();
        _frozen.Host.TakeReleased().ShouldHaveSingleItem().Lease.ShouldBe(Lease(1));
    }

    private static LeaseKey Lease(int attempt) => new(Samples.Search, WorkItem.Trial(new TrialId(0)), attempt, Fence: attempt);

    private static AssignmentGroup Group(int attempt) => new([Samples.Trial(0) with { Lease = Lease(attempt) }]);

    private static void Write(WorkContext run, byte content) => run.Artifacts.Write(Checkpoint, stream => stream.WriteByte(content));

    private int? Content()
    {
        using var stream = _frozen.Artifacts.OpenRead(Checkpoint);
        return stream?.ReadByte();
    }
}
