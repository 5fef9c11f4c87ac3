using System.Text.Json;
using SearchCluster.Cli.Specs;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Specs;

/// <summary>Each option that gives configurations to try first adds to the others.</summary>
public sealed class EnqueuedValuesTests : IDisposable
{
    private const string Spec = """
        version: 1
        name: branin
        workload: { builtin: function, fixed: { function: branin } }
        objective: { metric: value, direction: minimize }
        space:
          x1: { type: float, min: -5, max: 10 }
          x2: { type: float, min: 0, max: 15 }
        budget: { trials: 9 }
        enqueue:
          - { x1: 7 }
        """;

    private readonly CliHarness _cli = new();

    public EnqueuedValuesTests()
    {
        _cli.Connector.IsLive = false;
        _cli.Write("b.yaml", Spec);
        _cli.Write("p.json", """[{ "x1": 1 }, { "x1": 2 }]""");
        _cli.Write("q.json", """{ "x1": 3 }""");
    }

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("--set enqueue[]={\"x1\":4} --set enqueue[]={\"x1\":5}", 3)]
    [InlineData("--set enqueue[]={\"x1\":4} --params q.json", 3)]
    [InlineData("--params q.json --set enqueue[]=[{\"x1\":4},{\"x1\":5}]", 4)]
    [InlineData("--params p.json --params q.json --set enqueue[]={\"x1\":4} --set enqueue[]={\"x1\":5}", 6)]
    public async Task All_of_them_are_tried(string options, int expected)
    {
        (await _cli.RunAsync(["spec", "explain", "b.yaml", .. options.Split(' ')])).ShouldBe(0, _cli.Error);

        _cli.Out.ShouldContain($"{expected} enqueued configurations");
    }

    [Theory]
    [InlineData("enqueue=p.json", 2)]
    [InlineData("enqueue=[q.json, { x1: 5 }]", 2)]
    [InlineData("enqueue={ x1: 5 }", 1)]
    public async Task A_file_or_a_configuration_takes_the_place_of_the_section(string set, int expected)
    {
        (await _cli.RunAsync("spec", "explain", "b.yaml", "--set", set)).ShouldBe(0, _cli.Error);
        _cli.Out.ShouldContain($"{expected} enqueued configuration");

        _cli.Clear();
        (await _cli.RunAsync("spec", "explain", "b.yaml", "--set", set, "--params", "q.json")).ShouldBe(0, _cli.Error);
        _cli.Out.ShouldContain($"{expected + 1} enqueued configurations");
    }

    [Fact]
    public async Task What_is_neither_is_answered_with_the_ways_there_are()
    {
        (await _cli.RunAsync("spec", "check", "b.yaml", "--set", "enqueue=best.csv")).ShouldBe(3);

        _cli.Out.ShouldContain("enqueue is best.csv, but must be a .json file that `best -o` wrote");
        _cli.Out.ShouldContain("--params best.json");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        (await _cli.RunAsync("spec", "check", "b.yaml", "--set", "enqueue=gone.json")).ShouldBe(4);

        _cli.Error.ShouldContain("gone.json");
    }

    [Fact]
    public void Files_come_first_then_the_command_line_in_order()
    {
        using var joined = JsonDocument.Parse(EnqueuedValues.Join(["[{\"a\":1},{\"a\":2}]", "{\"a\":3}", " [{\"a\":4}] "])!);

        joined.RootElement.EnumerateArray().Select(one => one.GetProperty("a").GetInt32()).ShouldBe([1, 2, 3, 4]);
        EnqueuedValues.Join([]).ShouldBeNull();
        EnqueuedValues.Join(["{\"a\":1}"]).ShouldBe("{\"a\":1}");
    }

    [Theory]
    [InlineData("{x1")]
    [InlineData("[]")]
    [InlineData("7")]
    public async Task One_that_is_no_configuration_is_refused_wherever_it_stands(string wrong)
    {
        string[] bad = ["--set", $"enqueue[]={wrong}"];
        string[] good = ["--set", "enqueue[]={\"x1\":4}"];

        (await _cli.RunAsync(["spec", "check", "b.yaml", .. bad, .. good])).ShouldBe(3);
        (await _cli.RunAsync(["spec", "check", "b.yaml", .. good, .. bad])).ShouldBe(3);

        _cli.Out.ShouldContain("must be a configuration or a list of them");
    }
}
