using System.Globalization;

namespace SearchCluster.Cli.Tests.EndToEnd;

/// <summary>A search whose data change between two runs refuses to go on, and goes on when they are back.</summary>
[Trait("Category", "EndToEnd")]
public sealed class DataChangeTests : IDisposable
{
    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task A_search_goes_on_only_with_the_data_of_its_trials()
    {
        Write(shift: 0);
        (await _real.RunAsync("run rows.yaml --port 0")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("data         60 rows, ");
        (await _real.RunAsync("status rows --json")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("\"rows\": 60");

        Write(shift: 3);
        foreach (var line in (string[])[
            "run rows.yaml --port 0",
            "resume rows --trials +1 --port 0",
            "ensemble build rows --type top-k --members 2",
        ])
        {
            (await _real.RunAsync(line)).ShouldNotBe(0);
            _real.Cli.Error.ShouldContain("SC3311");
            _real.Cli.Error.ShouldContain("60 rows");
            _real.Cli.Error.ShouldContain("--fresh");
        }

        (await _real.RunAsync("trials rows --json")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldNotContain("SC3311", customMessage: "nothing began");

        Write(shift: 0);
        (await _real.RunAsync("resume rows --trials +1 --port 0")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldContain(
            "Search rows: 1 trial to train: 0 that were left of its budget of 2, and 1 more; the budget is 3 now.");

        Write(shift: 3);
        (await _real.RunAsync("run rows.yaml --fresh --yes --port 0")).ShouldBe(0, _real.Cli.Error);
    }

    [Fact]
    public async Task Registered_data_that_were_replaced_are_other_data()
    {
        Write(shift: 0, "registered:people");
        (await _real.RunAsync($"data add people {_real.Cli.Folder}/rows.csv")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync("run rows.yaml --port 0")).ShouldBe(0, _real.Cli.Error);

        Write(shift: 3, "registered:people");
        (await _real.RunAsync($"data add people {_real.Cli.Folder}/rows.csv --replace")).ShouldBe(0, _real.Cli.Error);

        (await _real.RunAsync("resume rows --trials +1 --port 0")).ShouldBe(3);
        _real.Cli.Error.ShouldContain("SC3311");
    }

    private void Write(int shift, string? source = null)
    {
        _real.Cli.Write("rows.csv", "height,weight,kind\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{160.25 + (i % 2 * 20) + (i % 7) + shift},{50.5 + (i % 5)},{(i % 2 == 1 ? "tall" : "short")}\n"))));
        _real.Cli.Write("rows.yaml", $$"""
            version: 1
            name: rows
            seed: 1
            workload: { builtin: mlp, fixed: { epochs: 2, hiddenSize: 8 } }
            data: { source: {{source ?? _real.Cli.Folder + "/rows.csv"}} }
            objective: { metric: val/loss, direction: minimize }
            space: { learningRate: { type: log, min: 0.01, max: 0.02 } }
            algorithm: { type: random }
            budget: { trials: 2 }
            """);
    }
}
