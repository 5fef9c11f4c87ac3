using System.Collections.Concurrent;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Execution;

public sealed class AttemptHostTests
{
    [Fact]
    public void An_attempt_runs_on_a_thread_of_its_own_and_its_reports_wait_for_acknowledgement()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1)).ShouldBe(StartResult.Started);
        var call = fixture.Executor.Next();
        call.Report(1);
        call.Finish();

        fixture.Outcome().Seq.ShouldBe(2);

        call.Thread!.IsThreadPoolThread.ShouldBeFalse();
        fixture.Host.Pending(10).Select(report => report.Seq).ShouldBe([1, 2]);
    }

    [Fact]
    public void A_group_runs_one_after_the_other_on_one_slot()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1, 2));
        var first = fixture.Executor.Next();

        fixture.Executor.HasStartedNone.ShouldBeTrue();
        fixture.Host.FreeSlots.ShouldBe(0);
        fixture.Host.Held.ShouldBe([Samples.Lease(1), Samples.Lease(2)], ignoreOrder: true);
        first.Finish();
        var second = fixture.Executor.Next();

        (first.Lease, second.Lease).ShouldBe((Samples.Lease(1), Samples.Lease(2)));
        fixture.Host.FreeSlots.ShouldBe(0);
        second.Finish();
        fixture.WaitUntil(host => host.FreeSlots == 1);
    }

    [Fact]
    public void More_groups_than_slots_are_not_taken()
    {
        using var fixture = new HostFixture(slots: 2);

        var results = new[] { 1, 2, 3 }.Select(trial => fixture.Host.TryStart(Samples.Group(trial)));

        results.ShouldBe([StartResult.Started, StartResult.Started, StartResult.NoFreeSlot]);
    }

    [Fact]
    public void A_lease_that_is_held_or_was_just_acknowledged_is_not_run_again()
    {
        using var fixture = new HostFixture(slots: 2);
        fixture.Host.TryStart(Samples.Group(1));

        fixture.Host.TryStart(Samples.Group(1)).ShouldBe(StartResult.AlreadyHeld);
        fixture.Executor.Next().Finish();
        fixture.Host.Acknowledge(Samples.Lease(1), fixture.Outcome().Seq);

        fixture.Host.Held.ShouldBeEmpty();
        fixture.Host.TryStart(Samples.Group(1)).ShouldBe(StartResult.AlreadyHeld);
    }

    [Fact]
    public void A_cancelled_attempt_reports_that_it_halted_before_its_slot_is_free()
    {
        using var fixture = new HostFixture();
        var halted = new ConcurrentQueue<bool>();
        using var watch = fixture.Host.Subscribe(
            () => halted.Enqueue(fixture.Host.FreeSlots == 0 || fixture.Host.Pending(10).Any(r => r.Outcome is AttemptHalted)));
        fixture.Host.TryStart(Samples.Group(1));
        var call = fixture.Executor.Next();
        call.Report(3);
        fixture.WaitUntil(host => host.Pending(10).Count == 1);

        fixture.Host.Cancel(Samples.Lease(1));

        fixture.Outcome().Outcome.ShouldBe(new AttemptHalted(3, null));
        fixture.WaitUntil(host => host.FreeSlots == 1);
        halted.ShouldAllBe(isInOrder => isInOrder);
    }

    [Fact]
    public async Task An_attempt_that_waits_for_a_decision_ends_with_its_worker()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Patient(1));
        fixture.Executor.Next().Report(1);
        fixture.WaitUntil(host => host.Pending(10).Count == 1);

        fixture.Host.BeginShutdown();

        await fixture.Host.Stopped.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        fixture.Host.TakeReleased().ShouldHaveSingleItem().Lease.ShouldBe(Samples.Lease(1));
    }

    [Fact]
    public void A_cancelled_attempt_that_waits_for_its_turn_halts_at_once_and_never_runs()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(new AssignmentGroup([Samples.Trial(1), Samples.Trial(2, fromResource: 5)]));
        var first = fixture.Executor.Next();

        fixture.Host.Cancel(Samples.Lease(2));

        fixture.Outcome().Outcome.ShouldBe(new AttemptHalted(5, null));
        first.Finish();
        fixture.WaitUntil(host => host.FreeSlots == 1);
        fixture.Executor.HasStartedNone.ShouldBeTrue();
    }

    [Fact]
    [Trait("Promise", "R22")]
    public void An_executor_that_throws_costs_one_attempt_only()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        fixture.Executor.Next().Throw(new InvalidOperationException("boom"));

        var failure = fixture.Outcome().Outcome.ShouldBeOfType<AttemptFailed>().Failure;

        failure.Kind.ShouldBe(TrialFailureKind.WorkloadError);
        failure.Message.ShouldBe("InvalidOperationException: boom");
        fixture.WaitUntil(host => host.FreeSlots == 1);
        fixture.Host.TryStart(Samples.Group(2)).ShouldBe(StartResult.Started);
        fixture.Executor.Next().Lease.ShouldBe(Samples.Lease(2));
    }

    [Fact]
    [Trait("Promise", "R22")]
    public void An_executor_that_hangs_keeps_its_slot_and_the_others_go_on()
    {
        using var fixture = new HostFixture(slots: 2, ignoresCancellation: true);
        fixture.Host.TryStart(Samples.Group(1));
        var hanging = fixture.Executor.Next();

        fixture.Host.Cancel(Samples.Lease(1));

        fixture.Host.FreeSlots.ShouldBe(1);
        fixture.Host.TryStart(Samples.Group(2)).ShouldBe(StartResult.Started);
        fixture.Executor.Next().Finish();
        fixture.Outcome().Lease.ShouldBe(Samples.Lease(2));
        hanging.Finish();
    }

    [Fact]
    public void A_forgotten_attempt_is_cancelled_and_says_nothing_more()
    {
        using var fixture = new HostFixture(ignoresCancellation: true);
        fixture.Host.TryStart(Samples.Group(1));
        var call = fixture.Executor.Next();
        call.Report(1);
        fixture.WaitUntil(host => host.Pending(10).Count == 1);

        fixture.Host.Forget(Samples.Lease(1));

        call.Run.Cancellation.IsCancellationRequested.ShouldBeTrue();
        fixture.Host.Held.ShouldBeEmpty();
        call.Report(2);
        call.Finish();
        fixture.WaitUntil(host => host.FreeSlots == 1);
        fixture.Host.Pending(10).ShouldBeEmpty();
    }

    [Fact]
    public void A_measurement_after_the_end_of_its_attempt_is_dropped()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        var call = fixture.Executor.Next();
        call.Finish();
        fixture.Outcome();

        call.Run.Report(Samples.Measurement(9));

        fixture.Host.Pending(10).ShouldHaveSingleItem().Outcome.ShouldNotBeNull();
    }

    [Fact]
    [Trait("Promise", "R02")]
    public void An_unacknowledged_outcome_survives_the_death_of_the_process_with_its_lease_and_numbers()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        var call = fixture.Executor.Next();
        call.Report(1);
        call.Finish(Samples.Completed(0.25));
        fixture.Outcome();
        var before = fixture.Host.Pending(10).Select(report => report.ToCommand(null)).ToArray();

        fixture.Restart();

        fixture.Host.Held.ShouldBe([Samples.Lease(1)]);
        fixture.Host.Pending(10).Select(report => report.ToCommand(null)).ShouldBe(before);
    }

    [Fact]
    [Trait("Promise", "R03")]
    public void An_acknowledged_outcome_is_not_sent_again_after_the_next_attempt_wrote_its_own()
    {
        using var fixture = new HostFixture();
        foreach (var trial in new[] { 1, 2 })
        {
            fixture.Host.TryStart(Samples.Group(trial));
            fixture.Executor.Next().Finish();
            var outcome = fixture.Outcome();
            fixture.WaitUntil(host => host.FreeSlots == 1);
            if (trial == 1)
            {
                fixture.Host.Acknowledge(outcome.Lease, outcome.Seq);
            }
        }

        fixture.Restart();

        fixture.Host.Held.ShouldBe([Samples.Lease(2)]);
    }

    [Fact]
    [Trait("Promise", "R20")]
    public void A_shutdown_gives_unfinished_leases_back_with_the_level_of_their_checkpoint()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(new AssignmentGroup([Samples.Trial(1), Samples.Trial(2, fromResource: 5)]));
        var call = fixture.Executor.Next();
        call.Report(3);
        fixture.WaitUntil(host => host.Pending(10).Count == 1);

        fixture.Host.BeginShutdown();
        fixture.WaitUntil(host => host.Stopped.IsCompleted);

        fixture.Host.TakeReleased().ShouldBe([new(Samples.Lease(2), 5), new(Samples.Lease(1), 3)]);
        fixture.Host.TryStart(Samples.Group(3)).ShouldBe(StartResult.NoFreeSlot);
    }
}
