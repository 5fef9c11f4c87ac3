using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Execution;

[Trait("Promise", "R22")]
public sealed class HangTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static AssignmentGroup Limited(int trial) =>
        new([Samples.Trial(trial) with { Plan = Samples.Trial(trial).Plan with { TrialTime = Limit } }]);

    [Fact]
    public async Task A_trial_that_ignores_its_time_limit_counts_as_timed_out_and_its_process_is_to_end()
    {
        using var fixture = new HostFixture(slots: 2, ignoresCancellation: true);
        fixture.Host.TryStart(Limited(1));
        var hanging = fixture.Executor.Next();

        fixture.Clock.Advance(Limit);
        fixture.Clock.Advance(HostFixture.HangLimit);

        fixture.Outcome().Outcome.ShouldBeOfType<AttemptFailed>().Failure.Kind.ShouldBe(TrialFailureKind.Timeout);
        (await fixture.Host.Hung).ShouldContain("trial-1 of search digits: it ran longer than its time limit");
        hanging.Finish();
    }

    [Fact]
    public void A_trial_that_ignores_its_cancellation_counts_as_halted()
    {
        using var fixture = new HostFixture(ignoresCancellation: true);
        fixture.Host.TryStart(Samples.Group(1));
        var hanging = fixture.Executor.Next();

        fixture.Host.Cancel(Samples.Lease(1)).ShouldBeTrue();
        fixture.Host.Cancel(Samples.Lease(1)).ShouldBeFalse("the coordinator repeats it with each hello, and the log tells it once");
        fixture.Clock.Advance(HostFixture.HangLimit);

        var halted = fixture.Outcome().Outcome.ShouldBeOfType<AttemptHalted>();
        (halted.Resource, halted.Result, halted.Failure!.Kind).ShouldBe((0, null, TrialFailureKind.Timeout));
        halted.Failure.Message.ShouldStartWith("The attempt hangs: it was cancelled and did not end within 30 s");
        var warning = fixture.Host.Pending(10).Select(report => report.Warning).OfType<WorkWarning>().ShouldHaveSingleItem();
        (warning.Code, warning.Text.EndsWith("Let the workload look at its cancellation token.", StringComparison.Ordinal))
            .ShouldBe(("SC5200", true), warning.Text);
        fixture.Host.Hung.IsCompleted.ShouldBeTrue();
        hanging.Finish();
    }

    [Fact]
    public void The_other_trials_of_the_process_are_given_back_and_the_host_does_not_wait_for_the_hanging_one()
    {
        using var fixture = new HostFixture(slots: 2, ignoresCancellation: true);
        fixture.Host.TryStart(Limited(1));
        var hanging = fixture.Executor.Next();
        fixture.Host.TryStart(Samples.Group(2));
        var other = fixture.Executor.Next();
        fixture.Clock.Advance(Limit);
        fixture.Clock.Advance(HostFixture.HangLimit);

        fixture.Host.BeginShutdown();
        other.Finish(new AttemptHalted(3, null));

        fixture.WaitUntil(host => host.Stopped.IsCompleted);
        fixture.Host.TakeReleased().ShouldHaveSingleItem().Resource.ShouldBe(3);
        fixture.Outcome().Lease.ShouldBe(Samples.Lease(1));
        hanging.Finish();
    }

    [Fact]
    public void A_trial_that_is_late_but_gives_signs_of_life_does_not_hang()
    {
        using var fixture = new HostFixture(ignoresCancellation: true);
        fixture.Host.TryStart(Limited(1));
        var slow = fixture.Executor.Next();
        fixture.Clock.Advance(Limit);

        for (var step = 1; step <= 5; step++)
        {
            slow.Report(step);
            fixture.WaitUntil(host => host.Pending(10).Count == step);
            fixture.Clock.Advance(HostFixture.HangLimit - TimeSpan.FromSeconds(1));
        }

        fixture.Host.Hung.IsCompleted.ShouldBeFalse();
        slow.Finish();
    }

    [Fact]
    public void A_trial_without_a_limit_that_nobody_cancelled_may_be_silent_for_days()
    {
        using var fixture = new HostFixture();
        fixture.Host.TryStart(Samples.Group(1));
        var slow = fixture.Executor.Next();

        fixture.Clock.Advance(TimeSpan.FromDays(3));

        fixture.Host.Hung.IsCompleted.ShouldBeFalse();
        slow.Finish();
    }
}
