using System.Text.Json;

namespace SearchCluster.Cli.Tests.EndToEnd.Predicting;

/// <summary>What <c>evaluate</c> says of the rows of the test part is what <c>best</c> says of it, whatever the target.</summary>
[Trait("Category", "EndToEnd")]
public sealed class EvaluationTests : IDisposable
{
    private const int Rows = 200;
    private const int FirstTest = 160;

    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task Large_targets_have_one_unit_in_best_and_evaluate()
    {
        Write(row => FormattableString.Invariant($"{row * 37 % Rows * 0.01},{1700000000 + (row * 37 % Rows)}"), "x,y");

        var metrics = await SearchAndCompareAsync("mlp-regressor", "answer: numbers", "mae", "mse", "r2");

        metrics["mae"].ShouldBeInRange(0.001, 20);
    }

    [Fact]
    public async Task A_median_split_is_that_of_the_training_and_the_target_may_stand_first()
    {
        // Of the test rows alone the median is another one.
        Write(row => FormattableString.Invariant(
            $"{(row < FirstTest ? row % 40 : 100 + row)},{(row < FirstTest ? row % 40 : 100 + row) * 0.1},{row % 7}"), "price,x,note");

        var metrics = await SearchAndCompareAsync(
            "mlp", "target: price, medianSplit: true", "accuracy", "loss", "f1", "precision", "recall");

        metrics["accuracy"].ShouldBe(1, "all test rows are above the median of the training");
    }

    [Fact]
    public async Task A_score_that_is_not_defined_is_null_in_json()
    {
        Write(row => FormattableString.Invariant($"{row % 5},{row % 5}"), "x,y");
        await SearchAndCompareAsync("mlp-regressor", "answer: numbers", "mae");
        _real.Cli.Write("flat.csv", "x,y\n1,3\n2,3\n");

        (await _real.RunAsync("evaluate values flat.csv --trial 0 --json")).ShouldBe(0, _real.Cli.Error);

        using var evaluation = JsonDocument.Parse(_real.Cli.Out);
        evaluation.RootElement.GetProperty("metrics").GetProperty("r2").ValueKind.ShouldBe(JsonValueKind.Null);
        evaluation.RootElement.GetProperty("nonFinite").EnumerateObject().ShouldHaveSingleItem().Value.GetString().ShouldBe("nan");
    }

    [Fact]
    public async Task Several_targets_are_read_by_their_names()
    {
        Write(row => FormattableString.Invariant($"{row * 37 % Rows},{row * 37 % Rows * 0.02},{1000 - (row * 37 % Rows)}"), "rent,x,price");

        await SearchAndCompareAsync("mlp-regressor", "target: [price, rent], answer: numbers", "mae", "mse", "r2");
    }

    [Fact]
    public async Task Unseen_texts_are_counted_and_the_rest_is_evaluated()
    {
        Write(row => $"{row % 3},{(row % 3 == 0 ? "Ulm" : "Bonn")},{(row % 3 == 0 ? "yes" : "no")}", "x,town,label");
        await SearchAndCompareAsync("mlp", "unseen: ignore", "accuracy", "loss");
        _real.Cli.Write("new.csv", "x,town,label\n0,Paris,yes\n1,Bonn,no\n");

        (await _real.RunAsync("evaluate values new.csv --trial 0")).ShouldBe(0, _real.Cli.Error);

        _real.Cli.Error.ShouldContain(
            "warning: new.csv: column 'town': 1 row(s) to predict hold 1 text(s) that the training part never does ('Paris')");
        _real.Cli.Write("bad.csv", "x,town,label\n0,Ulm,yes\n1,Bonn,No\n");
        (await _real.RunAsync("evaluate values bad.csv --trial 0")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("bad.csv:3:8: column 'label' holds the label 'No'");
        _real.Cli.Error.ShouldContain("did you mean 'no'?");
    }

    private void Write(Func<int, string> row, string header)
    {
        string[] rows = [.. Enumerable.Range(0, Rows).Select(row)];
        _real.Cli.Write("all.csv", header + "\n" + string.Concat(rows.Select(line => line + "\n")));
        _real.Cli.Write("test.csv", header + "\n" + string.Concat(rows.Skip(FirstTest).Select(line => line + "\n")));
    }

    private async Task<Dictionary<string, double>> SearchAndCompareAsync(string workload, string data, params string[] compared)
    {
        var split = $"{{ trainRows: 0-119, validationRows: 120-159, testRows: {FirstTest}-{Rows - 1} }}";
        _real.Cli.Write("values.search.yaml", $$"""
            version: 1
            name: values
            seed: 1
            workload: { builtin: {{workload}}, fixed: { epochs: 40, hiddenSize: 16, batchSize: 16 } }
            data: { source: {{_real.Cli.Folder}}/all.csv, {{data}}, split: {{split}} }
            objective: { metric: val/loss, direction: minimize }
            space: { learningRate: { type: log, min: 0.01, max: 0.02 } }
            algorithm: { type: random }
            budget: { trials: 1 }
            """);
        (await _real.RunAsync("run values.search.yaml --port 0 --slots 1")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync("best values --json")).ShouldBe(0, _real.Cli.Error);
        using var best = JsonDocument.Parse(_real.Cli.Out);
        var trained = best.RootElement.GetProperty("trials")[0].GetProperty("metrics");
        (await _real.RunAsync("evaluate values test.csv --trial 0 --json")).ShouldBe(0, _real.Cli.Error);
        using var evaluation = JsonDocument.Parse(_real.Cli.Out);
        var metrics = evaluation.RootElement.GetProperty("metrics");
        foreach (var name in compared)
        {
            var expected = trained.GetProperty("test/" + name).GetDouble();
            metrics.GetProperty(name).GetDouble().ShouldBe(expected, 1e-5 * Math.Max(1, Math.Abs(expected)), name);
        }

        return metrics.EnumerateObject().ToDictionary(metric => metric.Name, metric => metric.Value.GetDouble());
    }
}
