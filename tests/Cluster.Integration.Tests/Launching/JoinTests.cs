using System.Text.Json;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Integration.Tests.Launching;

/// <summary>Machines that join with the line that a launch prints, as real processes on an address of this machine; nothing is shared
/// but the wire.</summary>
[Trait("Category", "Integration")]
public sealed class JoinTests : IAsyncLifetime
{
    private const string Search = "joined";

    private readonly string _host = OwnAddress.Require();
    private readonly Deployment _lab = new();
    private readonly Deployment _gpu1 = new();
    private readonly Deployment _gpu2 = new();
    private readonly Deployment _quiet = new();

    public JoinTests() => Assert.SkipUnless(Signals.AreAvailable, "Signals with the numbers of Linux.");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _gpu1.DisposeAsync();
        await _gpu2.DisposeAsync();
        await _lab.DisposeAsync();
        await _quiet.DisposeAsync();
    }

    [Fact]
    [Trait("Promise", "R02")]
    public async Task Machines_join_with_one_line_and_each_killed_in_turn_changes_no_result()
    {
        (await _quiet.RunAsync("run", Spec(_quiet), "--slots", "4", "--port", "0")).ShouldExitWith(0);
        var lab = await LaunchAsync();
        var (address, token) = (Invitation(lab)!.Split(' ')[2], Invitation(lab)!.Split(' ')[^1]);

        var first = await JoinAsync(_gpu1, "gpu1", address, "--token", token);
        var second = await JoinAsync(_gpu2, "gpu2", address, "--token", token);
        (await _lab.RunAsync("submit", Spec(_lab))).ShouldExitWith(0);
        foreach (var (machine, launch) in new[] { (_gpu1, first), (_gpu2, second) })
        {
            var before = _lab.EventCount(Search);
            await _lab.UntilAsync(() => _lab.EventCount(Search) > before + 10, "the search goes on", lab, launch);
            await launch.KillAsync();
            _lab.History(Search).IsOver.ShouldBeFalse("the search ended before all strikes");
            await JoinAsync(machine, machine == _gpu1 ? "gpu1" : "gpu2");
        }

        await _lab.UntilAsync(() => _lab.History(Search).IsOver, "the search is over", lab);
        var history = _lab.History(Search);
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Results().ShouldBe(_quiet.History(Search).Results());
        history.Attempts.Select(attempt => attempt.WorkerId.Value).Distinct().Order().ShouldBe(["gpu1-cpu", "gpu2-cpu"]);
        Directory.Exists(Path.Combine(_gpu1.StateFolder, "searches")).ShouldBeFalse();

        // Neither the token nor a key went where it does not belong.
        foreach (var deployment in new[] { _lab, _gpu1, _gpu2 })
        {
            FilesWith(deployment, token.Split('.')[3]).ShouldBeEmpty();
            File.Exists(Path.Combine(deployment.StateFolder, "cluster.key")).ShouldBeFalse();
        }

        File.Exists(Path.Combine(_gpu1.StateFolder, "token")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_machine_that_joined_in_the_background_leaves_and_one_that_is_revoked_is_cut_off()
    {
        var lab = await LaunchAsync();
        var line = Path.Combine(_gpu1.Folder, "line.txt");
        await File.WriteAllTextAsync(line, Invitation(lab), TestContext.Current.CancellationToken);
        foreach (var (machine, name) in new[] { (_gpu1, "gpu1"), (_gpu2, "gpu2") })
        {
            (await machine.RunAsync("join", "--from", line, "--node", name, "--gpus", "none", "--detach")).ShouldExitWith(0)
                .Output.ShouldContain("Ready: 1 worker for the coordinator at https://");
        }

        await ToldAsync(_lab, "gpu1-cpu");
        await ToldAsync(_gpu1, "gpu2-cpu");
        (await _gpu1.RunAsync("drain", "gpu2-cpu")).ShouldExitWith(6).Error.ShouldContain("lets it drain its own workers");
        (await _gpu1.RunAsync("leave")).ShouldExitWith(0).Output.ShouldContain("Node gpu1 is down");

        (await _lab.RunAsync("certs", "revoke", "gpu2")).ShouldExitWith(0);
        var log = Path.Combine(_lab.StateFolder, "logs");
        var taken = await _lab.UntilAsync(
            () => Directory.EnumerateFiles(log).Any(file => Read(file).Contains("was revoked at", StringComparison.Ordinal)),
            "the worker is cut off",
            lab);
        (await _gpu2.RunAsync("down")).ShouldExitWith(0).Output.ShouldContain("Node gpu2 is down");

        taken.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_machine_for_people_joins_as_client_and_needs_no_token_from_then_on()
    {
        var lab = await LaunchAsync("--workers", "1", "--slots", "2");
        var created = await _lab.RunAsync("token", "create", "--role", "client", "--json");
        created.ShouldExitWith(0);
        var words = JsonElement.Parse(created.Output).GetProperty("join").GetString()!.Split(' ');

        (await _gpu1.RunAsync("join", words[2], "--token", words[4], "--node", "laptop")).ShouldExitWith(0)
            .Error.ShouldContain("as client");
        var spec = _gpu1.WriteFile("digits.yaml", SpecTexts.Digits(Search, trials: 4, epochs: 3));
        (await _gpu1.RunAsync("submit", spec, "--wait")).ShouldExitWith(0);
        (await _gpu1.RunAsync("list")).ShouldExitWith(0).Output.ShouldContain(Search);

        _lab.History(Search).IsOver.ShouldBeTrue();
        File.Exists(Path.Combine(_gpu1.StateFolder, "token")).ShouldBeFalse();
    }

    // A process may write it.
    // A coordinator of a busy machine may not answer in the five seconds that a command gives it; then nobody knows of its workers.
    private static async Task ToldAsync(Deployment machine, string worker)
    {
        var told = "";
        for (var look = 0; look < 20 && !told.Contains(worker, StringComparison.Ordinal); look++)
        {
            told = (await machine.RunAsync("nodes")).ShouldExitWith(0).Output;
        }

        told.ShouldContain(worker);
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    private static string Spec(Deployment deployment) => deployment.WriteFile(
        "joined.yaml", SpecTexts.Function(Search, trials: 240, measurements: 4, sleepMilliseconds: 40) + "\nretry: { max: 20 }\n");

    private static IEnumerable<string> FilesWith(Deployment deployment, string secret) =>
        Directory.EnumerateFiles(deployment.StateFolder, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains(secret, StringComparison.Ordinal));

    private static IReadOnlyList<JsonElement> Lines(SearchClusterProcess process) =>
        [.. process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private static string? Invitation(SearchClusterProcess launch) => Lines(launch)
        .Where(line => line.GetProperty("schema").GetString() == "searchcluster/invitation@1")
        .Select(line => line.GetProperty("join").GetString()).SingleOrDefault();

    private async Task<SearchClusterProcess> LaunchAsync(params IReadOnlyList<string> workers)
    {
        var lab = _lab.Start(
            "lab",
            [
                "launch", "--listen", _host, "--port", "0", "--cluster-port", "0", "--gpus", "none", "--json",
                .. workers.Count > 0 ? workers : ["--workers", "0"],
            ]);
        await _lab.UntilAsync(() => Invitation(lab) is not null, "the line is printed", lab);
        return lab;
    }

    private static async Task<SearchClusterProcess> JoinAsync(Deployment machine, string node, params IReadOnlyList<string> arguments)
    {
        var process = machine.Start(node, ["join", .. arguments, "--node", node, "--gpus", "none", "--slots", "1", "--json"]);
        await machine.UntilAsync(
            () => Lines(process).Any(line => line.TryGetProperty("event", out var name) && name.GetString() == "launched"),
            $"{node} has joined",
            process);
        return process;
    }
}
