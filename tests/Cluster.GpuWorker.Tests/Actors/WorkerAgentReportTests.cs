using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using SearchCluster.GpuWorker.Actors;
using SearchCluster.GpuWorker.Outbox;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Actors;

public sealed class WorkerAgentReportTests : WorkerAgentTestKit
{
    [Fact]
    public void Reports_go_out_again_until_they_are_acknowledged_with_waits_that_double()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        fixture.Executor.Next().Report(1);
        var report = manager.ExpectMsg<SearchCommands.ReportMeasurement>();

        foreach (var wait in new[] { 2, 4, 8 })
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(wait - 1));
            agent.Tell(new AgentMessages.ResendTick(), manager);
            Fence(agent, manager);
            fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            agent.Tell(new AgentMessages.ResendTick(), manager);
            manager.ExpectMsg<SearchCommands.ReportMeasurement>().ShouldBe(report);
        }

        agent.Tell(new WorkerProtocol.ReportAccepted(Samples.Lease(1), 1), manager);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        agent.Tell(new AgentMessages.ResendTick(), manager);
        Fence(agent, manager);
    }

    [Fact]
    public void Only_a_few_reports_of_an_attempt_are_on_their_way_at_once()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        var call = fixture.Executor.Next();
        for (var resource = 1; resource <= ReportRules.Window + 2; resource++)
        {
            call.Report(resource);
        }

        var sent = manager.ReceiveN(ReportRules.Window).Cast<SearchCommands.ReportMeasurement>().Select(report => report.Seq);
        sent.ShouldBe(Enumerable.Range(1, ReportRules.Window).Select(seq => (long)seq));
        fixture.WaitUntil(host => host.Pending(100).Count == ReportRules.Window + 2);
        Fence(agent, manager);
        agent.Tell(new WorkerProtocol.ReportAccepted(Samples.Lease(1), 2), manager);

        manager.ReceiveN(2).Cast<SearchCommands.ReportMeasurement>().Select(report => report.Seq)
            .ShouldBe([ReportRules.Window + 1, ReportRules.Window + 2]);
    }

    [Fact]
    public void A_trial_of_a_reproducible_search_trains_on_only_when_its_measurement_is_decided_and_ends_where_it_is_stopped()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Patient(1));
        var call = fixture.Executor.Next();
        call.Report(1);
        call.Report(2);
        call.Report(3);

        manager.ExpectMsg<SearchCommands.ReportMeasurement>().Measurement.Resource.ShouldBe(1);
        Fence(agent, manager);
        agent.Tell(new WorkerProtocol.ReportAccepted(Samples.Lease(1), 1), manager);
        manager.ExpectMsg<SearchCommands.ReportMeasurement>().Measurement.Resource.ShouldBe(2);
        agent.Tell(
            new WorkerProtocol.ReportAccepted(Samples.Lease(1), 2, new(SchedulingAction.Stop, new DecisionReason("It is slow."))),
            manager);

        manager.ExpectMsg<SearchCommands.ReportOutcome>().Outcome.ShouldBe(new AttemptHalted(2, null));
    }

    [Fact]
    public void Missing_reports_are_sent_again_from_the_number_that_was_asked_for()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        var call = fixture.Executor.Next();
        call.Report(1);
        call.Report(2);
        call.Report(3);
        manager.ReceiveN(3);

        agent.Tell(new WorkerProtocol.ResendReports(Samples.Lease(1), 2), manager);

        manager.ReceiveN(2).Cast<SearchCommands.ReportMeasurement>().Select(report => report.Seq).ShouldBe([2, 3]);
    }

    [Fact]
    [Trait("Promise", "R04")]
    public void A_stale_lease_is_cancelled_and_forgotten()
    {
        using var fixture = new HostFixture(ignoresCancellation: true);
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        var call = fixture.Executor.Next();
        call.Report(1);
        manager.ExpectMsg<SearchCommands.ReportMeasurement>();

        agent.Tell(new WorkerProtocol.StaleLease(Samples.Lease(1), "Attempt 2 runs elsewhere."), manager);
        AwaitCondition(() => call.Run.Cancellation.IsCancellationRequested);
        call.Report(2);
        call.Finish();

        manager.ExpectMsg<WorkerProtocol.RequestWork>();
        agent.Tell(new AgentMessages.HeartbeatTick(), manager);
        manager.ExpectMsg<WorkerProtocol.WorkerHello>().Held.ShouldBeEmpty();
    }

    [Fact]
    public void A_cancelled_attempt_reports_that_it_halted()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        fixture.Executor.Next().Report(4);
        manager.ExpectMsg<SearchCommands.ReportMeasurement>();

        agent.Tell(new WorkerProtocol.CancelAttempt(Samples.Lease(1), "The search is paused."), manager);

        manager.ExpectMsg<SearchCommands.ReportOutcome>().Outcome.ShouldBe(new AttemptHalted(4, null));
    }

    [Fact]
    public void A_schedulers_decision_in_an_acknowledgement_cancels_the_attempt()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        fixture.Executor.Next().Report(4);
        manager.ExpectMsg<SearchCommands.ReportMeasurement>();

        var stop = new SchedulingDecision(SchedulingAction.Stop, new DecisionReason("Worse than the median."));
        agent.Tell(new WorkerProtocol.ReportAccepted(Samples.Lease(1), 1, stop), manager);

        var report = manager.ExpectMsg<SearchCommands.ReportOutcome>();
        (report.Lease, report.Seq, report.Outcome).ShouldBe((Samples.Lease(1), 2, new AttemptHalted(4, null)));
    }

    [Fact]
    public void Answers_for_leases_that_it_does_not_hold_change_nothing()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        var call = fixture.Executor.Next();

        foreach (var other in new[] { Samples.Lease(9), Samples.Lease(1, attempt: 2) })
        {
            agent.Tell(new WorkerProtocol.ReportAccepted(other, 5), manager);
            agent.Tell(new WorkerProtocol.ResendReports(other, 1), manager);
            agent.Tell(new WorkerProtocol.CancelAttempt(other, "Old."), manager);
            agent.Tell(new WorkerProtocol.StaleLease(other, "Old."), manager);
        }

        agent.Tell(new AgentMessages.HeartbeatTick(), manager);
        manager.ExpectMsg<WorkerProtocol.WorkerHello>().Held.ShouldBe([Samples.Lease(1)]);
        call.Run.Cancellation.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    [Trait("Promise", "R02")]
    public void Results_of_an_earlier_process_go_out_before_the_hello_of_the_new_one()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        fixture.Executor.Next().Finish();
        fixture.Outcome();
        fixture.Restart();
        var manager = CreateTestProbe();

        Start(fixture, manager);

        manager.ExpectMsg<SearchCommands.ReportOutcome>().Lease.ShouldBe(Samples.Lease(1));
        manager.ExpectMsg<WorkerProtocol.WorkerHello>().Held.ShouldBe([Samples.Lease(1)]);
    }

    [Fact]
    [Trait("Promise", "R15")]
    public void After_an_outage_everything_unacknowledged_is_sent_again_at_once()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        fixture.Executor.Next().Report(1);
        manager.ExpectMsg<SearchCommands.ReportMeasurement>();

        fixture.Clock.Advance(TimeSpan.FromSeconds(7));
        Welcome(agent, manager);

        manager.ExpectMsg<SearchCommands.ReportMeasurement>().Seq.ShouldBe(1);
    }

    [Fact]
    [Trait("Promise", "R20")]
    public void A_leave_gives_leases_back_says_goodbye_and_asks_for_nothing()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var requester = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        fixture.Executor.Next().Report(2);
        manager.ExpectMsg<SearchCommands.ReportMeasurement>();
        agent.Tell(new WorkerProtocol.ReportAccepted(Samples.Lease(1), 1), manager);

        agent.Tell(new AgentMessages.Leave(), requester);

        manager.ExpectMsg<SearchCommands.ReleaseLease>().ShouldBe(new(Samples.Lease(1), 2));
        manager.ExpectMsg<WorkerProtocol.WorkerGoodbye>().ShouldBe(new(Samples.Worker, "incarnation-1"));
        requester.ExpectMsg<AgentMessages.Left>();
    }

    [Fact]
    [Trait("Promise", "R20")]
    public void A_leave_does_not_wait_for_ever_for_an_attempt_that_hangs()
    {
        using var fixture = new HostFixture(ignoresCancellation: true);
        var manager = CreateTestProbe();
        var requester = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        var hanging = fixture.Executor.Next();

        agent.Tell(new AgentMessages.Leave(), requester);
        AwaitCondition(() => hanging.Run.Cancellation.IsCancellationRequested);
        fixture.Clock.Advance(Timings.LeaveLimit);
        agent.Tell(new AgentMessages.ResendTick(), manager);

        manager.ExpectMsg<SearchCommands.ReleaseLease>().ShouldBe(new(Samples.Lease(1), 0));
        manager.ExpectMsg<WorkerProtocol.WorkerGoodbye>();
        requester.ExpectMsg<AgentMessages.Left>();
        hanging.Finish();
    }

    [Fact]
    [Trait("Promise", "R20")]
    public void What_halts_when_nobody_hears_is_given_back_by_the_next_process()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        fixture.Executor.Next().Report(2);
        manager.ExpectMsg<SearchCommands.ReportMeasurement>();
        Sys.Stop(agent);
        fixture.Host.BeginShutdown();
        fixture.WaitUntil(host => host.Stopped.IsCompleted);

        fixture.Restart();
        Start(fixture, manager);

        manager.FishForMessage<SearchCommands.ReportMeasurement>(_ => true).Measurement.Resource.ShouldBe(2);
        var end = manager.FishForMessage<SearchCommands.ReportOutcome>(_ => true);
        end.Lease.ShouldBe(Samples.Lease(1));
        end.Outcome.ShouldBe(new AttemptHalted(2, null));
        manager.FishForMessage<WorkerProtocol.WorkerHello>(_ => true).Held.ShouldBe([Samples.Lease(1)]);
    }

    [Fact]
    [Trait("Promise", "R20")]
    public void The_next_process_tells_that_the_one_before_ended_in_order_and_not_before_its_work_had_ended()
    {
        using var fixture = new HostFixture(ignoresCancellation: true);
        var manager = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        var call = fixture.Executor.Next();
        Sys.Stop(agent);
        fixture.Host.BeginShutdown();
        File.Exists(fixture.ExitsFile).ShouldBeFalse("its attempt has not ended");

        call.Finish();
        fixture.WaitUntil(host => host.Stopped.IsCompleted);
        fixture.Restart();
        Start(fixture, manager);

        manager.FishForMessage<WorkerProtocol.WorkerHello>(_ => true).CleanExits.ShouldBe([Samples.Description(1).Incarnation]);
    }

    [Fact]
    public void A_process_that_was_killed_is_not_told_of_as_ended_in_order()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        Assign(StartWelcomed(fixture, manager), manager, Samples.Group(1));
        fixture.Executor.Next();

        fixture.Restart();
        Start(fixture, manager);

        manager.FishForMessage<WorkerProtocol.WorkerHello>(_ => true).CleanExits.ShouldBeNull();
    }

    [Fact]
    public void What_the_coordinator_heard_at_the_end_it_may_not_have_written_so_the_next_process_has_it()
    {
        using var fixture = new HostFixture();
        var manager = CreateTestProbe();
        var requester = CreateTestProbe();
        var agent = StartWelcomed(fixture, manager);
        Assign(agent, manager, Samples.Group(1));
        fixture.Executor.Next();
        agent.Tell(new AgentMessages.Leave(), requester);
        manager.FishForMessage<WorkerProtocol.WorkerGoodbye>(_ => true);
        requester.ExpectMsg<AgentMessages.Left>();

        fixture.Stop();

        OutcomeOutbox.Open(Path.GetDirectoryName(fixture.OutboxFile)!, NullLogger.Instance).Restored
            .ShouldHaveSingleItem().Outcome.Outcome.ShouldBe(new AttemptHalted(0, null));
    }

    /// <summary>Proves that nothing was sent before: the next message is the answer to a tick of our own.</summary>
    private static void Fence(IActorRef agent, Akka.TestKit.TestProbe manager)
    {
        agent.Tell(new AgentMessages.HeartbeatTick(), manager);
        manager.ExpectMsg<WorkerProtocol.WorkerHello>();
    }
}
