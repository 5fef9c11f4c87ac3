using System.Text.Json;

namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>What code of a user's own does to the tool's streams and to its answers, seen from another process.</summary>
[Trait("Category", "EndToEnd")]
public sealed class PrintingWorkloadTests : IDisposable
{
    private const string Spec = """
        version: 1
        name: printing
        workload: { class: printing }
        objective: { metric: value, direction: minimize }
        space:
          x: { type: float, min: 0, max: 1 }
        algorithm: { type: random }
        budget: { trials: 1 }
        """;

    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task What_it_prints_does_not_come_before_the_document_on_standard_output()
    {
        _real.Cli.Write("printing.yaml", Spec);
        using var tool = Start("run printing.yaml --json --port 0 --slots 1");

        var (exit, output, error) = await tool.EndAsync(TestContext.Current.CancellationToken);

        exit.ShouldBe(0, error);
        using var document = JsonDocument.Parse(output);
        document.RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
        error.ShouldContain("printed at load");
        error.ShouldContain("printed in a trial");
        if (!OperatingSystem.IsWindows())
        {
            error.ShouldContain("printed by a native library");
            error.ShouldContain("printed by a child");
        }
    }

    [Fact]
    public async Task Ctrl_C_ends_a_command_whose_workload_never_finishes_loading()
    {
        ToolProcess.SkipUnlessInterruptible();
        using var tool = Start("workloads", (PrintingWorkload.HangVariable, "1"));
        await tool.ReadErrorUntilAsync("takes long", TestContext.Current.CancellationToken);

        await tool.InterruptAsync(TestContext.Current.CancellationToken);
        var (exit, output, _) = await tool.EndAsync(TestContext.Current.CancellationToken);

        exit.ShouldBe(130);
        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_descriptor_that_is_null_is_its_authors_fault_and_the_class_is_named()
    {
        using var tool = Start("workloads", (PrintingWorkload.NullVariable, "1"));

        var (exit, _, error) = await tool.EndAsync(TestContext.Current.CancellationToken);

        exit.ShouldBe(3, error);
        error.ShouldContain("SC3353");
        error.ShouldContain($"Descriptor of workload class {typeof(PrintingWorkload).FullName}");
    }

    private ToolProcess Start(string arguments, params (string Name, string Value)[] variables) => ToolProcess.Start(
        _real.Cli.Folder,
        $"{arguments} --state {_real.State} --workloads {typeof(PrintingWorkload).Assembly.Location}",
        variables);
}
