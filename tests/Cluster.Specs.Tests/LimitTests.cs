namespace SearchCluster.Specs.Tests;

/// <summary>Each limit holds at its value and breaks one above.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData(16, false)]
    [InlineData(17, true)]
    public void Depth(int depth, bool isRefused) =>
        Specs.Read("a: " + new string('[', depth - 1) + new string(']', depth - 1)).Problems
            .Any(problem => problem.Code == "SC1005")
            .ShouldBe(isRefused);

    [Theory]
    [InlineData(20_000, false)]
    [InlineData(20_001, true)]
    public void Nodes(int nodes, bool isRefused)
    {
        // The mapping, its key and the list are three nodes.
        var text = "a: [" + string.Concat(Enumerable.Repeat("1,", nodes - 3)) + "]";

        Specs.Read(text).Problems.Any(problem => problem.Code == "SC1005").ShouldBe(isRefused);
    }

    [Theory]
    [InlineData(1_000, null)]
    [InlineData(1_001, "SC1026")]
    public void Items(int count, string? code) =>
        Check(Specs.Function.With("x", $"  x: {{ type: item, items: [{string.Join(", ", Enumerable.Range(0, count))}] }}"), code);

    [Theory]
    [InlineData(2_000, null)]
    [InlineData(2_001, "SC1015")]
    public void Description(int length, string? code) => Check(Specs.Function + "\ndescription: " + new string('x', length), code);

    [Theory]
    [InlineData(32, null)]
    [InlineData(33, "SC1015")]
    public void Labels(int count, string? code) =>
        Check(Specs.Function + "\nlabels: { " + string.Join(", ", Enumerable.Range(0, count).Select(i => $"l{i}: x")) + " }", code);

    [Theory]
    [InlineData("9007199254740991", null)]
    [InlineData("9007199254740992", "SC1016")]
    public void Seed(string seed, string? code) => Check(Specs.Function.With("seed", "seed: " + seed), code);

    [Theory]
    [InlineData("3650d", null)]
    [InlineData("3650d1s", "SC1065")]
    public void Duration(string time, string? code) => Check(Specs.Function.With("budget", $"budget: {{ time: {time} }}"), code);

    [Theory]
    [InlineData(63, null)]
    [InlineData(64, "SC1012")]
    public void Name(int length, string? code) => Check(Specs.Function.With("name", "name: " + new string('a', length)), code);

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void Objectives(int count, bool isRefused)
    {
        string[] metrics = ["train/loss", "val/loss", "val/accuracy", "test/loss", "test/accuracy", "val/loss"];
        var list = string.Join(", ", metrics.Take(count)
            .Select(metric =>
                $"{{ metric: {metric}, direction: {(metric.EndsWith("loss", StringComparison.Ordinal) ? "minimize" : "maximize")} }}"));

        Specs.Read(Specs.Mlp.With("objective", $"objectives: [{list}]")).Problems
            .Any(problem => problem.Code == "SC1075")
            .ShouldBe(isRefused);
    }

    [Theory]
    [InlineData(20, null)]
    [InlineData(21, "SC1067")]
    public void Stages(int count, string? code) =>
        Check(
            Specs.Mlp + $"\nalgorithm: {{ type: coarse-to-fine, stages: "
                + $"[{string.Join(", ", Enumerable.Repeat("{ type: random, trials: 1 }", count))}] }}",
            code);

    [Theory]
    [InlineData(100, null)]
    [InlineData(101, "SC1069")]
    public void Repeats(int repeats, string? code) =>
        Check(Specs.Function.With("seed", $"repeats: {repeats}").With("budget", "budget: { trials: 500 }"), code);

    [Theory]
    [InlineData(1_000, null)]
    [InlineData(1_001, "SC1056")]
    public void WarmStart(int top, string? code) => Check(Specs.Function.With("seed", $"warmStart: {{ from: earlier, top: {top} }}"), code);

    private static void Check(string text, string? code) =>
        Specs.Read(text).Problems.Select(problem => problem.Code).ShouldBe(code is null ? [] : [code]);
}
