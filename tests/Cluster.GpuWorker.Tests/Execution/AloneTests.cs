using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Execution;

/// <summary>What is leased to run alone has the process for itself, whoever assigns more.</summary>
public sealed class AloneTests
{
    private static AssignmentGroup Alone(int trial, int fromResource = 0) => new([Samples.Trial(trial, fromResource)], Alone: true);

    [Fact]
    public void Nothing_else_starts_beside_it_and_it_asks_for_nothing_until_it_is_over()
    {
        using var fixture = new HostFixture(slots: 2);
        fixture.Host.TryStart(Alone(1)).ShouldBe(StartResult.Started);
        var running = fixture.Executor.Next();

        fixture.Host.FreeSlots.ShouldBe(0);
        fixture.Host.TryStart(Samples.Group(2)).ShouldBe(StartResult.NoFreeSlot);
        running.Finish();

        fixture.WaitUntil(host => host.FreeSlots == 2);
        fixture.Host.TryStart(Samples.Group(3)).ShouldBe(StartResult.Started);
        fixture.Executor.Next().Finish();
    }

    [Fact]
    public void It_does_not_start_beside_others()
    {
        using var fixture = new HostFixture(slots: 2);
        fixture.Host.TryStart(Samples.Group(1));
        var running = fixture.Executor.Next();

        fixture.Host.TryStart(Alone(2)).ShouldBe(StartResult.NoFreeSlot);

        running.Finish();
    }

    [Fact]
    public void Others_may_start_once_the_coordinator_has_a_level_that_it_never_reached_before()
    {
        using var fixture = new HostFixture(slots: 2);
        fixture.Host.TryStart(Alone(1, fromResource: 1));
        var running = fixture.Executor.Next();
        running.Report(1);
        fixture.WaitUntil(host => host.Pending(10).Count == 1);
        fixture.Host.Acknowledge(Samples.Lease(1), 1);
        fixture.Host.FreeSlots.ShouldBe(0, "it had that level before");

        running.Report(2);
        fixture.WaitUntil(host => host.Pending(10).Count == 1);
        fixture.Host.FreeSlots.ShouldBe(0, "nobody has it but this process");
        fixture.Host.Acknowledge(Samples.Lease(1), 2);

        fixture.Host.FreeSlots.ShouldBe(1);
        fixture.Host.TryStart(Samples.Group(2)).ShouldBe(StartResult.Started);
        fixture.Executor.Next().Finish();
        running.Finish();
    }
}
