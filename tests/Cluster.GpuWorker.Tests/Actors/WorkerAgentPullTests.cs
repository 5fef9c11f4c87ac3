using Akka.Actor;
using SearchCluster.GpuWorker.Actors;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Actors;

public sealed class WorkerAgentPullTests : WorkerAgentTestKit
{
    [Fact]
    public void It_says_hello_first_and_asks_for_work_when_it_is_welcome()
    {
        using var fixture = new HostFixture(slots: 3);
        var manager = CreateTestProbe();
        var agent = Start(fixture, manager);

        manager.ExpectMsg<WorkerProtocol.WorkerHello>().ShouldBe(new(fixture.Host.Worker, []));
        Welcome(agent, manager);

        manager.ExpectMsg<WorkerProtocol.RequestWork>().FreeSlots.ShouldBe(3);
        Connection.Welcomes.ShouldBe(1);
    }

    [Fact]
    public void It_asks_for_no_work_while_the_artifacts_are_out_of_reach()
    {
        using var fixture = new HostFixture(slots: 3);
        var manager = CreateTestProbe();
        Connection.MayWork = false;
        var agent = StartWelcomed(fixture, manager);

        agent.Tell(new Identify("read"), manager);
        manager.ExpectMsg<ActorIdentity>();

        Connection.MayWork = true;
        Welcome(agent, manager);
        manager.ExpectMsg<WorkerProtocol.RequestWork>().RequestId.ShouldBe(1);
    }

    [Fact]
    public void Assigned_work_starts_and_the_slots_that_are_left_are_asked_for_again()
    {
        using var fixture = new HostFixture(slots: 3);
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);

        var first = Assign(agent, manager, Samples.Group(1));

        fixture.Executor.Next().Lease.ShouldBe(Samples.Lease(1));
        var second = manager.ExpectMsg<WorkerProtocol.RequestWork>();
        second.FreeSlots.ShouldBe(2);
        second.RequestId.ShouldBeGreaterThan(first.RequestId);
    }

    [Fact]
    public void A_group_too_many_is_given_back()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);

        Assign(agent, manager, Samples.Group(1), new AssignmentGroup([Samples.Trial(2, fromResource: 4)]));

        manager.ExpectMsg<SearchCommands.ReleaseLease>().ShouldBe(new(Samples.Lease(2), 4));
        fixture.Host.Held.ShouldBe([Samples.Lease(1)]);
    }

    [Fact]
    public void A_second_copy_of_an_assignment_is_ignored()
    {
        using var fixture = new HostFixture(slots: 2);
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);

        var request = Assign(agent, manager, Samples.Group(1));
        agent.Tell(new WorkerProtocol.WorkAssigned(Samples.Worker, request.RequestId, [Samples.Group(1)]), manager);
        agent.Tell(new AgentMessages.HeartbeatTick(), manager);

        manager.ExpectMsg<WorkerProtocol.RequestWork>().FreeSlots.ShouldBe(1);
        manager.ExpectMsg<WorkerProtocol.WorkerHello>().Held.ShouldBe([Samples.Lease(1)]);
        fixture.Executor.Next().Lease.ShouldBe(Samples.Lease(1));
        fixture.Executor.HasStartedNone.ShouldBeTrue();
    }

    [Fact]
    public void An_unanswered_request_goes_out_again_with_a_new_number_after_the_wait_and_not_before()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        var first = manager.ExpectMsg<WorkerProtocol.RequestWork>();

        agent.Tell(new AgentMessages.ResendTick(), manager);
        agent.Tell(new AgentMessages.HeartbeatTick(), manager);
        manager.ExpectMsg<WorkerProtocol.WorkerHello>();
        fixture.Clock.Advance(Timings.Heartbeat);
        agent.Tell(new AgentMessages.ResendTick(), manager);

        manager.ExpectMsg<WorkerProtocol.RequestWork>().RequestId.ShouldBeGreaterThan(first.RequestId);
    }

    [Fact]
    public void The_outcome_and_the_next_request_leave_together()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));

        fixture.Executor.Next().Finish();

        manager.ExpectMsg<SearchCommands.ReportOutcome>().Lease.ShouldBe(Samples.Lease(1));
        manager.ExpectMsg<WorkerProtocol.RequestWork>().FreeSlots.ShouldBe(1);
    }

    [Fact]
    public void A_warning_of_the_coordinator_is_told_once()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        var welcome = new WorkerProtocol.WorkerWelcome(
            Samples.Worker, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(3), "Two have this name.");

        EventFilter.Warning(contains: "Two have this name.").Expect(1, () =>
        {
            agent.Tell(welcome, manager);
            agent.Tell(welcome, manager);
            agent.Tell(new Identify("both read"), manager);
            manager.FishForMessage(message => message is ActorIdentity);
        });
    }

    [Fact]
    public void A_refusal_ends_the_worker_with_its_reason()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = Start(fixture, manager);
        manager.ExpectMsg<WorkerProtocol.WorkerHello>();

        agent.Tell(new WorkerProtocol.WorkerRefused(Samples.Worker, "Install version 2."), manager);

        AwaitCondition(() => Connection.Refusal == "Install version 2.");
    }
}
