using System.Diagnostics;
using SearchCluster.GpuWorker.Tests.Fakes;

namespace SearchCluster.GpuWorker.Tests.Execution;

/// <summary>The limit of memory of a trial: what names it, what asks it to end, and what is told where nobody can say.</summary>
public sealed class MemoryLimitTests
{
    private const long Gibibyte = 1L << 30;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_trial_that_holds_more_than_its_limit_fails_with_limit_and_amount()
    {
        using var fixture = Fixture(used: 3 * Gibibyte);
        Start(fixture, Samples.Bounded(1, 2 * Gibibyte));

        fixture.Memory.Used += (2 * Gibibyte) + (Gibibyte / 2);
        fixture.Clock.Advance(Second);

        var failure = fixture.Outcome().Outcome.ShouldBeOfType<AttemptFailed>().Failure;
        failure.Kind.ShouldBe(TrialFailureKind.MemoryLimit);
        failure.Message.ShouldBe(
            "SC5201 The trial used more memory than it may: it held 2.5 GiB, and resources.perTrial.memory is 2 GiB. Search smaller "
                + "batches or networks, or raise the limit.");
    }

    [Fact]
    public void What_the_process_held_before_and_what_it_has_freed_does_not_count()
    {
        using var fixture = Fixture(used: 50 * Gibibyte);
        var trial = Start(fixture, Samples.Bounded(1, 2 * Gibibyte));

        fixture.Memory.Used += Gibibyte;
        fixture.Memory.Kept = 5 * Gibibyte;
        fixture.Clock.Advance(Second);
        trial.Finish();

        fixture.Outcome().Outcome.ShouldBeOfType<AttemptCompleted>();
    }

    [Fact]
    public void What_an_earlier_trial_has_freed_hides_nothing_of_the_next_one()
    {
        using var fixture = Fixture(used: 3 * Gibibyte);
        fixture.Memory.Kept = 5 * Gibibyte;
        Start(fixture, Samples.Bounded(1, 2 * Gibibyte));

        fixture.Memory.Used += 3 * Gibibyte;
        fixture.Clock.Advance(Second);

        fixture.Outcome().Outcome.ShouldBeOfType<AttemptFailed>().Failure.Kind.ShouldBe(TrialFailureKind.MemoryLimit);
    }

    [Fact]
    public async Task A_trial_that_ignores_its_limit_fails_by_it_and_its_process_is_to_end()
    {
        using var fixture = Fixture(ignoresCancellation: true);
        var hanging = Start(fixture, Samples.Bounded(1, Gibibyte));

        fixture.Memory.Used += 2 * Gibibyte;
        fixture.Clock.Advance(Second);
        fixture.Clock.Advance(HostFixture.HangLimit);

        fixture.Outcome().Outcome.ShouldBeOfType<AttemptFailed>().Failure.Kind.ShouldBe(TrialFailureKind.MemoryLimit);
        (await fixture.Host.Hung).ShouldContain("it held more memory than its limit and did not end within 30 s");
        hanging.Finish();
    }

    [Fact]
    public void Of_several_trials_one_goes_on_alone_and_the_others_are_given_back_without_blame()
    {
        using var fixture = Fixture(slots: 2);
        Start(fixture, Samples.Bounded(1, Gibibyte));
        var last = Start(fixture, Samples.Bounded(2, Gibibyte));

        fixture.Memory.Used += 3 * Gibibyte;
        fixture.Clock.Advance(Second);

        var released = new List<LeaseKey>();
        fixture.WaitUntil(host => { released.AddRange(host.TakeReleased().Select(lease => lease.Lease)); return released.Count == 1; });
        released.ShouldBe([Samples.Lease(1)]);
        fixture.Host
            .Pending(10)
            .ShouldContain(report => report.Lease == Samples.Lease(2) && report.Warning!.Code == CommandCodes.MemoryNotHeld);
        fixture.Host.TryStart(Samples.Bounded(3, Gibibyte)).ShouldBe(GpuWorker.Execution.StartResult.NoFreeSlot);

        // The other one took the memory along, so this one was within its limit.
        fixture.Memory.Used -= 2 * Gibibyte;
        fixture.Clock.Advance(Second);
        last.Finish();
        fixture.Outcome().Outcome.ShouldBeOfType<AttemptCompleted>();
        fixture.WaitUntil(host => host.FreeSlots == 2);
    }

    [Fact]
    public void The_one_that_goes_on_alone_fails_when_it_was_the_one()
    {
        using var fixture = Fixture(slots: 2);
        Start(fixture, Samples.Bounded(1, Gibibyte));
        Start(fixture, Samples.Bounded(2, Gibibyte));
        fixture.Memory.Used += 3 * Gibibyte;
        fixture.Clock.Advance(Second);
        fixture.WaitUntil(host => host.TakeReleased().Count == 1);

        fixture.Clock.Advance(Second);

        fixture.Outcome().Lease.ShouldBe(Samples.Lease(2));
        fixture.Outcome().Outcome.ShouldBeOfType<AttemptFailed>().Failure.Kind.ShouldBe(TrialFailureKind.MemoryLimit);
    }

    [Fact]
    public void A_program_names_its_trial_also_beside_others_and_ends_with_all_that_it_started()
    {
        using var fixture = Fixture(slots: 2);
        var other = Start(fixture, Samples.Bounded(1, Gibibyte));
        var trial = Start(fixture, Samples.Bounded(2, Gibibyte));
        using var program = StartProgram(trial);

        fixture.Memory.Programs[program.Id] = 3 * Gibibyte;
        fixture.Memory.Used += 3 * Gibibyte;
        fixture.Clock.Advance(Second);

        program.WaitForExit(Patience.Limit).ShouldBeTrue();
        fixture.Outcome().Lease.ShouldBe(Samples.Lease(2));
        fixture.Outcome().Outcome.ShouldBeOfType<AttemptFailed>().Failure.Message.ShouldContain("its programs held 3 GiB");
        other.Finish();
    }

    [Fact]
    public void A_trial_that_waits_for_a_program_which_ignores_its_end_costs_no_process()
    {
        using var fixture = Fixture(ignoresCancellation: true);
        var trial = Start(fixture, Samples.Group(1));
        using var program = StartProgram(trial);
        trial.Do(_ => program.WaitForExit());
        trial.Finish(new AttemptHalted(0, null));

        fixture.Host.Cancel(Samples.Lease(1));
        fixture.Clock.Advance(HostFixture.HangLimit);

        fixture.Outcome().Outcome.ShouldBe(new AttemptHalted(0, null));
        fixture.Host.Hung.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void A_program_does_not_outlive_its_trial()
    {
        using var fixture = Fixture();
        var trial = Start(fixture, Samples.Group(1));
        using var program = StartProgram(trial);

        trial.Finish();

        program.WaitForExit(Patience.Limit).ShouldBeTrue();
    }

    [Fact]
    public void Beside_work_without_a_limit_a_limit_cannot_hold_and_that_is_told_once()
    {
        using var fixture = Fixture(slots: 2);
        Start(fixture, Samples.Group(1));
        Start(fixture, Samples.Bounded(2, Gibibyte));

        fixture.Memory.Used += 3 * Gibibyte;
        fixture.Clock.Advance(Second);
        fixture.Clock.Advance(Second);

        fixture.Host.Pending(10).ShouldHaveSingleItem().Warning!.ShouldSatisfyAllConditions(
            warning => warning.Code.ShouldBe(CommandCodes.MemoryNotHeld),
            warning => warning.Text.ShouldContain(
                "The limit of 1 GiB for a trial holds for its programs only while other work without a limit runs in the same process."));
    }

    [Fact]
    public void A_limit_above_what_the_machine_has_is_told()
    {
        using var fixture = Fixture(memory: new() { AvailableBytes = 16 * Gibibyte });

        Start(fixture, Samples.Bounded(1, 64 * Gibibyte));

        fixture.Host.Pending(10).ShouldHaveSingleItem().Warning!.Text.ShouldContain(
            "resources.perTrial.memory is 64 GiB, but this worker's machine has 16 GiB");
    }

    [Fact]
    public void A_worker_that_cannot_measure_says_so()
    {
        using var fixture = Fixture(memory: new() { IsUnreadable = true });

        Start(fixture, Samples.Bounded(1, Gibibyte));

        fixture.Host.Pending(10).ShouldHaveSingleItem().Warning!.Text.ShouldContain("does not hold on this worker");
    }

    private static HostFixture Fixture(int slots = 1, bool ignoresCancellation = false, long used = 0, FakeMemory? memory = null) =>
        new(slots, ignoresCancellation, memory: memory ?? new FakeMemory { Used = used });

    private static ScriptedExecutor.Call Start(HostFixture fixture, AssignmentGroup group)
    {
        fixture.Host.TryStart(group).ShouldBe(GpuWorker.Execution.StartResult.Started);
        return fixture.Executor.Next();
    }

    // A program that reads what never comes.
    private static Process StartProgram(ScriptedExecutor.Call trial)
    {
        var started = new TaskCompletionSource<Process>();
        trial.Do(context => started.SetResult(context.Start(new ProcessStartInfo(OperatingSystem.IsWindows()
            ? "more.com"
            : "cat")
        { RedirectStandardInput = true, RedirectStandardOutput = true })));
        return started.Task.Patiently().GetAwaiter().GetResult();
    }
}
