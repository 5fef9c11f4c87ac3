using SearchCluster.Specs.Rules;

namespace SearchCluster.Specs.Tests;

/// <summary>Each limit holds at its value and breaks one above.</summary>
[Trait("Promise", "S08")]
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

    [Theory]
    [InlineData(SpecLimits.Bytes, false)]
    [InlineData(SpecLimits.Bytes + 1, true)]
    public void Bytes(int bytes, bool isRefused) =>
        CheckRefused(Specs.Function + "\n#" + new string('x', bytes - Specs.Function.Length - 2), isRefused);

    [Theory]
    [InlineData(SpecLimits.Parameters, false)]
    [InlineData(SpecLimits.Parameters + 1, true)]
    public void Parameters(int count, bool isRefused)
    {
        var more = string.Join('\n', Enumerable.Range(0, count - 1).Select(number => $"  p{number}: {{ type: float, min: 0, max: 1 }}"));
        var problems = Specs.Read(Specs.Function.With("x", more)).Problems;

        problems.Any(problem => problem.Message.Contains($"space has {count} parameters", StringComparison.Ordinal)).ShouldBe(isRefused);
    }

    [Theory]
    [InlineData(SpecLimits.Conditions, false)]
    [InlineData(SpecLimits.Conditions + 1, true)]
    public void Forbidden(int count, bool isRefused) => CheckRefused(
        Specs.Function + "\nforbid: ["
            + string.Join(", ", Enumerable.Range(0, count).Select(n => $"{{ x: {{ min: {n * 0.01:F2} }} }}")) + "]",
        isRefused);

    [Theory]
    [InlineData(SpecLimits.LabelLength, false)]
    [InlineData(SpecLimits.LabelLength + 1, true)]
    public void Label(int length, bool isRefused) =>
        CheckRefused(Specs.Function + "\nlabels: { team: " + new string('x', length) + " }", isRefused);

    [Theory]
    [InlineData(SpecLimits.Enqueued, false)]
    [InlineData(SpecLimits.Enqueued + 1, true)]
    public void Enqueued(int count, bool isRefused) => CheckRefused(
        Specs.Function.With("budget", "budget: { trials: 2000 }") + "\nenqueue: ["
            + string.Join(", ", Enumerable.Range(0, count).Select(number => $"{{ x: {number * 0.001:F3}, y: 1 }}")) + "]",
        isRefused);

    [Theory]
    [InlineData(SpecLimits.Trials, false)]
    [InlineData(SpecLimits.Trials + 1, true)]
    public void Trials(int count, bool isRefused) =>
        CheckRefused(Specs.Function.With("budget", $"budget: {{ trials: {count} }}"), isRefused);

    [Theory]
    [InlineData(SpecLimits.Round, false)]
    [InlineData(SpecLimits.Round + 1, true)]
    public void Round(int count, bool isRefused) => CheckRefused(
        Specs.Function.With("budget", "budget: { trials: 20000 }") + $"\nreproducible: {{ round: {count} }}", isRefused);

    [Theory]
    [InlineData(SpecLimits.Folds, false)]
    [InlineData(SpecLimits.Folds + 1, true)]
    public void Folds(int count, bool isRefused) =>
        CheckRefused(Specs.Mlp.With("data", $"data: {{ source: digits, split: {{ folds: {count} }} }}"), isRefused);

    [Theory]
    [InlineData(1_000, 1_000, false)]
    [InlineData(1_000, 1_001, true)]
    public void Grid_points(int first, int second, bool isRefused) => CheckRefused(
        Specs.Function
            .With("x", $"  x: {{ type: float, min: -5, max: 10, gridPoints: {first} }}")
            .With("y", $"  y: {{ type: float, min: 0, max: 15, gridPoints: {second} }}")
            .With("budget", "budget: { time: 1h }") + "\nalgorithm: { type: grid }",
        isRefused);

    [Theory]
    [InlineData(4_096, false)]
    [InlineData(4_097, true)]
    public void Concurrency(int most, bool isRefused) =>
        CheckRefused(Specs.Function + $"\nresources: {{ concurrency: {most} }}", isRefused);

    private static void CheckRefused(string text, bool isRefused) =>
        Specs.Read(text).Problems.Where(problem => problem.Severity == "error").Select(problem => problem.Message).Any()
            .ShouldBe(isRefused, string.Join('\n', Specs.Read(text).Problems.Take(3).Select(problem => problem.Message)));

    private static void Check(string text, string? code) =>
        Specs.Read(text).Problems.Select(problem => problem.Code).ShouldBe(code is null ? [] : [code]);
}
