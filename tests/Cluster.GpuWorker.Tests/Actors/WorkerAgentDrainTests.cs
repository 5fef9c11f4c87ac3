using SearchCluster.GpuWorker.Actors;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Actors;

public sealed class WorkerAgentDrainTests : WorkerAgentTestKit
{
    [Fact]
    [Trait("Promise", "R24")]
    public void A_drained_worker_says_so_finishes_what_it_runs_and_asks_for_nothing()
    {
        using var fixture = new HostFixture(slots: 2);
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        var running = fixture.Executor.Next();
        manager.ExpectMsg<WorkerProtocol.RequestWork>();

        agent.Tell(new WorkerProtocol.SetDrain(Samples.Worker, IsDrained: true), manager);

        var hello = manager.ExpectMsg<WorkerProtocol.WorkerHello>();
        hello.Drain.ShouldBe(new(fixture.Clock.GetUtcNow()));
        hello.Held.ShouldBe([Samples.Lease(1)]);
        running.Run.Cancellation.IsCancellationRequested.ShouldBeFalse();
        running.Finish();
        manager.ExpectMsg<SearchCommands.ReportOutcome>();
        agent.Tell(new AgentMessages.HeartbeatTick(), manager);
        manager.ExpectMsg<WorkerProtocol.WorkerHello>().Drain.ShouldNotBeNull();
    }

    [Fact]
    [Trait("Promise", "R24")]
    public void At_once_means_that_what_runs_is_given_back_with_its_state()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        fixture.Executor.Next().Report(2);
        manager.ExpectMsg<SearchCommands.ReportMeasurement>();
        agent.Tell(new WorkerProtocol.ReportAccepted(Samples.Lease(1), 1), manager);

        agent.Tell(new WorkerProtocol.SetDrain(Samples.Worker, IsDrained: true, GiveBack: true), manager);

        manager.FishForMessage<WorkerProtocol.WorkerHello>(_ => true).Drain!.GivesBack.ShouldBeTrue();
        manager.FishForMessage<SearchCommands.ReleaseLease>(_ => true).ShouldBe(new(Samples.Lease(1), 2));
        fixture.Host.Held.ShouldBeEmpty();
    }

    [Fact]
    public void Work_that_was_on_its_way_when_it_was_drained_is_given_back()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        var request = manager.ExpectMsg<WorkerProtocol.RequestWork>();
        agent.Tell(new WorkerProtocol.SetDrain(Samples.Worker, IsDrained: true), manager);
        manager.ExpectMsg<WorkerProtocol.WorkerHello>();

        agent.Tell(new WorkerProtocol.WorkAssigned(Samples.Worker, request.RequestId, [Samples.Group(1)]), manager);

        manager.ExpectMsg<SearchCommands.ReleaseLease>().Lease.ShouldBe(Samples.Lease(1));
        fixture.Executor.HasStartedNone.ShouldBeTrue();
    }

    [Fact]
    public void A_process_that_is_started_again_is_drained_still_and_the_undoing_ends_that()
    {
        using var fixture = new HostFixture();
        var since = fixture.Clock.GetUtcNow();
        fixture.Host.SetDrain(isDrained: true, giveBack: true);
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        fixture.Restart();
        var manager = CreateTestProbe();
        var agent = Start(fixture, manager);
        manager.ExpectMsg<WorkerProtocol.WorkerHello>().Drain.ShouldBe(new(since));
        Welcome(agent, manager);

        agent.Tell(new WorkerProtocol.SetDrain(Samples.Worker, IsDrained: false), manager);

        manager.ExpectMsg<WorkerProtocol.WorkerHello>().Drain.ShouldBeNull();
        manager.ExpectMsg<WorkerProtocol.RequestWork>().FreeSlots.ShouldBe(1);
        File.Exists(fixture.DrainFile).ShouldBeFalse();
        fixture.Restart();
        fixture.Host.Drain.ShouldBeNull();
    }

    [Fact]
    public void A_wish_that_comes_again_changes_nothing()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        manager.ExpectMsg<WorkerProtocol.RequestWork>();
        var since = fixture.Clock.GetUtcNow();
        agent.Tell(new WorkerProtocol.SetDrain(Samples.Worker, IsDrained: true), manager);
        manager.ExpectMsg<WorkerProtocol.WorkerHello>();
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));

        agent.Tell(new WorkerProtocol.SetDrain(Samples.Worker, IsDrained: true), manager);

        manager.ExpectMsg<WorkerProtocol.WorkerHello>().Drain.ShouldBe(new(since));
    }

    [Fact]
    public void A_mark_that_cannot_be_written_drains_all_the_same_and_says_that_it_is_not_remembered()
    {
        using var fixture = new HostFixture();
        Directory.CreateDirectory(fixture.DrainFile);

        fixture.Host.SetDrain(isDrained: true, giveBack: false);

        fixture.Host.Drain!.Trouble!.ShouldContain(fixture.DrainFile);
        fixture.Host.FreeSlots.ShouldBe(0);
    }

    [Fact]
    public void A_mark_without_a_time_counts_from_its_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.FullPath, "drained");
        File.WriteAllText(file, "yes");
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc));

        var mark = DrainMark.Open(folder.FullPath, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        mark.Now.ShouldBe(new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero)));
    }
}
