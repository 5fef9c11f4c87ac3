using System.Net;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Client;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Tests.EndToEnd;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Hosting.State;
using SearchCluster.Launch;
using SearchCluster.Models.Native;

namespace SearchCluster.Cli.Tests.Failures;

/// <summary>Refusals that belong to no one command, each with its code.</summary>
public sealed class FailureCodeTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task What_is_there_is_not_overwritten()
    {
        (await _cli.RunAsync("spec", "new", "x.yaml", "--template", "minimal")).ShouldBe(0);

        (await _cli.RunAsync("spec", "new", "x.yaml", "--template", "minimal")).ShouldBe(7);

        _cli.Error.ShouldContain($"{CommandCodes.OutputExists}: x.yaml exists.");
    }

    [Fact]
    public async Task Without_a_coordinator_nothing_can_be_submitted()
    {
        _cli.Connector.IsLive = false;
        _cli.Write("x.yaml", RealHarness.Branin);

        (await _cli.RunAsync("submit", "x.yaml")).ShouldBe(5);

        _cli.Error.ShouldContain($"{ProblemCodes.NoCoordinator}: No coordinator runs for this state folder.");
    }

    [Fact]
    public async Task Logs_of_a_process_that_was_never_here_are_refused()
    {
        (await _cli.RunAsync("logs", "w7", "--state", Path.Combine(_cli.Folder, "state"))).ShouldBe(4);

        _cli.Error.ShouldContain($"{CommandCodes.NoSuchProcess}: No process whose name begins with \"w7\"");
    }

    [Fact]
    public async Task A_state_folder_that_cannot_be_made_is_told_with_where()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Nobody can make a folder in /sys.");
        _cli.Write("x.yaml", RealHarness.Branin);
        using var real = new RealHarness();

        (await real.Cli.RunAsync(real.Connector, "run", Path.Combine(_cli.Folder, "x.yaml"), "--state", "/sys/searchcluster")).ShouldBe(12);

        real.Cli.Error.ShouldContain($"{StorageCodes.NotWritable}: The state folder /sys/searchcluster cannot be created");
        real.Cli.Error.ShouldContain("--state");
    }

    [Theory]
    [InlineData("list", 100, 128)]
    [InlineData("run x.yaml --state state --port 0", 300, 512)]
    public async Task A_shell_with_few_file_handles_is_told_before_anything_starts(string arguments, int limit, int least)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is read from /proc.");
        _cli.Write("x.yaml", RealHarness.Branin);
        using var tool = ToolProcess.StartShell(
            _cli.Folder,
            $"ulimit -n {limit}; exec dotnet {Path.Combine(AppContext.BaseDirectory, "searchcluster.dll")} {arguments}");

        var (exitCode, _, error) = await tool.EndAsync(TestContext.Current.CancellationToken);

        exitCode.ShouldBe(12, error);
        error.ShouldContain($"{StorageCodes.TooManyFiles}: This process may open {limit} files, but ");
        error.ShouldContain($"at least {least}. Raise the limit in this shell (ulimit -n 1024)");
        Directory.Exists(Path.Combine(_cli.Folder, "state")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_state_folder_that_others_could_look_into_is_closed_and_the_log_says_so()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        _cli.Write("x.yaml", RealHarness.Branin);
        var state = Directory.CreateDirectory(Path.Combine(_cli.Folder, "state")).FullName;
        File.SetUnixFileMode(state, (UnixFileMode)Convert.ToInt32("755", 8));

        using var tool = ToolProcess.Start(_cli.Folder, "run x.yaml --state state --port 0 -q");
        (await tool.EndAsync(TestContext.Current.CancellationToken)).ExitCode.ShouldBe(0);

        Convert.ToString((int)File.GetUnixFileMode(state), 8).ShouldBe("700");
        var lines = Directory.EnumerateFiles(Path.Combine(state, "logs")).SelectMany(File.ReadLines);
        lines.ShouldContain(line => line.Contains("could look into the state folder", StringComparison.Ordinal)
            && line.Contains("755", StringComparison.Ordinal));
    }

    [Fact]
    public void What_does_not_start_has_the_code_of_its_cause()
    {
        StartFailures.Of(new LaunchException("A worker did not start.")).Code.ShouldBe(CommandCodes.NotStarted);
        StartFailures.Of(new TorchUnavailableException("libtorch cannot be loaded.")).ShouldSatisfyAllConditions(
            refused => refused.Code.ShouldBe(CommandCodes.NoTorch),
            refused => refused.ExitCode.ShouldBe(ExitCodes.ProblemsFound));
        StartFailures.Of(new StateFolderLockedException("Another coordinator runs.", null)).ShouldSatisfyAllConditions(
            refused => refused.Code.ShouldBe(ProblemCodes.NotHosted),
            refused => refused.ExitCode.ShouldBe(ExitCodes.Conflict));
    }

    [Fact]
    public async Task An_answer_that_no_coordinator_gives_is_not_understood()
    {
        using var answer = new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html>") };

        var problem = await ApiProblems.ReadAsync(answer, TestContext.Current.CancellationToken);

        (problem.Status, problem.Code).ShouldBe((502, ProblemCodes.NotUnderstood));
        problem.Title.ShouldContain("HTTP status 502");
    }
}
