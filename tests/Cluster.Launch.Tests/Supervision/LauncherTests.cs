using System.Diagnostics;
using SearchCluster.Launch.Processes;
using SearchCluster.Launch.Supervision;

namespace SearchCluster.Launch.Tests.Supervision;

public sealed class LauncherTests : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _now = new();
    private readonly Recorder _told = new();

    public LauncherTests() => Script.SkipWithoutShell();

    public void Dispose()
    {
        _end.Dispose();
        _now.Dispose();
    }

    [Fact]
    public async Task The_coordinator_is_ready_before_a_worker_starts_and_ends_after_all_of_them()
    {
        var launcher = Launcher(Script.GoodCoordinator, Script.Plan("w1", Script.Good), Script.Plan("w2", Script.Good));
        var run = launcher.RunAsync(_end.Token, _now.Token);

        (await launcher.Ready).ShouldBe(new LaunchReady("http://127.0.0.1:1", "127.0.0.1:2", 2));
        await _end.CancelAsync();
        await run;

        var phases = _told.Changes.Select(change => (change.View.Name, change.View.Phase)).ToList();
        phases.IndexOf(("coordinator", ProcessPhase.Ready)).ShouldBeLessThan(phases.IndexOf(("w1", ProcessPhase.Starting)));
        phases.IndexOf(("w1", ProcessPhase.Ended)).ShouldBeLessThan(phases.IndexOf(("coordinator", ProcessPhase.Ending)));
        phases.IndexOf(("w2", ProcessPhase.Ended)).ShouldBeLessThan(phases.IndexOf(("coordinator", ProcessPhase.Ending)));
        phases[^1].ShouldBe(("coordinator", ProcessPhase.Ended));
    }

    [Fact]
    public async Task What_is_killed_is_told_with_its_last_lines_and_started_again()
    {
        var launcher = Launcher(Script.GoodCoordinator, Script.Plan("w1", "echo terminate called >&2; " + Script.Good));
        var run = launcher.RunAsync(_end.Token, _now.Token);
        await launcher.Ready;

        Kill(_told.Changes.Single(change => change.View is { Name: "w1", Phase: ProcessPhase.Ready }).View.Pid!.Value);

        var (view, end, wait) = await _told.WaitAsync(view => view is { Name: "w1", Phase: ProcessPhase.Waiting });
        (end!.Signal, wait, view.Restarts).ShouldBe((9, TimeSpan.FromSeconds(1), 1));
        view.LastEnd!.ShouldStartWith("was ended by signal 9 (SIGKILL)");
        end.LastLines.ShouldBe(["terminate called"]);
        await _told.WaitAsync(view => view is { Name: "w1", Phase: ProcessPhase.Ready, Restarts: 1 });
        _told.PhasesOf("coordinator").ShouldBe([ProcessPhase.Starting, ProcessPhase.Ready]);
        await EndAsync(run);
    }

    [Fact]
    public async Task What_is_started_again_is_told_how_the_process_before_it_ended()
    {
        const string Tells = "echo \"before: ${SEARCHCLUSTER_FORMER_END:-nothing}\" >&2; echo terminate called >&2; ";
        var launcher = Launcher(Script.GoodCoordinator, Script.Plan("w1", Tells + Script.Good));
        var run = launcher.RunAsync(_end.Token, _now.Token);
        await launcher.Ready;

        Kill(_told.Changes.Single(change => change.View is { Name: "w1", Phase: ProcessPhase.Ready }).View.Pid!.Value);

        var (_, first, _) = await _told.WaitAsync(view => view is { Name: "w1", Phase: ProcessPhase.Waiting });
        first!.LastLines[0].ShouldBe("before: nothing");
        var again = (await _told.WaitAsync(view => view is { Name: "w1", Phase: ProcessPhase.Ready, Restarts: 1 })).View;
        Kill(again.Pid!.Value);
        var (_, second, _) = await _told.WaitAsync(view => view is { Name: "w1", Phase: ProcessPhase.Waiting, Restarts: 2 });
        second!.LastLines[0].ShouldStartWith("before: was ended by signal 9 (SIGKILL) after ");
        second.LastLines.Skip(1).ShouldBe(["before: nothing", "terminate called", "terminate called"]);
        await EndAsync(run);
    }

    [Fact]
    public async Task A_coordinator_that_dies_comes_back_while_its_workers_go_on()
    {
        var launcher = Launcher(Script.GoodCoordinator, Script.Plan("w1", Script.Good));
        var run = launcher.RunAsync(_end.Token, _now.Token);
        await launcher.Ready;

        Kill(_told.Changes.Single(change => change.View is { Name: "coordinator", Phase: ProcessPhase.Ready }).View.Pid!.Value);

        await _told.WaitAsync(view => view is { Name: "coordinator", Phase: ProcessPhase.Ready, Restarts: 1 });
        _told.PhasesOf("w1").ShouldBe([ProcessPhase.Starting, ProcessPhase.Ready]);
        await EndAsync(run);
    }

    [Fact]
    public async Task An_end_that_another_start_would_repeat_is_final_and_the_others_go_on()
    {
        var launcher = Launcher(
            Script.GoodCoordinator, Script.Plan("w1", "exit 11", ProcessRole.Worker, 11), Script.Plan("w2", Script.Good));
        var run = launcher.RunAsync(_end.Token, _now.Token);

        (await launcher.Ready).Workers.ShouldBe(1);
        _told.PhasesOf("w1").ShouldBe([ProcessPhase.Starting, ProcessPhase.Failed]);
        await EndAsync(run);
    }

    [Fact]
    public async Task What_was_ready_is_started_again_whatever_it_ended_with_unless_that_is_always_final()
    {
        var ready = """echo '{"schema":"searchcluster/worker@1"}'; exit 11""";
        var launcher = Launcher(
            Script.GoodCoordinator,
            Script.Plan("w1", ready, ProcessRole.Worker, 11),
            Script.Plan("w2", ready) with { AlwaysFinalExitCodes = new HashSet<int> { 11 } });
        var run = launcher.RunAsync(_end.Token, _now.Token);

        await _told.WaitAsync(view => view is { Name: "w1", Phase: ProcessPhase.Waiting });
        await _told.WaitAsync(view => view is { Name: "w2", Phase: ProcessPhase.Failed });
        await EndAsync(run);
    }

    [Fact]
    public async Task A_coordinator_that_never_gets_ready_ends_the_launch_with_what_it_said()
    {
        var launcher = Launcher("echo noise >&2; echo 'error SC2002: the folder is taken' >&2; echo '  help: stop it' >&2; exit 7");

        var failure = await Should.ThrowAsync<LaunchException>(launcher.RunAsync(_end.Token, _now.Token));

        failure.ExitCode.ShouldBe(7);
        failure.Message.ShouldStartWith("The coordinator did not start: it ended with exit code 7 after ");
        failure.Message.ShouldEndWith("It said:\n  error SC2002: the folder is taken\n    help: stop it");
        _told.PhasesOf("w1").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_launch_whose_only_worker_cannot_work_ends_and_takes_the_coordinator_along()
    {
        var launcher = Launcher(Script.GoodCoordinator, Script.Plan("w1", "echo no device >&2; exit 11", ProcessRole.Worker, 11));

        var failure = await Should.ThrowAsync<LaunchException>(launcher.RunAsync(_end.Token, _now.Token));

        failure.ExitCode.ShouldBe(11);
        failure.Message.ShouldContain("The worker w1 did not start");
        failure.Message.ShouldContain("no device");
        _told.PhasesOf("coordinator")[^1].ShouldBe(ProcessPhase.Ended);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_an_error_with_its_name()
    {
        var launcher = new Launcher(
            new LaunchPlan
            {
                Coordinator = Script.Plan("coordinator", "", ProcessRole.Coordinator) with { FileName = "/searchcluster/no-such-program" },
                Workers = [Script.Plan("w1", Script.Good)],
            },
            _told,
            TimeProvider.System);

        var failure = await Should.ThrowAsync<LaunchException>(launcher.RunAsync(_end.Token, _now.Token));

        failure.Message.ShouldContain("/searchcluster/no-such-program cannot be started as coordinator");
    }

    [Fact]
    public async Task What_does_not_end_in_time_is_killed()
    {
        var launcher = Launcher(
            Script.GoodCoordinator,
            TimeSpan.FromMilliseconds(200),
            Script.Plan("w1", """echo '{"schema":"searchcluster/worker@1"}'; sleep 600"""));
        var run = launcher.RunAsync(_end.Token, _now.Token);
        await launcher.Ready;
        await _end.CancelAsync();
        await run;

        var (_, end, _) = await _told.WaitAsync(view => view is { Name: "w1", Phase: ProcessPhase.Ended });
        end!.Signal.ShouldBe(9);
    }

    [Fact]
    public async Task A_second_wish_ends_all_at_once()
    {
        var launcher = Launcher(Script.GoodCoordinator, Script.Plan("w1", """echo '{"schema":"searchcluster/worker@1"}'; sleep 600"""));
        var run = launcher.RunAsync(_end.Token, _now.Token);
        await launcher.Ready;
        await _end.CancelAsync();
        await _now.CancelAsync();
        await run;

        (await _told.WaitAsync(view => view is { Name: "w1", Phase: ProcessPhase.Ended })).End!.Signal.ShouldBe(9);
    }

    [Fact]
    public async Task A_process_that_waits_for_its_next_start_is_not_started_again_after_the_end()
    {
        var launcher = Launcher(Script.GoodCoordinator, Script.Plan("w1", "exit 1"), Script.Plan("w2", Script.Good));
        var run = launcher.RunAsync(_end.Token, _now.Token);
        await _told.WaitAsync(view => view is { Name: "w1", Phase: ProcessPhase.Waiting, Restarts: 2 });
        await EndAsync(run);

        _told.PhasesOf("w1")[^1].ShouldBe(ProcessPhase.Ended);
        launcher.Ready.IsCanceled.ShouldBeTrue();
    }

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    [Fact]
    public async Task A_machine_whose_coordinator_is_elsewhere_starts_workers_alone()
    {
        var launcher = new Launcher(
            new LaunchPlan
            {
                Elsewhere = new("https://10.0.0.5:8642", "10.0.0.5:8643"),
                Workers = [Script.Plan("w1", Script.Good), Script.Plan("w2", "exit 11", ProcessRole.Worker, 11)],
            },
            _told,
            TimeProvider.System);
        var run = launcher.RunAsync(_end.Token, _now.Token);

        (await launcher.Ready).ShouldBe(new LaunchReady("https://10.0.0.5:8642", "10.0.0.5:8643", 1));
        await EndAsync(run);

        _told.Changes.Select(change => change.View.Name).Distinct().Order().ShouldBe(["w1", "w2"]);
        _told.PhasesOf("w1")[^1].ShouldBe(ProcessPhase.Ended);
    }

    [Fact]
    public async Task A_coordinator_for_the_workers_of_other_machines_needs_none_of_its_own()
    {
        var launcher = new Launcher(
            new LaunchPlan { Coordinator = Script.Plan("coordinator", Script.GoodCoordinator, ProcessRole.Coordinator), Workers = [] },
            _told,
            TimeProvider.System);
        var run = launcher.RunAsync(_end.Token, _now.Token);

        (await launcher.Ready).Workers.ShouldBe(0);
        run.IsCompleted.ShouldBeFalse();
        await EndAsync(run);

        _told.PhasesOf("coordinator")[^1].ShouldBe(ProcessPhase.Ended);
    }

    private Launcher Launcher(string coordinator, params ProcessPlan[] workers) =>
        Launcher(coordinator, TimeSpan.FromSeconds(24), workers);

    private Launcher Launcher(string coordinator, TimeSpan workerEndLimit, params ProcessPlan[] workers) => new(
        new LaunchPlan
        {
            Coordinator = Script.Plan("coordinator", coordinator, ProcessRole.Coordinator),
            Workers = workers.Length > 0 ? workers : [Script.Plan("w1", Script.Good)],
            WorkerEndLimit = workerEndLimit,
        },
        _told,
        TimeProvider.System);

    private async Task EndAsync(Task run)
    {
        await _end.CancelAsync();
        await run;
    }
}
