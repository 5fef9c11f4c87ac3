using System.Globalization;
using System.Text.Json;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Workloads;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.State;

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

    [Theory]
    [InlineData("run rows.yaml --port 0")]
    [InlineData("resume rows --trials +1 --port 0")]
    [InlineData("ensemble build rows --type top-k --members 2")]
    public async Task Registered_data_that_were_edited_in_their_place_are_told(string line)
    {
        Write(shift: 0, "registered:people");
        (await _real.RunAsync($"data add people {_real.Cli.Folder}/rows.csv")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync("run rows.yaml --port 0")).ShouldBe(0, _real.Cli.Error);

        Write(shift: 3, "registered:people");

        (await _real.RunAsync(line)).ShouldNotBe(0, _real.Cli.Out);
        _real.Cli.Error.ShouldContain("Data set 'people' is not what was registered");
        _real.Cli.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("registered:people")]
    public async Task Results_are_shown_without_data_and_with_a_word_beside_data_that_nobody_can_read(string? source)
    {
        Write(shift: 0, source);
        (await _real.RunAsync($"data add people {_real.Cli.Folder}/rows.csv")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync("run rows.yaml --port 0")).ShouldBe(0, _real.Cli.Error);

        File.Delete($"{_real.Cli.Folder}/rows.csv");
        (await _real.RunAsync("run rows.yaml --port 0")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldNotContain("nobody can tell");
        _real.Cli.Out.ShouldContain("data         60 rows, ");

        if (source is null)
        {
            _real.Cli.Write("rows.csv", "height,weight,kind\n1,2,tall\n1,short\n");
            (await _real.RunAsync("run rows.yaml --port 0")).ShouldBe(0, _real.Cli.Error);
            _real.Cli.Error.ShouldContain("The data of search rows cannot be read any more, so nobody can tell whether");
            _real.Cli.Out.ShouldContain("data         60 rows, ");
        }
    }

    [Fact]
    public async Task A_search_follows_its_data_to_another_place()
    {
        Write(shift: 0);
        (await _real.RunAsync("run rows.yaml --port 0")).ShouldBe(0, _real.Cli.Error);
        var disk = Directory.CreateDirectory(Path.Combine(_real.Cli.Folder, "disk")).FullName;
        File.Move($"{_real.Cli.Folder}/rows.csv", $"{disk}/rows.csv");

        (await _real.RunAsync($"run rows.yaml --set data.source={disk}/gone.csv --port 0")).ShouldBe(7, _real.Cli.Error);
        _real.Cli.Error.ShouldContain("SC2001");

        (await _real.RunAsync($"run rows.yaml --set data.source={disk}/rows.csv --port 0")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldContain($"Data are at {disk}/rows.csv now; same content.");
        _real.Cli.Out.ShouldContain("data         60 rows, ");

        (await _real.RunAsync($"run rows.yaml --set data.source={disk}/rows.csv --port 0")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldNotContain("Data are at", customMessage: "they are known to be there");
        (await _real.RunAsync("ensemble build rows --type top-k --members 2")).ShouldBe(0, _real.Cli.Error);
        (await _real.RunAsync("resume rows --trials +1 --port 0")).ShouldBe(0, _real.Cli.Error);

        File.WriteAllText($"{disk}/other.csv", File.ReadAllText($"{disk}/rows.csv") + "150.5,50,short\n");
        foreach (var line in (string[])[
            $"run rows.yaml --set data.source={disk}/other.csv --port 0",
            $"resume rows --data {disk}/other.csv --port 0",
        ])
        {
            (await _real.RunAsync(line)).ShouldBe(3, _real.Cli.Error);
            _real.Cli.Error.ShouldContain("SC3311");
        }

        (await _real.RunAsync($"run rows.yaml --set data.source={disk}/rows.csv --seed 7 --port 0")).ShouldBe(7, _real.Cli.Error);
        _real.Cli.Error.ShouldContain("SC2001", customMessage: "another seed is another search");
    }

    [Fact]
    public async Task A_search_that_was_interrupted_trains_nothing_at_the_old_place()
    {
        Write(shift: 0);
        (await _real.RunAsync("run rows.yaml --port 0")).ShouldBe(0, _real.Cli.Error);
        await OfflineAsync(service => service.ResumeAsync(new("rows"), new(Trials: 1), TestContext.Current.CancellationToken));
        File.Move($"{_real.Cli.Folder}/rows.csv", $"{_real.Cli.Folder}/moved.csv");

        (await _real.RunAsync("resume rows --port 0")).ShouldBe(4, _real.Cli.Error);
        (await _real.RunAsync("run rows.yaml --set data.source=moved.csv --port 0")).ShouldBe(0, _real.Cli.Error);

        _real.Cli.Error.ShouldContain("same content");
        (await _real.RunAsync("status rows --json")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("\"completed\": 3");
        (await _real.RunAsync("trace rows")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldNotContain("SC3000");
    }

    [Fact]
    public async Task Resuming_names_the_new_place_of_data_also_while_the_search_is_over()
    {
        Write(shift: 0);
        (await _real.RunAsync("run rows.yaml --port 0")).ShouldBe(0, _real.Cli.Error);
        File.Move($"{_real.Cli.Folder}/rows.csv", $"{_real.Cli.Folder}/moved.csv");
        (await _real.RunAsync($"data add people {_real.Cli.Folder}/moved.csv")).ShouldBe(0, _real.Cli.Error);

        (await _real.RunAsync("resume rows --data moved.csv --port 0")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldContain($"Data are at {_real.Cli.Folder}/moved.csv now; same content.");
        _real.Cli.Error.ShouldContain("Search rows is over; here are its results.");

        (await _real.RunAsync("resume rows --data people --trials +1 --port 0")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldContain("Data are at registered:people now; same content.");
        (await _real.RunAsync("status rows --json")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Out.ShouldContain("\"completed\": 3");
    }

    [Fact]
    public async Task Submitting_to_resume_follows_data_to_another_place_and_refuses_others()
    {
        Write(shift: 0);
        (await _real.RunAsync("run rows.yaml --port 0")).ShouldBe(0, _real.Cli.Error);
        File.Copy($"{_real.Cli.Folder}/rows.csv", $"{_real.Cli.Folder}/moved.csv");
        Write(shift: 3);
        await using var coordinator = await _real.Hosting.StartAsync(
            StateFolder.Resolve(_real.State),
            new HostRequest(1, 0, "cpu", NeedsJournal: true),
            UserWorkloads.None,
            TestContext.Current.CancellationToken);

        (await _real.RunAsync("submit rows.yaml --on-duplicate resume")).ShouldBe(3, _real.Cli.Error);
        _real.Cli.Error.ShouldContain("SC3311");

        (await _real.RunAsync("submit rows.yaml --set data.source=moved.csv")).ShouldBe(7, _real.Cli.Error);
        _real.Cli.Error.ShouldContain("its spec differs in the place of the data only; with the same content it is the same search.");
        _real.Cli.Error.ShouldContain("--on-duplicate resume");
        _real.Cli.Error.ShouldContain($"searchcluster resume rows --data {_real.Cli.Folder}/moved.csv");

        (await _real.RunAsync("submit rows.yaml --on-duplicate resume --set data.source=moved.csv")).ShouldBe(0, _real.Cli.Error);
        _real.Cli.Error.ShouldContain($"Data are at {_real.Cli.Folder}/moved.csv now; same content.");
        (await coordinator.Service.GetSpecAsync(new("rows"), TestContext.Current.CancellationToken))
            .Spec.Data!.Source.ShouldBe($"{_real.Cli.Folder}/moved.csv");
    }

    private async Task OfflineAsync(Func<ISearchService, Task> change)
    {
        await using var connection = await _real.Hosting.OpenOfflineAsync(
            StateFolder.Resolve(_real.State), UserWorkloads.None, TestContext.Current.CancellationToken);
        await change(connection.Service);
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
