using System.Text.Json;

namespace SearchCluster.Integration.Tests.Launching;

/// <summary>A launch with real processes: it starts again what dies, ends in order, and leaves nothing behind.</summary>
[Trait("Category", "Integration")]
public sealed class LaunchTests : IAsyncDisposable
{
    private const string Search = "launched";
    private readonly Deployment _deployment = new();

    public LaunchTests() => Assert.SkipUnless(Signals.AreAvailable, "Signals with the numbers of Linux.");

    public ValueTask DisposeAsync() => _deployment.DisposeAsync();

    [Fact]
    [Trait("Promise", "R02")]
    public async Task Each_process_of_a_launch_killed_in_turn_comes_back_and_no_result_changes()
    {
        await using var quiet = new Deployment();
        (await quiet.RunAsync("run", Spec(quiet), "--slots", "4", "--port", "0")).ShouldExitWith(0);
        var launch = await LaunchAsync("--node", "lab", "--workers", "2", "--slots", "1");
        (await _deployment.RunAsync("submit", Spec(_deployment))).ShouldExitWith(0);

        foreach (var victim in new[] { "lab-cpu", "coordinator", "lab-cpu-2" })
        {
            var before = _deployment.EventCount(Search);
            await _deployment.UntilAsync(() => _deployment.EventCount(Search) > before + 10, "the search goes on", launch);
            ProcessNumbers.Kill(Node().Single(process => Text(process, "name") == victim).GetProperty("pid").GetInt32());
            _deployment.History(Search).IsOver.ShouldBeFalse("the search ended before all strikes");
        }

        foreach (var victim in new[] { "lab-cpu", "coordinator", "lab-cpu-2" })
        {
            await _deployment.UntilAsync(
                () => Events(launch).Any(e => Text(e, "process") == victim && Text(e, "event") == "ready" && Number(e, "restarts") == 1),
                $"{victim} is back",
                launch);
        }

        await _deployment.UntilAsync(() => _deployment.History(Search).IsOver, "the search is over", launch);
        var history = _deployment.History(Search);
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Results().ShouldBe(quiet.History(Search).Results());
        Events(launch).Count(e => Number(e, "signal") == 9).ShouldBe(3);
    }

    [Fact]
    [Trait("Promise", "R20")]
    public async Task A_launch_ends_in_order_and_its_trials_go_on_where_they_were()
    {
        var launch = await LaunchAsync("--node", "lab", "--slots", "1");
        (await _deployment.RunAsync("submit", Spec(_deployment))).ShouldExitWith(0);
        await _deployment.UntilAsync(() => _deployment.EventCount(Search) > 10, "trials run", launch);
        var processes = Processes(launch);

        launch.Terminate();

        (await launch.WaitForExitAsync(TimeSpan.FromSeconds(60))).ShouldBeTrue(_deployment.Describe());
        launch.ExitCode.ShouldBe(0, _deployment.Describe());
        var ends = Events(launch).Where(e => Text(e, "event") == "ended").ToList();
        ends.Select(e => Text(e, "process")).ShouldBe(["lab-cpu", "coordinator"]);
        ends.ShouldAllBe(e => Number(e, "exitCode") == 0);
        processes.ShouldAllBe(pid => !ProcessNumbers.IsAlive(pid));
        (await _deployment.RunAsync("nodes")).ShouldExitWith(0).Error.ShouldContain("Nothing runs here");
    }

    [Fact]
    [Trait("Promise", "R21")]
    public async Task An_interrupted_watch_leaves_the_search_alone()
    {
        var launch = await LaunchAsync("--node", "lab", "--slots", "1");
        (await _deployment.RunAsync("submit", Spec(_deployment))).ShouldExitWith(0);
        var watch = _deployment.Start("watch", "watch", Search, "--json");
        await _deployment.UntilAsync(() => watch.Output.Contains('\n', StringComparison.Ordinal), "it watches", watch);

        watch.Interrupt();

        (await watch.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(_deployment.Describe());
        watch.ExitCode.ShouldBe(0, _deployment.Describe());
        await _deployment.UntilAsync(() => _deployment.History(Search).IsOver, "the search goes on to its end", launch);
    }

    [Fact]
    public async Task A_killed_launcher_leaves_no_process_behind()
    {
        var launch = await LaunchAsync("--workers", "2", "--slots", "1");
        var processes = Processes(launch);
        processes.Count.ShouldBe(3);

        await launch.KillAsync();

        await _deployment.UntilAsync(() => processes.All(pid => !ProcessNumbers.IsAlive(pid)), "no process of the launch is left");
    }

    [Fact]
    public async Task Each_gpu_gets_a_worker_that_sees_no_other()
    {
        _deployment.Variables["SEARCHCLUSTER_FAKE_GPUS"] = "3";
        await LaunchAsync("--node", "lab", "--gpus", "0,2");

        var status = await StatusAsync();
        status.GetProperty("workers").EnumerateArray()
            .Select(worker => (Text(worker, "name"), Text(worker, "device"), worker.GetProperty("labels").GetProperty("node").GetString()))
            .Order().ShouldBe([("lab-cuda0", "cuda", "lab"), ("lab-cuda2", "cuda", "lab")]);
    }

    [Fact]
    public async Task A_gpu_that_is_not_there_is_named_before_anything_starts()
    {
        _deployment.Variables["SEARCHCLUSTER_FAKE_GPUS"] = "2";

        var result = (await _deployment.RunAsync("launch", "--gpus", "0,7")).ShouldExitWith(11);

        result.Error.ShouldContain("--gpus names 7");
        result.Error.ShouldContain("there are 0 (Fake GPU, GPU-fake-0), 1 (Fake GPU, GPU-fake-1)");
    }

    [Fact]
    public async Task A_second_launch_in_a_folder_is_refused_with_the_first_ones_process()
    {
        var launch = await LaunchAsync("--node", "lab");

        (await _deployment.RunAsync("up", "--port", "0")).ShouldExitWith(7).Error.ShouldContain($"process {launch.Id}, node lab");
    }

    [Fact]
    public async Task A_launch_in_the_background_is_seen_read_and_ended_from_elsewhere()
    {
        (await _deployment.RunAsync("launch", "--detach", "--node", "lab", "--slots", "1", "--port", "0", "--gpus", "none"))
            .ShouldExitWith(0).Output.ShouldStartWith("Ready on http://127.0.0.1:");
        var processes = Node().ToList();
        processes.Select(process => (Text(process, "name"), Text(process, "state")))
            .ShouldBe([("coordinator", "ready"), ("lab-cpu", "ready")]);

        var logs = (await _deployment.RunAsync("logs")).ShouldExitWith(0);
        logs.Output.ShouldContain("lab-cpu | lab-cpu is ready");
        (await _deployment.RunAsync("logs", "nobody")).ShouldExitWith(4).Error.ShouldContain("these have: coordinator, lab-cpu, launch");

        (await _deployment.RunAsync("down")).ShouldExitWith(0).Output.ShouldStartWith("Node lab is down");
        processes.ShouldAllBe(process => !ProcessNumbers.IsAlive(process.GetProperty("pid").GetInt32()));
        (await _deployment.RunAsync("down")).ShouldExitWith(0).Output.ShouldStartWith("Nothing that launch started runs in");
    }

    [Fact]
    [Trait("Promise", "R24")]
    public async Task A_drained_worker_gives_back_what_it_runs_and_stays_drained_when_all_is_killed()
    {
        await using var quiet = new Deployment();
        (await quiet.RunAsync("run", Spec(quiet), "--slots", "4", "--port", "0")).ShouldExitWith(0);
        var launch = await LaunchAsync("--node", "lab", "--workers", "2", "--slots", "1");
        (await _deployment.RunAsync("submit", Spec(_deployment))).ShouldExitWith(0);
        await _deployment.UntilAsync(() => _deployment.EventCount(Search) > 10, "trials run", launch);

        (await _deployment.RunAsync("drain", "lab-cpu-2", "--now")).ShouldExitWith(0).Output
            .ShouldBe("lab-cpu-2 is drained and holds nothing.\n");
        var drainedAt = _deployment.EventCount(Search);
        ProcessNumbers.Kill(Node().Single(process => Text(process, "name") == "lab-cpu-2").GetProperty("pid").GetInt32());
        ProcessNumbers.Kill(Node().Single(process => Text(process, "name") == "coordinator").GetProperty("pid").GetInt32());
        await _deployment.UntilAsync(
            () => Events(launch).Count(e => Text(e, "event") == "ready" && Number(e, "restarts") == 1) == 2, "both are back", launch);
        await _deployment.UntilAsync(() => _deployment.EventCount(Search) > drainedAt + 40, "the search goes on", launch);
        var status = await StatusAsync();
        status.GetProperty("workers").EnumerateArray().Single(worker => worker.TryGetProperty("drainedSince", out _))
            .GetProperty("name").GetString().ShouldBe("lab-cpu-2");
        var trials = (await _deployment.RunAsync("trials", Search, "--json")).ShouldExitWith(0).Json;
        trials.GetProperty("trials").EnumerateArray()
            .Where(trial => Text(trial, "state") == "running")
            .ShouldAllBe(trial => Text(trial, "worker") == "lab-cpu");

        (await _deployment.RunAsync("drain", "lab", "--undo")).ShouldExitWith(0);

        await _deployment.UntilAsync(() => _deployment.History(Search).IsOver, "the search is over", launch);
        var history = _deployment.History(Search);
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Results().ShouldBe(quiet.History(Search).Results());
    }

    [Fact]
    public async Task Leaving_lets_trials_finish_and_the_next_launch_takes_trials_again()
    {
        var launch = await LaunchAsync("--node", "lab", "--slots", "1");
        (await _deployment.RunAsync("submit", Spec(_deployment))).ShouldExitWith(0);
        await _deployment.UntilAsync(() => _deployment.EventCount(Search) > 10, "trials run", launch);

        (await _deployment.RunAsync("leave")).ShouldExitWith(0).Output.ShouldStartWith("Node lab is down");

        (await launch.WaitForExitAsync(TimeSpan.FromSeconds(60))).ShouldBeTrue(_deployment.Describe());
        _deployment.History(Search).Events.OfType<SearchEvents.AttemptEnded>().ShouldBeEmpty("none was given back or lost");
        var next = await LaunchAsync("--node", "lab", "--slots", "1");
        var before = _deployment.EventCount(Search);
        await _deployment.UntilAsync(() => _deployment.EventCount(Search) > before + 5, "trials run again", next);
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

    private async Task<SearchClusterProcess> LaunchAsync(params string[] arguments)
    {
        var launch = _deployment.Start("launch", ["launch", "--json", "--port", "0", .. arguments]);
        await _deployment.UntilAsync(() => Events(launch).Any(e => Text(e, "event") == "launched"), "all processes are ready", launch);
        return launch;
    }

    /// <summary>What this machine runs, as <c>nodes</c> shows it.</summary>
    private IEnumerable<JsonElement> Node()
    {
        var file = JsonElement.Parse(File.ReadAllText(Path.Combine(_deployment.StateFolder, "launch.json")));
        return [.. file.GetProperty("processes").EnumerateArray()
            .Select(process => JsonSerializer.SerializeToElement(new
            {
                name = Text(process, "name"),
                state = Text(process, "phase")!.ToLowerInvariant(),
                pid = Number(process, "pid") ?? 0,
            }))];
    }

    private static List<JsonElement> Events(SearchClusterProcess launch) =>
        [.. launch.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private static List<int> Processes(SearchClusterProcess launch) =>
        [.. Events(launch).Where(e => Text(e, "event") == "starting").Select(e => Number(e, "pid")!.Value)];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
}
