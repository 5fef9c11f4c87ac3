using System.Text.Json;

namespace SearchCluster.Integration.Tests.Launching;

/// <summary>A run whose coordinator and workers are processes of their own.</summary>
[Trait("Category", "Integration")]
public sealed class RunWithProcessesTests : IAsyncDisposable
{
    private const string Search = "launched";
    private readonly Deployment _deployment = new();

    public RunWithProcessesTests() => Assert.SkipUnless(Signals.AreAvailable, "Signals with the numbers of Linux.");

    public ValueTask DisposeAsync() => _deployment.DisposeAsync();

    [Fact]
    [Trait("Promise", "R02")]
    public async Task A_run_goes_on_when_each_of_its_processes_is_killed_and_finds_what_a_quiet_one_finds()
    {
        await using var quiet = new Deployment();
        (await quiet.RunAsync("run", Spec(quiet), "--slots", "4", "--port", "0")).ShouldExitWith(0);
        var run = _deployment.Start("run", "run", Spec(_deployment), "--workers", "2", "--slots", "1", "--port", "0", "--json");
        await _deployment.UntilAsync(() => _deployment.EventCount(Search) > 10, "trials run", run);

        foreach (var number in new[] { 1, 0, 2 })
        {
            var (name, pid) = Processes()[number];
            var before = _deployment.EventCount(Search);
            ProcessNumbers.Kill(pid);
            await _deployment.UntilAsync(
                () => Processes()[number] is var now && now.Pid is not 0 && now.Pid != pid, $"{name} is back", run);
            await _deployment.UntilAsync(() => _deployment.EventCount(Search) > before, "the search goes on", run);
        }

        (await run.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(_deployment.Describe());
        run.ExitCode.ShouldBe(0, _deployment.Describe());
        run.Error.ShouldContain("signal 9");
        var history = _deployment.History(Search);
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Results().ShouldBe(quiet.History(Search).Results());
        File.Exists(LaunchFile).ShouldBeFalse();
    }

    [Fact]
    public async Task An_interrupted_run_leaves_no_process_and_goes_on_alone()
    {
        var run = _deployment.Start("run", "run", Spec(_deployment), "--workers", "2", "--slots", "1", "--port", "0");
        await _deployment.UntilAsync(() => _deployment.EventCount(Search) > 10, "trials run", run);
        var processes = Processes();

        run.Terminate();

        (await run.WaitForExitAsync(TimeSpan.FromSeconds(60))).ShouldBeTrue(_deployment.Describe());
        run.ExitCode.ShouldBe(143, _deployment.Describe());
        processes.ShouldAllBe(process => !ProcessNumbers.IsAlive(process.Pid));
        (await _deployment.RunAsync("resume", Search, "--slots", "4", "--port", "0")).ShouldExitWith(0);
        JournalInvariants.Violations(_deployment.History(Search).Events).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Promise", "R11")]
    public async Task A_run_that_is_killed_again_and_again_charges_no_trial_for_it()
    {
        var spec = _deployment.WriteFile("slow.yaml", SpecTexts.Function(Search, trials: 2, measurements: 1, sleepMilliseconds: 12_000));

        // One more than retry.max allows; struck before, while or after what is written in the journal reaches its worker.
        for (var strike = 0; strike < 4; strike++)
        {
            var before = Attempts();
            var run = _deployment.Start($"run-{strike}", "run", spec, "--workers", "1", "--slots", "1", "--port", "0");
            await _deployment.UntilAsync(() => Attempts() > before, "a trial is given out", run);
            var processes = Processes();

            // Coordinator and worker see it at once, and end in order beside each other.
            await run.KillAsync();
            await _deployment.UntilAsync(() => processes.All(process => !ProcessNumbers.IsAlive(process.Pid)), "all have ended");
        }

        (await _deployment.RunAsync("run", spec, "--workers", "1", "--slots", "1", "--port", "0")).ShouldExitWith(0);

        var events = _deployment.History(Search).Events;
        events.OfType<SearchEvents.AttemptEnded>().ShouldAllBe(ended => ended.End == AttemptEnd.Released);
        events.OfType<SearchEvents.TrialFinished>().Count(finished => finished.State == TrialState.Completed).ShouldBe(2);
        JournalInvariants.Violations(events).ShouldBeEmpty();
    }

    [Fact]
    public async Task Gpus_that_are_not_there_and_a_device_beside_them_are_refused_before_anything_starts()
    {
        _deployment.Variables["SEARCHCLUSTER_FAKE_GPUS"] = "2";

        (await _deployment.RunAsync("run", Spec(_deployment), "--gpus", "0,7")).ShouldExitWith(11).Error.ShouldContain("--gpus names 7");
        (await _deployment.RunAsync("run", Spec(_deployment), "--gpus", "0", "--device", "cpu"))
            .ShouldExitWith(2).Error.ShouldContain("--device is cpu, but --gpus starts processes");
        File.Exists(LaunchFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Each_gpu_of_a_run_has_a_worker_of_its_own()
    {
        _deployment.Variables["SEARCHCLUSTER_FAKE_GPUS"] = "3";
        var run = _deployment.Start("run", "run", Spec(_deployment), "--gpus", "all", "--port", "0");
        await _deployment.UntilAsync(() => _deployment.EventCount(Search) > 0, "the search is there", run);

        var status = await StatusAsync();

        status.GetProperty("workers").EnumerateArray().Select(worker => worker.GetProperty("name").GetString()!.Split('-')[^1])
            .Order().ShouldBe(["cuda0", "cuda1", "cuda2"]);
    }

    // A coordinator of a busy machine may not answer in the five seconds that a command gives it; then nobody knows of its workers.
    private async Task<JsonElement> StatusAsync()
    {
        var status = default(JsonElement);
        for (var look = 0; look < 20 && !(status.ValueKind == JsonValueKind.Object
            && status.GetProperty("workers").ValueKind == JsonValueKind.Array); look++)
        {
            status = (await _deployment.RunAsync("status", "--json")).ShouldExitWith(0).Json;
        }

        return status;
    }

    private static string Spec(Deployment deployment) =>
        deployment.WriteFile(
            "launched.yaml", SpecTexts.Function(Search, trials: 240, measurements: 4, sleepMilliseconds: 40) + "\nretry: { max: 20 }\n");

    private int Attempts() => _deployment.EventCount(Search) == 0
        ? 0
        : _deployment.History(Search).Events.OfType<SearchEvents.AttemptStarted>().Count();

    private string LaunchFile => Path.Combine(_deployment.StateFolder, "launch.json");

    private List<(string Name, int Pid)> Processes() =>
        [.. JsonElement.Parse(File.ReadAllText(LaunchFile)).GetProperty("processes").EnumerateArray().Select(process => (
            process.GetProperty("name").GetString()!,
            process.TryGetProperty("pid", out var pid) && pid.ValueKind == JsonValueKind.Number ? pid.GetInt32() : 0))];
}
