using System.Text.Json;

namespace SearchCluster.Integration.Tests.Networks;

/// <summary>The way of docs/cluster.md on machines that share nothing but a network: one listens, two join with its line (one of them
/// behind address translation), and a fourth, for people, sends a search with its data.</summary>
[Trait("Category", "Integration")]
[Trait("Promise", "R02")]
public sealed class ThreeMachinesTests : IAsyncDisposable
{
    private const string Search = "three";
    private const string LineSchema = "searchcluster/invitation@1";
    private static readonly string[] Machines = ["gpu1", "gpu2"];

    private readonly NetworkLab _network = NetworkLab.Require();
    private readonly Deployment _all = new();

    public async ValueTask DisposeAsync()
    {
        await _all.DisposeAsync();
        _network.Dispose();
    }

    [Fact]
    public async Task Each_process_killed_in_turn_changes_no_result_of_data_that_were_sent()
    {
        await using var quiet = new Deployment();
        (await quiet.RunAsync("run", Spec(quiet), "--slots", "2", "--port", "0")).ShouldExitWith(0);
        _network.AddSpoke("gpu1", 1);
        _network.AddBehindNat("gpu2", 2, 8642, 8643);
        _network.AddSpoke("laptop", 3);
        var lab = On(
            NetworkLab.Hub, "launch", "--listen", NetworkLab.HubAddress, "--gpus", "none", "--workers", "0", "--node", "lab", "--json");
        await _all.UntilAsync(() => Documents(lab).Any(IsLine), "the line is printed", lab);
        var line = Documents(lab).Single(IsLine).GetProperty("join").GetString()!.Split(' ');

        var launches = new List<SearchClusterProcess> { lab };
        foreach (var machine in Machines)
        {
            launches.Add(On(machine, [.. line[1..], "--node", machine, "--gpus", "none", "--slots", "1", "--json"]));
        }

        var joined = TimeSpan.Zero;
        foreach (var (process, machine) in launches[1..].Zip(Machines))
        {
            joined += await _all.UntilAsync(() => Ready($"{machine}-cpu", 0, process), $"{machine} has joined", process);
        }

        await AsClientAsync();
        await RunOnAsync("laptop", "submit", Spec(_all), "--upload");
        File.Delete(Path.Combine(_all.Folder, "rows.csv"));
        foreach (var (process, name) in launches.Zip(new[] { "coordinator", "gpu1-cpu", "gpu2-cpu" }))
        {
            var before = Events();
            await _all.UntilAsync(() => Events() > before + 10, "the search goes on", [.. launches]);
            History().IsOver.ShouldBeFalse("the search ended before all strikes");
            ProcessNumbers.Kill(Documents(process).Last(document => Text(document, "process") == name).GetProperty("pid").GetInt32());
            await _all.UntilAsync(() => Ready(name, 1, process), $"{name} is back", process);
        }

        await _all.UntilAsync(() => History().IsOver, "the search is over", [.. launches]);
        var history = History();
        TestContext.Current.TestOutputHelper?.WriteLine($"two machines joined and were ready after {joined.TotalSeconds:F1} s");
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Results().ShouldBe(quiet.History(Search).Results());
        history.Curves().Distinct().ShouldBe(quiet.History(Search).Curves());
        history.Attempts.Select(attempt => attempt.WorkerId.Value).Distinct().Order().ShouldBe(["gpu1-cpu", "gpu2-cpu"]);
        history.Events.OfType<SearchEvents.EnsembleBuilt>().Count().ShouldBe(1);
        (await RunOnAsync("laptop", "best", Search)).Output.ShouldContain("val/loss");
    }

    private static IReadOnlyList<JsonElement> Documents(SearchClusterProcess process) =>
        [.. process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private static bool IsLine(JsonElement document) => Text(document, "schema") == LineSchema;

    private static bool Ready(string name, int restarts, SearchClusterProcess launch) => Documents(launch).Any(document =>
        Text(document, "process") == name
            && Text(document, "event") == "ready"
            && document.GetProperty("restarts").GetInt32() == restarts);

    private static string? Text(JsonElement document, string name) =>
        document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Spec(Deployment deployment)
    {
        deployment.WriteFile("rows.csv", SpecTexts.Rows);
        return deployment.WriteFile(
            "three.yaml", SpecTexts.TrainedInRounds(Search).Replace("trials: 20", "trials: 60", StringComparison.Ordinal));
    }

    private string StateOf(string machine) => Path.Combine(_all.Folder, machine + "-state");

    private SearchClusterProcess On(string machine, params IReadOnlyList<string> arguments) =>
        _all.StartOn(_network.On(machine), machine, StateOf(machine), arguments);

    private async Task<SearchClusterProcess> RunOnAsync(string machine, params IReadOnlyList<string> arguments)
    {
        var process = On(machine, arguments);
        (await process.WaitForExitAsync(Patience.Limit)).ShouldBeTrue(_all.Describe());
        process.ExitCode.ShouldBe(0, _all.Describe());
        return process;
    }

    private async Task AsClientAsync()
    {
        var created = await RunOnAsync(NetworkLab.Hub, "token", "create", "--role", "client", "--line");
        await RunOnAsync("laptop", [.. created.Output.Trim().Split(' ')[1..], "--node", "laptop"]);
    }

    private SearchHistory History() => new(JournalReader.Read(Path.Combine(StateOf(NetworkLab.Hub), "journal.db"), Search));

    private int Events() => JournalReader.Count(Path.Combine(StateOf(NetworkLab.Hub), "journal.db"), Search);
}
