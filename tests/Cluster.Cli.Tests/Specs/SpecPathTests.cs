using System.Diagnostics;
using System.Text.Json;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Specs;

public sealed class SpecPathTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public SpecPathTests()
    {
        _cli.Connector.IsLive = false;
        Directory.CreateDirectory(Path.Combine(_cli.Folder, "in"));
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_path_counts_from_the_folder_of_the_spec()
    {
        _cli.Write("rows.csv", "wrong");
        _cli.Write("in/rows.csv", "right");
        _cli.Write("in/s.yaml", Spec("rows.csv"));

        (await SourceAsync("in/s.yaml")).ShouldBe(Path.Combine(_cli.Folder, "in", "rows.csv"));
        (await SourceAsync("in/s.yaml", "--set", "data.source=rows.csv")).ShouldBe(Path.Combine(_cli.Folder, "rows.csv"));
        (await SourceAsync("in/s.yaml", "--set", "data={source: rows.csv}")).ShouldBe(
            Path.Combine(_cli.Folder, "rows.csv"), "a path of the command line, though a section around it was set");
    }

    [Fact]
    public async Task It_counts_from_the_current_folder_where_nothing_is_beside_the_spec()
    {
        _cli.Write("rows.csv", "right");
        _cli.Write("in/s.yaml", Spec("./rows.csv"));

        (await SourceAsync("in/s.yaml")).ShouldBe(Path.Combine(_cli.Folder, "rows.csv"));
        _cli.Input = Spec("rows.csv");
        (await SourceAsync("-")).ShouldBe(Path.Combine(_cli.Folder, "rows.csv"));
    }

    [Fact]
    public async Task A_bare_name_is_a_path_once_something_of_that_name_is_there()
    {
        Directory.CreateDirectory(Path.Combine(_cli.Folder, "in", "parts"));
        _cli.Write("in/s.yaml", Spec("parts"));
        _cli.Write("rows", "right");

        (await SourceAsync("in/s.yaml")).ShouldBe(Path.Combine(_cli.Folder, "in", "parts"));
        (await SourceAsync("in/s.yaml", "--set", "data.source=rows")).ShouldBe(Path.Combine(_cli.Folder, "rows"));
        (await SourceAsync("in/s.yaml", "--set", "data={source: rows}")).ShouldBe(Path.Combine(_cli.Folder, "rows"));
        (await _cli.RunAsync("spec", "check", "in/s.yaml", "--set", "data.source=digitz")).ShouldBe(3);
        _cli.Out.ShouldContain("did you mean \"digits\"?");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("http://127.0.0.1:8642/", true)]
    [InlineData("https://lab.example:8642/", false)]
    public async Task A_coordinator_on_another_machine_gets_paths_as_written(string? address, bool isFound)
    {
        _cli.Connector.IsLive = true;
        _cli.Connector.Elsewhere = address;
        _cli.Write("in/rows.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{i % 2}\n")));
        _cli.Write("in/s.yaml", Spec("rows.csv"));

        (await _cli.RunAsync("submit", "in/s.yaml", "--wait-for-workers")).ShouldBe(0, _cli.Error);

        _cli.Service.Submitted!.Overrides
            .ShouldNotBeNull()
            .GetValueOrDefault("data.source")
            .ShouldBe(isFound ? Path.Combine(_cli.Folder, "in", "rows.csv") : null);
    }

    [Fact]
    public async Task Data_sets_by_name_are_no_paths()
    {
        Directory.CreateDirectory(Path.Combine(_cli.Folder, "digits"));
        _cli.Write("s.yaml", Spec("digits"));

        (await SourceAsync("s.yaml")).ShouldBe("digits");
    }

    [Fact]
    public async Task Check_says_that_data_are_missing_and_where_it_looked()
    {
        _cli.Write("in/s.yaml", Spec("./nothing.csv"));

        (await _cli.RunAsync("spec", "check", "in/s.yaml")).ShouldBe(0);
        _cli.Out.ShouldContain("in/s.yaml:4:17: warning SC3310: \"./nothing.csv\" is not on this machine: there is no");
        _cli.Out.ShouldContain(Path.Combine(_cli.Folder, "in", "nothing.csv"));
        _cli.Out.ShouldContain(Path.Combine(_cli.Folder, "nothing.csv"));
        (await _cli.RunAsync("spec", "check", "in/s.yaml", "--strict")).ShouldBe(9);
    }

    [Fact]
    public async Task Check_says_that_a_data_set_is_not_registered_here()
    {
        _cli.Write("s.yaml", Spec("registered:houses"));

        (await _cli.RunAsync("spec", "check", "s.yaml", "--state", Path.Combine(_cli.Folder, "state"))).ShouldBe(0);
        _cli.Out.ShouldContain("s.yaml:4:17: warning SC3310: no data set \"houses\" is registered on this machine");
    }

    [Fact]
    public async Task A_named_pipe_is_refused_as_spec_and_told_as_data()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "named pipes of Unix");
        using (var process = Process.Start("mkfifo", Path.Combine(_cli.Folder, "pipe.csv")))
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        _cli.Write("s.yaml", Spec("pipe.csv"));

        (await _cli.RunAsync("spec", "check", "pipe.csv")).ShouldBe(4);
        _cli.Error.ShouldContain("pipe.csv is a named pipe, but a spec is a regular file");
        (await _cli.RunAsync("spec", "check", "/dev/zero")).ShouldBe(4);
        _cli.Error.ShouldContain("/dev/zero is a device");
        (await _cli.RunAsync("spec", "check", "s.yaml")).ShouldBe(0);
        _cli.Out.ShouldContain("warning SC3310: \"pipe.csv\" is a named pipe");
    }

    private async Task<string?> SourceAsync(string spec, params string[] more)
    {
        _cli.Clear();
        (await _cli.RunAsync(["spec", "explain", spec, "--json", .. more])).ShouldBe(0, _cli.Error);
        using var document = JsonDocument.Parse(_cli.Out);
        return document.RootElement.GetProperty("data").GetString()!.Split(',', ' ')[0];
    }

    private static string Spec(string source) => $$"""
        version: 1
        name: s
        workload: { builtin: mlp }
        data: { source: {{source}} }
        objective: { metric: val/loss, direction: minimize }
        space:
          learningRate: { type: log, min: 0.001, max: 0.01 }
        budget: { trials: 2 }
        """;
}
