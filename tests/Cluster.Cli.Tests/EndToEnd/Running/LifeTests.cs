namespace SearchCluster.Cli.Tests.EndToEnd.Running;

/// <summary>A search begins, fails, is corrected, goes on and goes away, with everything real but the process.</summary>
[Trait("Category", "EndToEnd")]
public sealed class LifeTests : IDisposable
{
    private readonly RealHarness _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Data_that_cannot_be_read_do_not_use_up_the_name()
    {
        var rows = Rows();
        _tool.Cli.Write("rows.csv", rows.Replace("kind", "klass", StringComparison.Ordinal));
        var spec = Spec("rows.csv");

        (await _tool.RunAsync($"run {spec} --port 0")).ShouldBe(3);
        _tool.Cli.Error.ShouldContain("kind");
        (await _tool.RunAsync("list")).ShouldBe(0);
        _tool.Cli.Error.ShouldStartWith("No searches yet.");

        _tool.Cli.Write("rows.csv", rows);
        (await _tool.RunAsync($"run {spec} -q --port 0")).ShouldBe(0);
        _tool.Cli.Out.ShouldContain("rows  completed");
    }

    [Fact]
    public async Task A_workload_that_does_not_fit_the_data_is_told_before_anything_is_written()
    {
        _tool.Cli.Write("rows.csv", Rows());
        var spec = Spec("rows.csv");
        File.WriteAllText(spec, File.ReadAllText(spec)
            .Replace("mlp, fixed: { epochs: 1, hiddenSize: 4 }", "cnn, fixed: { epochs: 1 }", StringComparison.Ordinal));

        (await _tool.RunAsync($"run {spec} --port 0")).ShouldBe(3);

        _tool.Cli.Error.ShouldContain("Workload 'cnn' needs images");
        (await _tool.RunAsync("list")).ShouldBe(0);
        _tool.Cli.Error.ShouldStartWith("No searches yet.");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_found()
    {
        (await _tool.RunAsync($"run {Spec("nowhere.csv")} --port 0")).ShouldBe(4);

        _tool.Cli.Error.ShouldContain("nowhere.csv");
    }

    [Fact]
    public async Task A_search_is_deleted_with_its_files_and_started_over()
    {
        _tool.Cli.Write("branin.yaml", RealHarness.Branin);
        var run = $"run {_tool.Cli.Folder}/branin.yaml -q --port 0";
        (await _tool.RunAsync(run)).ShouldBe(0);

        (await _tool.RunAsync(run + " --set budget.trials=8")).ShouldBe(7);
        _tool.Cli.Error.ShouldContain("budget.trials  stored 6, given 8");
        _tool.Cli.Error.ShouldContain("searchcluster resume branin --trials +2");
        (await _tool.RunAsync(run + " --set budget.trials=8 --fresh --yes")).ShouldBe(0);
        _tool.Cli.Out.ShouldContain("8 trials");
        (await _tool.RunAsync("delete branin --yes")).ShouldBe(0);
        (await _tool.RunAsync("delete branin --yes")).ShouldBe(0);
        _tool.Cli.Out.ShouldBe("branin is already deleted.\n");
        (await _tool.RunAsync("status branin")).ShouldBe(4);
        Directory.Exists(Path.Combine(_tool.State, "searches", "branin")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_search_that_learned_from_another_goes_on_when_it_is_run_again()
    {
        _tool.Cli.Write("branin.yaml", RealHarness.Branin);
        _tool.Cli.Write(
            "later.yaml",
            RealHarness.Branin.Replace("name: branin", "name: later", StringComparison.Ordinal)
                + "\nwarmStart: { from: branin }\nalgorithm: { type: tpe }\n");
        (await _tool.RunAsync($"run {_tool.Cli.Folder}/branin.yaml -q --port 0")).ShouldBe(0);
        (await _tool.RunAsync($"run {_tool.Cli.Folder}/later.yaml -q --port 0")).ShouldBe(0);
        (await _tool.RunAsync("resume branin --trials +2 -q")).ShouldBe(0);

        (await _tool.RunAsync($"run {_tool.Cli.Folder}/later.yaml --port 0")).ShouldBe(0);

        _tool.Cli.Error.ShouldStartWith("Search later is over; here are its results.");
    }

    [Fact]
    public async Task Parameters_of_the_best_trial_are_tried_first_by_another_search()
    {
        _tool.Cli.Write("branin.yaml", RealHarness.Branin);
        (await _tool.RunAsync($"run {_tool.Cli.Folder}/branin.yaml -q --port 0")).ShouldBe(0);
        (await _tool.RunAsync($"best branin -o {_tool.Cli.Folder}/params.json")).ShouldBe(0);

        (await _tool.RunAsync(
            $"run {_tool.Cli.Folder}/branin.yaml -q --port 0 --name again --seed 9 --params {_tool.Cli.Folder}/params.json")).ShouldBe(0);

        (await _tool.RunAsync("trials branin --csv --columns objective --top 1")).ShouldBe(0);
        var best = _tool.Cli.Out.Split('\n')[1];
        (await _tool.RunAsync("trials again --csv --columns trial,objective")).ShouldBe(0);
        _tool.Cli.Out.ShouldContain($"\n0,{best}\n");
    }

    [Fact]
    public async Task A_spec_names_the_file_of_parameters_that_is_tried_first()
    {
        _tool.Cli.Write("branin.yaml", RealHarness.Branin);
        (await _tool.RunAsync($"run {_tool.Cli.Folder}/branin.yaml -q --port 0")).ShouldBe(0);
        Directory.CreateDirectory($"{_tool.Cli.Folder}/later");
        (await _tool.RunAsync($"best branin -o {_tool.Cli.Folder}/later/best.json")).ShouldBe(0);
        _tool.Cli.Write("later/again.yaml", RealHarness.Branin + "\nenqueue: [{ x: 1 }, best.json]\n");

        (await _tool.RunAsync($"run {_tool.Cli.Folder}/later/again.yaml -q --port 0 --name again --seed 9")).ShouldBe(0, _tool.Cli.Error);

        (await _tool.RunAsync("trials branin --csv --columns objective --top 1")).ShouldBe(0);
        var best = _tool.Cli.Out.Split('\n')[1];
        (await _tool.RunAsync("trials again --csv --columns trial,objective")).ShouldBe(0);
        _tool.Cli.Out.ShouldContain($"\n1,{best}\n");
        (await _tool.RunAsync($"run {_tool.Cli.Folder}/later/again.yaml --port 0 --name again --seed 9")).ShouldBe(0);
        _tool.Cli.Error.ShouldStartWith("Search again is over; here are its results.");
        File.Delete($"{_tool.Cli.Folder}/later/best.json");
        (await _tool.RunAsync($"spec check {_tool.Cli.Folder}/later/again.yaml")).ShouldBe(4);
        _tool.Cli.Error.ShouldContain("best.json is not there");
    }

    private static string Rows()
    {
        var rows = Enumerable.Range(0, 60)
            .Select(i => string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{i + 0.5:0.0},{(i * 7 % 13) + 0.25:0.00},{(i % 2 == 0 ? "even" : "odd")}"));
        return "size,weight,kind\n" + string.Join('\n', rows) + "\n";
    }

    private string Spec(string data) => _tool.Cli.Write("rows.yaml", $$"""
        version: 1
        name: rows
        workload: { builtin: mlp, fixed: { epochs: 1, hiddenSize: 4 } }
        data: { source: {{_tool.Cli.Folder}}/{{data}}, target: kind }
        objective: { metric: val/loss, direction: minimize }
        space:
          learningRate: { type: log, min: 0.001, max: 0.1 }
        algorithm: { type: random }
        budget: { trials: 2 }
        """);
}
