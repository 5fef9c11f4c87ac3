using System.Text.Json;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Commands.Specs;

public sealed class SpecCommandTests : IDisposable
{
    private const string Bad = """
        version: 1
        name: bad
        workload: { builtin: function, fixed: { function: branin } }
        objective: { metric: value, direction: minimize }
        space:
          x: { type: log, min: 0, max: 10 }
        buget: { trials: 5 }
        """;

    private readonly CliHarness _cli = new();

    public SpecCommandTests() => _cli.Connector.IsLive = false;

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("run bad.yaml")]
    [InlineData("submit bad.yaml")]
    [InlineData("spec explain bad.yaml")]
    public async Task All_problems_are_shown_with_their_place_and_nothing_is_submitted(string line)
    {
        _cli.Write("bad.yaml", Bad);

        (await _cli.RunAsync(line.Split(' '))).ShouldBe(3);

        _cli.Out.ShouldBeEmpty();
        _cli.Error.ShouldContain("bad.yaml:6:24: error SC1042:");
        _cli.Error.ShouldContain("    6 |   x: { type: log, min: 0, max: 10 }");
        _cli.Error.ShouldContain("      |                        ^");
        _cli.Error.ShouldContain("error SC1003:");
        _cli.Error.ShouldContain("budget");
        _cli.Error.ShouldContain("nothing was submitted.");
        _cli.Service.Submitted.ShouldBeNull();
    }

    [Fact]
    public async Task Check_prints_problems_as_data()
    {
        _cli.Write("bad.yaml", Bad);

        (await _cli.RunAsync("spec", "check", "bad.yaml")).ShouldBe(3);

        _cli.Error.ShouldBeEmpty();
        _cli.Out.ShouldContain("bad.yaml:6:24: error SC1042:");
    }

    [Fact]
    public async Task Check_with_json_is_one_document()
    {
        _cli.Write("bad.yaml", Bad);

        (await _cli.RunAsync("spec", "check", "bad.yaml", "--json")).ShouldBe(3);

        using var document = JsonDocument.Parse(_cli.Out);
        document.RootElement.GetProperty("schema").GetString().ShouldBe("searchcluster/spec-check@1");
        document.RootElement.GetProperty("isValid").GetBoolean().ShouldBeFalse();
        var bound = document.RootElement
            .GetProperty("problems")
            .EnumerateArray()
            .Single(p => p.GetProperty("code").GetString() == "SC1042");
        bound.GetProperty("line").GetInt32().ShouldBe(6);
        bound.GetProperty("path").GetString().ShouldBe("space.x.min");
    }

    [Fact]
    public async Task Check_for_msbuild_matches_editors()
    {
        _cli.Write("bad.yaml", Bad);

        await _cli.RunAsync("spec", "check", "bad.yaml", "--format", "msbuild");

        _cli.Out.ShouldContain("bad.yaml(6,24): error SC1042:");
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_not_found_and_a_similar_name_is_offered()
    {
        _cli.Write("digits.yaml", "version: 1");

        (await _cli.RunAsync("run", "digit.yaml")).ShouldBe(4);

        _cli.Error.ShouldContain("error SC1000: cannot open");
        _cli.Error.ShouldContain("digits.yaml");
    }

    [Fact]
    public async Task A_folder_is_no_spec()
    {
        (await _cli.RunAsync("run", ".")).ShouldBe(4);

        _cli.Error.ShouldContain("is a folder; give a .yaml or .json file");
    }

    [Fact]
    public async Task A_file_over_the_limit_is_not_read()
    {
        _cli.Write("big.yaml", new string('#', 300 * 1024));

        (await _cli.RunAsync("run", "big.yaml")).ShouldBe(3);

        _cli.Error.ShouldContain("SC1002");
        _cli.Error.ShouldContain("larger than 256 KiB");
    }

    [Fact]
    public async Task An_unknown_field_of_set_is_wrong_usage()
    {
        await _cli.RunAsync("spec", "new", "x.yaml", "--template", "minimal");

        (await _cli.RunAsync("spec", "explain", "x.yaml", "--set", "budget.trails=5")).ShouldBe(2);

        _cli.Error.ShouldContain("budget.trials");
    }

    [Fact]
    public async Task Set_needs_a_path_and_a_value()
    {
        await _cli.RunAsync("spec", "new", "x.yaml", "--template", "minimal");

        (await _cli.RunAsync("run", "x.yaml", "--set", "seed")).ShouldBe(2);

        _cli.Error.ShouldContain("--set is \"seed\", but must be PATH=VALUE.");
    }

    [Theory]
    [InlineData("minimal")]
    [InlineData("digits")]
    [InlineData("mlp")]
    [InlineData("grid")]
    public async Task A_new_spec_passes_its_own_check(string template)
    {
        Directory.CreateDirectory(Path.Combine(_cli.Folder, "data"));
        _cli.Write("data/my-table.csv", "length,colour,label\n1.5,red,a\n2.5,blue,b\n");

        (await _cli.RunAsync("spec", "new", "x.yaml", "--template", template)).ShouldBe(0);
        (await _cli.RunAsync("spec", "check", "x.yaml", "--strict")).ShouldBe(0);

        File.Exists(Path.Combine(_cli.Folder, "search.v1.schema.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task Texts_are_documents_where_a_program_asks()
    {
        (await _cli.RunAsync("spec", "new", "--template", "minimal", "--json")).ShouldBe(0);
        using (var spec = JsonDocument.Parse(_cli.Out))
        {
            spec.RootElement.GetProperty("schema").GetString().ShouldBe("searchcluster/spec-new@1");
            spec.RootElement.GetProperty("text").GetString()!.ShouldContain("version: 1");
            spec.RootElement.GetProperty("files").GetArrayLength().ShouldBe(0);
        }

        _cli.Clear();
        (await _cli.RunAsync("spec", "new", "x.yaml", "--json")).ShouldBe(0);
        using (var spec = JsonDocument.Parse(_cli.Out))
        {
            spec.RootElement
                .GetProperty("files")
                .EnumerateArray()
                .Select(file => Path.GetFileName(file.GetString()))
                .ShouldBe(["x.yaml", "search.v1.schema.json"]);
        }

        foreach (var (topic, command) in new (string[], string)[]
        {
            ([], "searchcluster"),
            (["run"], "searchcluster run"),
            (["spec"], "searchcluster spec"),
        })
        {
            _cli.Clear();
            (await _cli.RunAsync(["help", .. topic, "--json"])).ShouldBe(0);
            using var help = JsonDocument.Parse(_cli.Out);
            help.RootElement.GetProperty("schema").GetString().ShouldBe("searchcluster/help@1");
            help.RootElement.GetProperty("command").GetString().ShouldBe(command);
            help.RootElement.GetProperty("text").GetString()!.ShouldContain("Usage: ");
        }
    }

    [Fact]
    public async Task A_new_spec_does_not_overwrite_a_file()
    {
        _cli.Write("x.yaml", "mine");

        (await _cli.RunAsync("spec", "new", "x.yaml")).ShouldBe(7);
        File.ReadAllText(Path.Combine(_cli.Folder, "x.yaml")).ShouldBe("mine");

        (await _cli.RunAsync("spec", "new", "x.yaml", "--force")).ShouldBe(0);
    }

    [Fact]
    public async Task Explain_tells_what_would_run()
    {
        await _cli.RunAsync("spec", "new", "x.yaml", "--template", "digits");

        (await _cli.RunAsync("spec", "explain", "x.yaml", "--set", "budget.trials=12")).ShouldBe(0);

        _cli.Out.ShouldContain("trials     12");
        _cli.Out.ShouldContain("learningRate");
    }

    [Fact]
    public async Task Explain_says_what_auto_chose_and_why()
    {
        await _cli.RunAsync("spec", "new", "x.yaml", "--template", "minimal");

        (await _cli.RunAsync("spec", "explain", "x.yaml")).ShouldBe(0);

        _cli.Out.ShouldContain("algorithm  auto: gp, because ");
        _cli.Out.ShouldContain("scheduler  none: Every trial trains to its own end");
    }

    [Fact]
    public async Task Explain_shows_stages_as_a_table()
    {
        await _cli.RunAsync("spec", "new", "x.yaml", "--template", "mlp");
        var text = File.ReadAllText(Path.Combine(_cli.Folder, "x.yaml"));
        _cli.Write("x.yaml", text.Replace(
            "algorithm: { type: auto }",
            "algorithm: { type: coarse-to-fine, stages: [{ type: random, trials: 20, dataFraction: 0.3 }, { type: gp }] }",
            StringComparison.Ordinal));

        (await _cli.RunAsync("spec", "explain", "x.yaml")).ShouldBe(0);
        _cli.Out.ShouldContain("around the best 20 % of the trials before");

        (await _cli.RunAsync("spec", "explain", "x.yaml", "--json")).ShouldBe(0);
        _cli.Out.ShouldContain("\"dataFraction\": 0.3");
    }

    [Fact]
    public async Task A_dry_run_explains_and_submits_nothing()
    {
        await _cli.RunAsync("spec", "new", "x.yaml", "--template", "minimal");

        (await _cli.RunAsync("submit", "x.yaml", "--dry-run", "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(_cli.Out);
        document.RootElement.GetProperty("schema").GetString().ShouldBe("searchcluster/spec-explanation@1");
        _cli.Service.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Standard_input_can_be_a_spec()
    {
        _cli.Input = Bad;

        (await _cli.RunAsync("spec", "check", "-")).ShouldBe(3);

        _cli.Out.ShouldContain("<stdin>:6:24: error SC1042:");
    }

    [Fact]
    public async Task The_schema_is_json()
    {
        (await _cli.RunAsync("spec", "schema")).ShouldBe(0);

        using var schema = JsonDocument.Parse(_cli.Out);
        schema.RootElement.TryGetProperty("$schema", out _).ShouldBeTrue();
    }
}
