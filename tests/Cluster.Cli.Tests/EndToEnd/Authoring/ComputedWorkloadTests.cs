using System.Text.Json;
using SearchCluster.Cli.Tests.Documentation;

namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>The example of a workload that is no network, as the documents give it.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ComputedWorkloadTests : IDisposable
{
    private const string Page = "docs/extending.md";

    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task The_documented_one_runs_and_is_paused_and_promoted_by_a_scheduler()
    {
        var assembly = Path.Combine(_real.Cli.Folder, "Walk.dll");
        SnippetTests.Emit(Block("csharp", "IComputedWorkload"), assembly);
        _real.Cli.Write("walk.yaml", Block("yaml", "class: walk"));
        var arguments = $"run walk.yaml --json --port 0 --slots 1 --state {_real.State} --workloads {assembly}";
        using var tool = ToolProcess.Start(_real.Cli.Folder, arguments);

        var (exit, output, error) = await tool.EndAsync(TestContext.Current.CancellationToken);

        exit.ShouldBe(0, error);
        error.ShouldNotContain("warning");
        using var run = JsonDocument.Parse(output);
        run.RootElement.GetProperty("search").GetProperty("trials").GetProperty("failed").GetInt32().ShouldBe(0);
    }

    private static string Block(string language, string text) =>
        DocumentedCommands.Blocks(Page, language).Single(block => block.Contains(text, StringComparison.Ordinal));
}
