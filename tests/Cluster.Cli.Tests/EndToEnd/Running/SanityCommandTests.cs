using System.Text.Json;

namespace SearchCluster.Cli.Tests.EndToEnd.Running;

[Trait("Category", "EndToEnd")]
public sealed class SanityCommandTests : IDisposable
{
    private const string Spec = """
        version: 1
        name: sane
        workload: { builtin: mlp, fixed: { epochs: 5, optimizer: sgd } }
        data: { source: digits }
        objective: { metric: val/loss, direction: minimize }
        space:
          hiddenSize:   { type: logint, min: 8, max: 128 }
          learningRate: { type: log, min: MIN, max: MAX }
          dropout:      { type: float, min: 0, max: 0.5 }
        budget: { trials: 4 }
        """;

    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task The_middle_of_the_space_is_checked_and_drawn()
    {
        _real.Cli.Write("sane.yaml", Spec.Replace("MIN", "0.01", StringComparison.Ordinal).Replace("MAX", "1.0", StringComparison.Ordinal));

        (await _real.RunAsync("sanity sane.yaml -o sane.svg --json")).ShouldBe(0, _real.Cli.Error);

        using var report = JsonDocument.Parse(_real.Cli.Out);
        report.RootElement.GetProperty("canLearn").GetBoolean().ShouldBeTrue();
        report.RootElement.GetProperty("parameters").GetProperty("hiddenSize").GetInt32().ShouldBe(32);
        report.RootElement.GetProperty("parameters").GetProperty("learningRate").GetDouble().ShouldBe(0.1, 1e-12);
        report.RootElement.GetProperty("rungs").GetArrayLength().ShouldBe(3);
        File.ReadAllText(Path.Combine(_real.Cli.Folder, "sane.svg")).ShouldContain("a small set");
        (await _real.RunAsync("sanity sane.yaml")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("expected near ln 10 = 2.3026");
    }

    [Fact]
    public async Task What_cannot_learn_is_a_problem_with_its_exit_code()
    {
        _real.Cli.Write(
            "slow.yaml", Spec.Replace("MIN", "1.0e-8", StringComparison.Ordinal).Replace("MAX", "1.0e-7", StringComparison.Ordinal));

        (await _real.RunAsync("sanity slow.yaml")).ShouldBe(9);

        _real.Cli.Out.ShouldContain("problem    1 row: loss");
    }

    [Fact]
    public async Task A_disk_that_takes_no_data_is_one_sentence()
    {
        var spec = Spec.Replace("digits }", "digits, storage: disk }", StringComparison.Ordinal)
            .Replace("MIN", "0.01", StringComparison.Ordinal)
            .Replace("MAX", "1.0", StringComparison.Ordinal);
        _real.Cli.Write("kept.yaml", spec);
        using var tool = ToolProcess.Start(_real.Cli.Folder, "sanity kept.yaml", ("TMPDIR", "/nowhere"));

        var (exitCode, _, error) = await tool.EndAsync(TestContext.Current.CancellationToken);

        exitCode.ShouldBe(3);
        error.ShouldContain("SC3017: Data cannot be kept in /nowhere");
        error.ShouldContain("set TMPDIR");
    }

    [Fact]
    public async Task Data_that_are_not_there_are_one_sentence()
    {
        _real.Cli.Write("lost.yaml", Spec.Replace("digits }", "/nowhere/rows.csv }", StringComparison.Ordinal)
            .Replace("MIN", "0.01", StringComparison.Ordinal)
            .Replace("MAX", "1.0", StringComparison.Ordinal));

        (await _real.RunAsync("sanity lost.yaml")).ShouldBe(4);

        _real.Cli.Error.ShouldContain("/nowhere/rows.csv");
        _real.Cli.Error.ShouldNotContain("   at ");
    }
}
