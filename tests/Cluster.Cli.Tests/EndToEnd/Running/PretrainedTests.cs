namespace SearchCluster.Cli.Tests.EndToEnd.Running;

/// <summary>An encoder that cannot come from the search that a spec names is refused before a trial is lost.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PretrainedTests : IDisposable
{
    private readonly RealHarness _real = new();

    public PretrainedTests()
    {
        _real.Cli.Write("two.csv", Table("a,b,kind", row => $"{row % 7},{row % 5}"));
        _real.Cli.Write("three.csv", Table("a,b,c,kind", row => $"{row % 7},{row % 5},{row % 3}"));
    }

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task The_earlier_search_its_workload_and_both_sizes_are_named_before_the_first_trial()
    {
        await SearchAsync("classes", "mlp", "two.csv");
        await SearchAsync("codes", "autoencoder", "two.csv");
        await SearchAsync("fits", "encoder-classifier", "two.csv", "pretrained: { from: codes }");

        await IsRefusedAsync(
            "one",
            "two.csv",
            "from: classes",
            "trial t0000 of search 'classes' is of workload mlp with inputs 2",
            "Name a search of workload autoencoder, encoder-classifier or vae");
        await IsRefusedAsync(
            "two", "three.csv", "from: codes, trial: 0", "of workload autoencoder with inputs 2", "encoder-classifier with inputs 3");

        // An option that says nothing to the model is refused as well.
        (await _real.RunAsync("predict classes two.csv --trial 0 --fit crop")).ShouldBe(2);
        _real.Cli.Error.ShouldContain("it is one that answers a class of rows");
        (await _real.RunAsync("predict codes two.csv --trial 0 --probabilities")).ShouldBe(2);
        _real.Cli.Error.ShouldContain("it is an autoencoder");
        (await _real.RunAsync("predict classes two.csv --trial 0 --probabilities")).ShouldBe(0, _real.Cli.Error);

        // And nobody is sent to build an ensemble of models that cannot vote.
        (await _real.RunAsync("predict codes two.csv")).ShouldBe(4);
        _real.Cli.Error.ShouldContain("models of workload autoencoder cannot vote");
        _real.Cli.Error.ShouldNotContain("ensemble build");
    }

    private async Task IsRefusedAsync(string name, string source, string pretrained, params string[] words)
    {
        Write(name, "encoder-classifier", source, $"pretrained: {{ {pretrained} }}");
        (await _real.RunAsync($"run {_real.Cli.Folder}/{name}.yaml -q --port 0")).ShouldBe(3, _real.Cli.Error);
        _real.Cli.Error.ShouldContain("SC4006");
        foreach (var word in words)
        {
            _real.Cli.Error.ShouldContain(word);
        }

        (await _real.RunAsync($"status {name}")).ShouldBe(4, "no trial was lost, and nothing written");
    }

    private async Task SearchAsync(string name, string workload, string source, string more = "")
    {
        Write(name, workload, source, more);
        (await _real.RunAsync($"run {_real.Cli.Folder}/{name}.yaml -q --port 0")).ShouldBe(0, _real.Cli.Error);
    }

    private void Write(string name, string workload, string source, string more) => _real.Cli.Write($"{name}.yaml", $$"""
        version: 1
        name: {{name}}
        workload: { builtin: {{workload}}, fixed: { epochs: 1, batchSize: 16 }{{(more.Length == 0 ? "" : ", " + more)}} }
        data: { source: ./{{source}}, target: kind, split: { train: 0.6, validation: 0.2, test: 0.2 } }
        objective: { metric: val/loss, direction: minimize }
        space: { learningRate: { type: log, min: 0.001, max: 0.01 } }
        budget: { trials: 1 }
        """);

    private static string Table(string header, Func<int, string> row) =>
        header + "\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{row(i)},{(i % 2 == 0 ? "even" : "odd")}\n"));
}
