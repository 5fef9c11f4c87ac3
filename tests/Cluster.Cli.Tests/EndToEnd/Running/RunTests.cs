using System.Text.Json;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Tests.EndToEnd.Running;

/// <summary>Whole searches through the tool, in one process.</summary>
[Trait("Category", "EndToEnd")]
public sealed class RunTests : IDisposable
{
    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task A_search_runs_to_its_end_and_every_command_reads_it_offline_afterwards()
    {
        _real.Cli.Write("branin.yaml", RealHarness.Branin);

        (await _real.RunAsync("run branin.yaml --port 0 --slots 2 --json")).ShouldBe(0, _real.Cli.Error);
        using var run = JsonDocument.Parse(_real.Cli.Out);
        var best = run.RootElement.GetProperty("search").GetProperty("best").GetProperty("objective").GetDouble();
        run.RootElement.GetProperty("search").GetProperty("trials").GetProperty("completed").GetInt32().ShouldBe(6);

        (await _real.RunAsync("best branin --json")).ShouldBe(0, _real.Cli.Error);
        using var document = JsonDocument.Parse(_real.Cli.Out);
        document.RootElement.GetProperty("trials")[0].GetProperty("objective").GetDouble().ShouldBe(best);

        (await _real.RunAsync("trials branin --csv")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.TrimEnd().Split('\n').Length.ShouldBe(7);

        (await _real.RunAsync("status")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldStartWith("coordinator  none runs; state folder " + _real.State);

        (await _real.RunAsync("trace branin")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("search.submit");
        _real.Cli.Out.ShouldContain("  attempt ");

        (await _real.RunAsync("status nope")).ShouldBe(4);
    }

    [Fact]
    public async Task Running_again_shows_the_result_and_resume_extends_it()
    {
        _real.Cli.Write("branin.yaml", RealHarness.Branin);
        (await _real.RunAsync("run branin.yaml --port 0")).ShouldBe(0, _real.Cli.Error);
        var first = _real.Cli.Out;

        (await _real.RunAsync("run branin.yaml --port 0")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldStartWith("Search branin is over");
        _real.Cli.Out.ShouldContain(first.Split('\n').Single(line => line.StartsWith("best trial", StringComparison.Ordinal)));

        (await _real.RunAsync("run branin.yaml --port 0 --seed 5")).ShouldBe(7);
        _real.Cli.Error.ShouldContain("--name branin-2");

        (await _real.RunAsync("resume branin --trials +3 --port 0 --json")).ShouldBe(0, _real.Cli.Error);
        using var extended = JsonDocument.Parse(_real.Cli.Out);
        extended.RootElement.GetProperty("search").GetProperty("trials").GetProperty("completed").GetInt32().ShouldBe(9);
        extended.RootElement.GetProperty("budget").GetProperty("trials").GetInt32().ShouldBe(9);
    }

    [Fact]
    public async Task A_trained_ensemble_predicts_a_csv_file()
    {
        (await _real.RunAsync("spec new digits.yaml --template digits -q")).ShouldBe(0);
        const string Small = "--name small --set budget.trials=2 --set workload.fixed.epochs=2 --set ensemble.members=2";
        (await _real.RunAsync($"run digits.yaml --port 0 -q {Small}")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("ensemble     2 members");
        var row = string.Join(',', Enumerable.Repeat("3", 64));
        _real.Cli.Write("rows.csv", $"{row}\n{row}\n");

        (await _real.RunAsync("predict small rows.csv --probabilities")).ShouldBe(0, _real.Cli.Error);

        var lines = _real.Cli.Out.TrimEnd().Split('\n');
        lines.Length.ShouldBe(3);
        lines[0].ShouldBe("prediction,probability," + string.Join(',', Enumerable.Range(0, 10).Select(c => $"p({c})")));
        lines[1].ShouldBe(lines[2]);
        lines[1].Split(',').Skip(2).Sum(p => double.Parse(p, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(1, 1e-4);
    }

    [Fact]
    public async Task Rows_that_do_not_fit_the_model_are_invalid_input()
    {
        (await _real.RunAsync("predict nope rows.csv")).ShouldBe(4);
        _real.Cli.Error.ShouldContain("\"nope\" is neither a search");
    }

    [Fact]
    public async Task The_doctor_looks_at_the_secrets_of_the_state_folder_and_says_how_to_close_them()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        var state = StateFolder.Resolve(_real.State);
        _ = ClusterKey.LoadOrCreate(state);
        _ = AccessToken.LoadOrCreate(state);
        File.SetUnixFileMode(state.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await File.WriteAllTextAsync(state.TokenFile, "nonsense", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(state.Root, (UnixFileMode)Convert.ToInt32("755", 8));

        (await _real.RunAsync("doctor")).ShouldBe(9);

        _real.Cli.Out.ShouldContain("other users of this machine can look into it (mode 755)");
        _real.Cli.Out.ShouldContain($"help: chmod 700 {state.Root}");

        _real.Cli.Out.ShouldContain($"{state.KeyFile} can be read or changed by others");
        _real.Cli.Out.ShouldContain($"help: chmod 600 {state.KeyFile}");
        _real.Cli.Out.ShouldContain($"{state.TokenFile} holds no token");
    }

    [Fact]
    public async Task The_doctor_finds_this_machine_healthy()
    {
        (await _real.RunAsync("doctor --json")).ShouldBe(0, _real.Cli.Out);

        using var document = JsonDocument.Parse(_real.Cli.Out);
        document.RootElement.GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("name").GetString())
            .ShouldBe([
                "runtime", "libtorch", "user", "state folder", "token", "cluster key", "certificates", "disk", "clock", "port",
                "coordinator",
            ]);
    }
}
