using System.Text.Json;

namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>The example of a workload of one's own, from its assembly to predictions.</summary>
[Trait("Category", "EndToEnd")]
public sealed class CustomWorkloadTests : IDisposable
{
    private const string Spec = """
        version: 1
        name: gated
        workload: { class: gated, fixed: { epochs: 4 } }
        data: { source: digits }
        objective: { metric: val/loss, direction: minimize }
        space:
          width: { type: logint, min: 16, max: 64 }
          gate: { type: bool }
          learningRate: { type: log, min: 1.0e-3, max: 3.0e-2 }
        budget: { trials: 4 }
        """;

    private readonly RealHarness _real = new();

    private static string Assembly => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        "..",
        "..",
        "CustomWorkload",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        "CustomWorkload.dll"));

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task Its_search_runs_and_its_model_predicts()
    {
        _real.Cli.Write("gated.yaml", Spec);

        (await _real.RunAsync($"run gated.yaml --port 0 --slots 1 --json --workloads {Assembly}")).ShouldBe(0, _real.Cli.Error);
        using var run = JsonDocument.Parse(_real.Cli.Out);
        run.RootElement.GetProperty("search").GetProperty("trials").GetProperty("completed").GetInt32().ShouldBe(4);

        _real.Cli.Write("rows.csv", string.Join(',', Enumerable.Repeat("0", 64)) + "\n");
        (await _real.RunAsync($"predict gated rows.csv --trial 0 --workloads {Assembly}")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldStartWith("prediction,probability");
    }

    [Fact]
    public async Task The_spec_is_checked_against_what_it_reads()
    {
        _real.Cli.Write("wrong.yaml", Spec.Replace("width:", "widht:", StringComparison.Ordinal));

        (await _real.RunAsync($"spec check wrong.yaml --workloads {Assembly}")).ShouldNotBe(0);
        (_real.Cli.Out + _real.Cli.Error).ShouldContain("workload gated does not read \"widht\"; did you mean \"width\"?");

        _real.Cli.Write("gated.yaml", Spec);
        (await _real.RunAsync("spec check gated.yaml")).ShouldNotBe(0);
        (_real.Cli.Out + _real.Cli.Error).ShouldContain("--workloads");
    }

    [Fact]
    public async Task Its_options_can_be_looked_up()
    {
        (await _real.RunAsync($"workloads gated --workloads {Assembly}")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("Classifier with gated hidden units.");
        _real.Cli.Out.ShouldContain("int: 8 … 256; default 32");
        _real.Cli.Out.ShouldContain("Probability that a gate is closed in training.");

        (await _real.RunAsync("workloads gated")).ShouldBe(4);
        _real.Cli.Error.ShouldContain("--workloads DLL");
    }

    [Fact]
    public async Task An_assembly_without_workloads_is_refused_in_one_sentence()
    {
        _real.Cli.Write("gated.yaml", Spec);

        (await _real.RunAsync($"spec check gated.yaml --workloads {typeof(JsonDocument).Assembly.Location}")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("has no public class that implements IWorkload");

        (await _real.RunAsync("spec check gated.yaml --workloads nowhere.dll")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("is not there");

        (await _real.RunAsync("spec check gated.yaml --workloads gated.yaml")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("cannot be loaded as a .NET assembly");
    }
}
