using SearchCluster.Cli.Specs;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Specs;

/// <summary>A command line to copy keeps what was given.</summary>
public sealed class GivenOptionsTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Words_are_quoted_as_a_shell_reads_them() =>
        GivenOptions.Words("my file.yaml", [("--set", "data.exclude=[a, b]"), ("--seed", null), ("--name", "w9"), ("--set", "x='y'")])
            .ShouldBe("'my file.yaml' --set 'data.exclude=[a, b]' --name w9 --set 'x='\\''y'\\'''");

    [Fact]
    public async Task A_search_of_another_coordinator_is_submitted_with_the_same_options()
    {
        await _cli.RunAsync("spec", "new", "x.yaml", "--template", "minimal");

        (await _cli.RunAsync("run", "x.yaml", "--name", "w9", "--set", "budget.trials=3", "--seed", "7")).ShouldBe(7);

        _cli.Error.ShouldContain("searchcluster submit x.yaml --set budget.trials=3 --seed 7 --name w9");
    }

    [Fact]
    public async Task Without_a_coordinator_the_search_runs_here_with_the_same_options()
    {
        _cli.Connector.IsLive = false;
        await _cli.RunAsync("spec", "new", "x.yaml", "--template", "minimal");

        (await _cli.RunAsync("submit", "x.yaml", "--name", "w9")).ShouldBe(5);

        _cli.Error.ShouldContain("searchcluster run x.yaml --name w9");
    }
}
