using SearchCluster.Cli.Tests.Documentation;

namespace SearchCluster.Cli.Tests.EndToEnd.Running;

/// <summary>An exception of a user's workload is called the user's, wherever it comes up.</summary>
[Trait("Category", "EndToEnd")]
public sealed class UserFailureTests : IDisposable
{
    private const string Workload = """
        using SearchCluster.Contracts.Configuration;
        using SearchCluster.Contracts.Specs;
        using SearchCluster.Models.Networks;
        using SearchCluster.Models.Workloads;
        using static TorchSharp.torch;

        public sealed record BrokenOptions
        {
            [SearchRange(1, 8)]
            public int Width { get; init; } = 2;
        }

        public sealed class BrokenWorkload() : NetworkWorkload<BrokenOptions>("broken", "Fails.", TargetKind.Class)
        {
            protected override nn.Module<Tensor, Tensor> Build(BrokenOptions options, NetworkContext context) =>
                throw new System.FormatException("the table of widths is empty");
        }
        """;

    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task Sanity_names_the_place_in_the_users_code()
    {
        var assembly = Path.Combine(_real.Cli.Folder, "Broken.dll");
        SnippetTests.Emit(Workload, assembly);
        _real.Cli.Write("broken.yaml", """
            version: 1
            name: broken
            workload: { class: broken }
            data: { source: digits }
            objective: { metric: val/loss, direction: minimize }
            space: { width: { type: int, min: 1, max: 4 } }
            budget: { trials: 1 }
            """);

        (await _real.RunAsync($"sanity broken.yaml --workloads {assembly}")).ShouldBe(9, _real.Cli.Error);

        _real.Cli.Error.ShouldContain("SC3353");
        _real.Cli.Error.ShouldContain("Your workload failed in BrokenWorkload.Build: FormatException: the table of widths is empty");
        _real.Cli.Error.ShouldNotContain("this is a bug");
    }
}
