using System.Globalization;
using System.Text.Json;

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
            (await _real.RunAsync(line)).ShouldBe(3, line);
            _real.Cli.Error.ShouldContain("SC3311");
            _real.Cli.Error.ShouldContain("60 rows");
            _real.Cli.Error.ShouldContain("--fresh");
        }

        _real.Cli.Error.ShouldContain("bring these back, then: searchcluster ensemble build rows");
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
    public async Task Data_that_are_gone_are_not_found_wherever_a_search_goes_on()
    {
        Write(shift: 0);
        (await _real.RunAsync("run rows.yaml --port 0")).ShouldBe(0, _real.Cli.Error);
        File.Delete(Path.Combine(_real.Cli.Folder, "rows.csv"));

        foreach (var line in (string[])[
            "resume rows --trials +1 --port 0",
            "ensemble build rows --type top-k --members 2",
            "ensemble build rows --type bagging --members 2",
        ])
        {
            (await _real.RunAsync(line)).ShouldBe(4, line);
            _real.Cli.Error.ShouldContain("SC3000");
            _real.Cli.Error.ShouldContain("rows.csv");
        }

        _real.Cli.Error.ShouldContain("bring these back, then: searchcluster ensemble build rows");
    }

    [Fact]
    public async Task Models_that_are_gone_do_not_vote_and_the_next_best_do()
    {
        Write(shift: 0);
        (await _real.RunAsync("run rows.yaml --set budget.trials=3 --port 0")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync("trials rows --top 1 --columns trial --csv")).ShouldBe(0, _real.Cli.Error);
        var best = new TrialId(int.Parse(_real.Cli.Out.Split('\n')[1], CultureInfo.InvariantCulture));
        var model = Path.Combine(_real.State, ArtifactPaths.Model(new("rows"), best));
        (await _real.RunAsync("ensemble build rows --type greedy --members 2")).ShouldBe(0, _real.Cli.Error);
        File.Delete(model);

        foreach (var type in (string[])["top-k", "greedy"])
        {
            (await _real.RunAsync($"ensemble build rows --type {type} --members 2")).ShouldBe(0, _real.Cli.Error);
            _real.Cli.Error.ShouldContain($"the model file is gone: {best}; the first one should lie at {model}");
            (await _real.RunAsync("ensemble show rows --json")).ShouldBe(0, _real.Cli.Error);
            using var shown = JsonDocument.Parse(_real.Cli.Out);
            shown.RootElement.GetProperty("ensemble").GetProperty("members").EnumerateArray().Select(member => member.GetInt32())
                .ShouldNotContain(best.Number);
        }

        var member = Directory.GetFiles(Path.Combine(_real.State, ArtifactPaths.Ensemble(new("rows"))), "*.scm")[0];
        foreach (var gone in Directory.GetFiles(Path.GetDirectoryName(member)!, "*.scm"))
        {
            File.Delete(gone);
        }

        (await _real.RunAsync("ensemble show rows")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldContain("The ensemble cannot predict: ");
        foreach (var line in (string[])["predict rows rows.csv", "evaluate rows rows.csv", "export rows -o away"])
        {
            (await _real.RunAsync(line)).ShouldBe(4, line);
            _real.Cli.Error.ShouldContain("SC4000");
            _real.Cli.Error.ShouldContain("searchcluster ensemble build rows");
        }
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
