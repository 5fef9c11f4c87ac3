using System.Diagnostics;
using System.Text.Json;
using SearchCluster.Cli.Tests.Documentation;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Cli.Tests.EndToEnd.Authoring;

/// <summary>A stranger's first hour: a project from the template is built outside the repository and searched.</summary>
[Trait("Category", "EndToEnd")]
public sealed class TemplateTests : IDisposable
{
    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task A_project_of_the_template_is_built_and_searched()
    {
        var hive = Path.Combine(_real.Cli.Folder, "hive");
        var tool = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        await DotnetAsync("new", "install", RepositoryFiles.PathOf("templates/searchcluster-workload"), "--debug:custom-hive", hive);
        await DotnetAsync("new", "searchcluster-workload", "-n", "GreatNet", "--tool", tool, "--debug:custom-hive", hive);
        await DotnetAsync("build", "GreatNet", "-o", "GreatNet/out", "-nologo", "-clp:ErrorsOnly");

        var run = "run GreatNet/great-net.search.yaml --workloads GreatNet/out/GreatNet.dll --set budget.trials=2 --set "
            + "workload.fixed.epochs=3 --port 0 --slots 1 --json";
        (await _real.RunAsync(run)).ShouldBe(0, _real.Cli.Error);

        using var document = JsonDocument.Parse(_real.Cli.Out);
        document.RootElement.GetProperty("workload").GetString().ShouldBe("great-net");
        document.RootElement
            .GetProperty("search")
            .GetProperty("best")
            .GetProperty("metrics")
            .GetProperty("test/accuracy")
            .GetDouble()
            .ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public async Task The_documented_workload_that_is_no_network_is_built_by_a_project_of_the_template()
    {
        var hive = Path.Combine(_real.Cli.Folder, "hive");
        var tool = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        await DotnetAsync("new", "install", RepositoryFiles.PathOf("templates/searchcluster-workload"), "--debug:custom-hive", hive);
        await DotnetAsync("new", "searchcluster-workload", "-n", "Walk", "--tool", tool, "--debug:custom-hive", hive);
        var code = DocumentedCommands.Blocks("docs/extending.md", "csharp")
            .Single(block => block.Contains("IComputedWorkload", StringComparison.Ordinal));
        _real.Cli.Write("Walk/Workload.cs", code);

        await DotnetAsync("build", "Walk", "-o", "Walk/out", "-nologo", "-clp:ErrorsOnly");

        File.Exists(Path.Combine(_real.Cli.Folder, "Walk", "out", "Walk.dll")).ShouldBeTrue();
    }

    private async Task DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = _real.Cli.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the test run was started with must not reach this build.
        foreach (var name in start.Environment.Keys
            .Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name == "CI")
            .ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, $"dotnet {string.Join(' ', arguments)}: {string.Concat(output)}");
    }
}
