using System.Text.Json;

namespace SearchCluster.Cli.Tests.EndToEnd.Running;

/// <summary>A warning of training comes to whoever ran the search, once, and stays with the search.</summary>
[Trait("Category", "EndToEnd")]
public sealed class WarningTests : IDisposable
{
    private const string Constant = "carry nothing: const";

    private readonly RealHarness _real = new();

    public WarningTests()
    {
        _real.Cli.Write(
            "ids.csv",
            "x,const,label\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"{row % 7},5,{(row % 2 == 0 ? "a" : "b")}\n")));
        _real.Cli.Write("ids.yaml", $$"""
            version: 1
            name: ids
            workload: { builtin: mlp, fixed: { epochs: 2 } }
            data: { source: {{Path.Combine(_real.Cli.Folder, "ids.csv")}} }
            objective: { metric: val/loss, direction: minimize }
            space: { learningRate: { type: log, min: 1.0e-3, max: 1.0e-1 } }
            algorithm: { type: random }
            budget: { trials: 3 }
            """);
    }

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task Run_tells_it_once_and_status_shows_it_afterwards()
    {
        (await _real.RunAsync("run ids.yaml --port 0 --slots 2")).ShouldBe(0, _real.Cli.Error);
        Occurrences(_real.Cli.Out + _real.Cli.Error).ShouldBe(1);
        _real.Cli.Error.ShouldContain("warning: ids.csv: 1 feature(s) are constant");

        (await _real.RunAsync("status ids")).ShouldBe(0, _real.Cli.Error);
        Occurrences(_real.Cli.Out).ShouldBe(1);

        (await _real.RunAsync("status ids --json")).ShouldBe(0, _real.Cli.Error);
        using var status = JsonDocument.Parse(_real.Cli.Out);
        status.RootElement
            .GetProperty("warnings")
            .EnumerateArray()
            .Select(warning => warning.GetProperty("text").GetString()!)
            .ShouldHaveSingleItem()
            .ShouldContain(Constant);
    }

    [Fact]
    public async Task The_log_holds_it_once()
    {
        (await _real.RunAsync("run ids.yaml --port 0 --slots 2 --quiet")).ShouldBe(0, _real.Cli.Error);

        _real.Cli.Error.ShouldContain("warning: ids.csv: 1 feature(s) are constant");
        Directory.EnumerateFiles(Path.Combine(_real.State, "logs"))
            .SelectMany(File.ReadLines)
            .Count(line => line.Contains(Constant, StringComparison.Ordinal))
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_resumed_search_tells_what_is_known_again_to_a_new_watcher()
    {
        (await _real.RunAsync("run ids.yaml --port 0")).ShouldBe(0, _real.Cli.Error);

        (await _real.RunAsync("run ids.yaml --port 0")).ShouldBe(0, _real.Cli.Error);

        Occurrences(_real.Cli.Out + _real.Cli.Error).ShouldBe(1);
    }

    private static int Occurrences(string text) => text.Split(Constant).Length - 1;
}
