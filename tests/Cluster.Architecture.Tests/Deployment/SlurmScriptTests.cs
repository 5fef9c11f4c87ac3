using System.Diagnostics;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests.Deployment;

public sealed class SlurmScriptTests
{
    private const string Script = "deploy/slurm/searchcluster-workers.sbatch";

    [Theory]
    [InlineData(Script, 0)]
    [InlineData("CHANGELOG.md", 2)]
    public async Task The_shell_reads_it(string file, int exitCode)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "bash is not installed");

        (await RunAsync("-n", RepositoryFiles.PathOf(file))).ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public async Task Without_a_line_for_joining_it_says_what_is_missing()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "bash is not installed");

        var (exitCode, error) = await RunAsync(RepositoryFiles.PathOf(Script), "/none/searchcluster-join");

        exitCode.ShouldBe(2);
        error.ShouldBe("/none/searchcluster-join cannot be read; write the line of 'searchcluster token create' into it.\n");
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/bash", arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
