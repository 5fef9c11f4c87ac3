using System.Text.Json;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Integration.Tests.Launching;

/// <summary>Machines that join with the line that a launch prints, as real processes on an address of this machine; nothing is shared but the
/// wire.</summary>
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
        var lab = _lab.Start(
            "lab", "launch", "--listen", _host, "--port", "0", "--cluster-port", "0", "--gpus", "none", "--workers", "0", "--json");
        await _lab.UntilAsync(() => Invitation(lab) is not null, "the line is printed", lab);
        var (address, token) = (Invitation(lab)!.Split(' ')[2], Invitation(lab)!.Split(' ')[^1]);

        var first = await JoinAsync(_gpu1, "gpu1", address, "--token", token);
        var second = await JoinAsync(_gpu2, "gpu2", address, "--token", token);
        (await _lab.RunAsync("submit", Spec(_lab))).ShouldExitWith(0);
        foreach (var (machine, launch) in new[] { (_gpu1, first), (_gpu2, second) })
        {
            var before = _lab.EventCount(Search);
            await _lab.UntilAsync(() => _lab.EventCount(Search) > before + 8, "the search goes on", lab, launch);
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
    public async Task A_machine_that_joined_in_the_background_is_shown_revoked_and_ended()
    {
        var lab = await LaunchAsync();
        var line = Path.Combine(_gpu1.Folder, "line.txt");
        await File.WriteAllTextAsync(line, Invitation(lab), TestContext.Current.CancellationToken);

        (await _gpu1.RunAsync("join", "--from", line, "--node", "gpu1", "--gpus", "none", "--detach")).ShouldExitWith(0)
            .Output.ShouldContain("Ready: 1 worker for the coordinator at https://");
        (await _lab.RunAsync("nodes")).ShouldExitWith(0).Output.ShouldContain("gpu1-cpu");
        (await _gpu1.RunAsync("nodes")).ShouldExitWith(0).Output.ShouldContain("gpu1-cpu");
        (await _lab.RunAsync("certs", "revoke", "gpu1")).ShouldExitWith(0);
        var taken = await _lab.UntilAsync(
            () => _lab.RunAsync("nodes", "--json").GetAwaiter().GetResult().Output.Contains("gpu1-cpu", StringComparison.Ordinal) is false,
            "the worker is cut off",
            lab);
        (await _gpu1.RunAsync("down")).ShouldExitWith(0).Output.ShouldContain("Node gpu1 is down");

        taken.ShouldBeLessThan(TimeSpan.FromSeconds(40));
    }

    private static string Spec(Deployment deployment) =>
        deployment.WriteFile("joined.yaml", SpecTexts.Digits(Search, trials: 16, epochs: 8) + "\nretry: { max: 20 }\n");

    private static IEnumerable<string> FilesWith(Deployment deployment, string secret) =>
        Directory.EnumerateFiles(deployment.StateFolder, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains(secret, StringComparison.Ordinal));

    private static IReadOnlyList<JsonElement> Lines(SearchClusterProcess process) =>
        [.. process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private static string? Invitation(SearchClusterProcess launch) => Lines(launch)
        .Where(line => line.GetProperty("schema").GetString() == "searchcluster/invitation@1")
        .Select(line => line.GetProperty("join").GetString()).SingleOrDefault();

    private async Task<SearchClusterProcess> LaunchAsync()
    {
        var lab = _lab.Start(
            "lab", "launch", "--listen", _host, "--port", "0", "--cluster-port", "0", "--gpus", "none", "--workers", "0", "--json");
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
