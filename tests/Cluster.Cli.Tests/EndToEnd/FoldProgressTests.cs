namespace SearchCluster.Cli.Tests.EndToEnd;

/// <summary>A cross-validation is told in folds wherever its progress is told.</summary>
[Trait("Category", "EndToEnd")]
public sealed class FoldProgressTests : IDisposable
{
    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task Folds_are_not_counted_as_epochs()
    {
        _real.Cli.Write(
            "rows.csv",
            "a,b,label\n" + string.Concat(Enumerable.Range(0, 30)
                .Select(row => FormattableString.Invariant($"{row * 7 % 11}.5,{row % 5},{(row % 2 == 0 ? "x" : "z")}\n"))));
        _real.Cli.Write("folds.yaml", $$"""
            version: 1
            name: folds
            workload: { builtin: mlp, fixed: { epochs: 2, hiddenSize: 4 } }
            data: { source: {{_real.Cli.Folder}}/rows.csv, split: { folds: 3 } }
            objective: { metric: val/accuracy, direction: maximize }
            space: { learningRate: { type: log, min: 0.01, max: 0.02 } }
            budget: { trials: 2 }
            """);

        (await _real.RunAsync("run folds.yaml --port 0 --slots 1")).ShouldBe(0, _real.Cli.Error);
        (_real.Cli.Out + _real.Cli.Error).ShouldContain("2 trials, 6 folds, ");
        (_real.Cli.Out + _real.Cli.Error).ShouldNotContain("epoch");
        (await _real.RunAsync("status folds")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldNotContain("epoch");
        (await _real.RunAsync("trials folds")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("  fold ");
        _real.Cli.Out.ShouldNotContain("epoch");
        (await _real.RunAsync("status folds --json")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("\"resourceUnit\": \"fold\"");
    }
}
