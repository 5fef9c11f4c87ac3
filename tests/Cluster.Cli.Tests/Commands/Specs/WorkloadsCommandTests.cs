using System.Text.Json;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Workloads;

namespace SearchCluster.Cli.Tests.Commands.Specs;

/// <summary><c>workloads</c> shows everything that a spec may say of a workload.</summary>
public sealed class WorkloadsCommandTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public WorkloadsCommandTests() => _cli.Connector.IsLive = false;

    public static TheoryData<string> Names { get; } = [.. BuiltinWorkloads.All.Select(workload => workload.Name)];

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Lists_every_workload()
    {
        (await _cli.RunAsync("workloads")).ShouldBe(0);

        BuiltinWorkloads.All
            .Select(workload => workload.Name)
            .ShouldAllBe(name => _cli.Out.Contains($"\n{name} ", StringComparison.Ordinal));
        _cli.Out.ShouldContain("a mask");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Shows_every_hyperparameter_and_metric(string name)
    {
        var workload = BuiltinWorkloads.All.Single(known => known.Name == name);

        (await _cli.RunAsync("workloads", name)).ShouldBe(0);

        workload.Hyperparameters.ShouldAllBe(parameter => _cli.Out.Contains($"\n{parameter.Name} ", StringComparison.Ordinal));
        workload.Metrics.ShouldAllBe(metric => _cli.Out.Contains(metric, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shows_all_items_of_a_list_and_what_is_required()
    {
        await _cli.RunAsync("workloads", "function");

        _cli.Out.ShouldContain("styblinski-tang, zdt1, zdt3; required");
        _cli.Out.ShouldContain("int: 1 … 10000; default 1");
    }

    [Theory]
    [InlineData("workloads mpl", 4, CommandCodes.NoSuchWorkload, "Did you mean \"mlp\"?")]
    [InlineData("workloads --workloads nowhere.dll", 3, ModelCodes.Workloads, "is not there")]
    public async Task What_is_not_there_is_told(string line, int exitCode, string code, string text)
    {
        (await _cli.RunAsync(line.Split(' '))).ShouldBe(exitCode);

        _cli.Error.ShouldStartWith($"searchcluster: {code}: ");
        _cli.Error.ShouldContain(text);
    }

    [Fact]
    public async Task Json_is_one_document()
    {
        (await _cli.RunAsync("workloads", "segmentation", "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(_cli.Out);
        document.RootElement.GetProperty("schema").GetString().ShouldBe("searchcluster/workload@1");
        document.RootElement.GetProperty("workload").GetProperty("answer").GetString().ShouldBe("mask");
        var depth = document.RootElement
            .GetProperty("hyperparameters")
            .EnumerateArray()
            .Single(parameter => parameter.GetProperty("name").GetString() == "depth");
        depth.GetProperty("type").GetString().ShouldBe("int");
        depth.GetProperty("max").GetDouble().ShouldBe(6);
        depth.GetProperty("default").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task The_list_as_json_is_one_document()
    {
        (await _cli.RunAsync("workloads", "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(_cli.Out);
        document.RootElement.GetProperty("workloads").GetArrayLength().ShouldBe(BuiltinWorkloads.All.Count);
    }

    [Fact]
    public async Task An_unknown_name_gets_the_nearest()
    {
        (await _cli.RunAsync("workloads", "resnt")).ShouldBe(4);

        _cli.Error.ShouldContain("\"resnt\" is no workload. Did you mean \"resnet\"?");
    }
}
