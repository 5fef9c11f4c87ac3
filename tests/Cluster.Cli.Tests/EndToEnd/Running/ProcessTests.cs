using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.EndToEnd.Running;

/// <summary>What only a process of its own shows: signals, what is loaded, what reaches the streams.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ProcessTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private readonly CancellationTokenSource _limit = new(Patience.Limit);

    public void Dispose()
    {
        _limit.Dispose();
        _cli.Dispose();
    }

    [Theory]
    [InlineData("version")]
    [InlineData("run --help")]
    [InlineData("spec check branin.yaml")]
    [InlineData("list --coordinator http://127.0.0.1:1")]
    public async Task Commands_that_need_no_cluster_and_no_training_load_neither(string arguments)
    {
        _cli.Write("branin.yaml", RealHarness.Branin);
        var file = Path.Combine(_cli.Folder, "assemblies.txt");
        using var tool = ToolProcess.Start(
            _cli.Folder, arguments, ("DOTNET_STARTUP_HOOKS", typeof(ProcessTests).Assembly.Location), (StartupHook.FileVariable, file));

        await tool.EndAsync(_limit.Token);

        var loaded = await File.ReadAllLinesAsync(file, _limit.Token);
        loaded.ShouldContain("searchcluster");
        loaded.ShouldNotContain(name => name.StartsWith("Akka", StringComparison.Ordinal)
            || name.StartsWith("TorchSharp", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Data", StringComparison.Ordinal)
            || name.StartsWith("OpenTelemetry", StringComparison.Ordinal));
    }

    /// <remarks>
    /// What such a command costs is compilation, about 0.1 ms for each method, and methods can be counted on a busy machine; the aim is
    /// 300 ms for <c>list</c>. Where there are more: the same two variables tell which, and docs/performance.md, "Start of a command", why.
    /// </remarks>
    [Theory]
    [InlineData("list", 1_700)]
    [InlineData("list --json", 2_600)]
    [InlineData("status branin", 1_950)]
    [InlineData("trials branin", 1_975)]
    public async Task A_command_that_only_reads_compiles_little(string arguments, int methods)
    {
        _cli.Write("branin.yaml", RealHarness.Branin);
        using var run = ToolProcess.Start(_cli.Folder, "run branin.yaml --state state --port 0 -q");
        (await run.EndAsync(_limit.Token)).ExitCode.ShouldBe(0);
        var file = Path.Combine(_cli.Folder, "compiled.txt");

        using var tool = ToolProcess.Start(
            _cli.Folder, arguments + " --state state", ("DOTNET_JitStdOutFile", file), ("DOTNET_JitDisasmSummary", "1"));
        var (exitCode, output, error) = await tool.EndAsync(_limit.Token);

        exitCode.ShouldBe(0, error);
        output.ShouldNotBeEmpty();
        var compiled = await File.ReadAllLinesAsync(file, _limit.Token);
        compiled.Length.ShouldBeInRange(100, methods);
        compiled.ShouldNotContain(line => line.Contains("ContractsJsonContext:Create_Search", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ctrl_C_ends_a_run_in_order_and_resume_finishes_it()
    {
        ToolProcess.SkipUnlessInterruptible();
        (await _cli.RunAsync("spec", "new", "digits.yaml", "--template", "digits", "-q")).ShouldBe(0);
        const string State = "--state state --port 0";
        using var run = ToolProcess.Start(_cli.Folder, $"run digits.yaml {State} --set budget.trials=200 --set workload.fixed.epochs=2");
        (await run.ReadErrorUntilAsync(" done", _limit.Token)).ShouldContain("Search digits started.");

        await run.InterruptAsync(_limit.Token);
        var (exitCode, output, error) = await run.EndAsync(_limit.Token);

        exitCode.ShouldBe(130);
        output.ShouldBeEmpty();
        error.ShouldContain("searchcluster resume digits   continues");
        using var stop = ToolProcess.Start(_cli.Folder, "stop digits --now --state state --json");
        (await stop.EndAsync(_limit.Token)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Wrong_usage_writes_nothing_to_standard_output()
    {
        using var tool = ToolProcess.Start(_cli.Folder, "statsu");

        var (exitCode, output, error) = await tool.EndAsync(_limit.Token);

        exitCode.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldBe("searchcluster: SC0002: Unknown command \"statsu\"; did you mean status?\n   help: see: searchcluster --help\n");
    }

    [Fact]
    public async Task Coordinator_and_worker_processes_run_a_submitted_search_and_stop_in_order()
    {
        ToolProcess.SkipUnlessInterruptible();
        _cli.Write("branin.yaml", RealHarness.Branin);
        using var coordinator = ToolProcess.Start(_cli.Folder, "coordinator --state state --port 0 --cluster-port 0");
        await coordinator.ReadErrorUntilAsync("next: searchcluster worker", _limit.Token);
        using var worker = ToolProcess.Start(_cli.Folder, "worker --state state --device cpu --slots 1");

        using var submit = ToolProcess.Start(_cli.Folder, "submit branin.yaml --state state --wait --json");
        var (exitCode, output, error) = await submit.EndAsync(_limit.Token);

        exitCode.ShouldBe(0, error);
        using var document = System.Text.Json.JsonDocument.Parse(output);
        document.RootElement.GetProperty("search").GetProperty("trials").GetProperty("completed").GetInt32().ShouldBe(6);
        await worker.InterruptAsync(_limit.Token);
        (await worker.EndAsync(_limit.Token)).ExitCode.ShouldBe(0);
        await coordinator.InterruptAsync(_limit.Token);
        var end = await coordinator.EndAsync(_limit.Token);
        end.ExitCode.ShouldBe(0);
        end.Out.ShouldStartWith("Ready on http://127.0.0.1:");
    }

    [Fact]
    public async Task The_variables_of_OpenTelemetry_are_heard()
    {
        _cli.Write("branin.yaml", RealHarness.Branin);
        using var run = ToolProcess.Start(_cli.Folder, "run branin.yaml --state state --port 0 -q", ("OTEL_SDK_DISABLED", "true"));

        (await run.EndAsync(_limit.Token)).ExitCode.ShouldBe(0);

        Directory.Exists(Path.Combine(_cli.Folder, "state", "logs")).ShouldBeTrue();
        Directory.Exists(Path.Combine(_cli.Folder, "state", "traces")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--help", "> /dev/full", "SC5100")]
    [InlineData("run --help", "> /dev/full", "SC5100")]
    [InlineData("", "> /dev/full", "SC5100")]
    [InlineData("--version", "> /dev/full", "SC5100")]
    [InlineData("help run", "> /dev/full", "SC5100")]
    [InlineData("--help", ">&-", "SC2021")]
    [InlineData("help run", ">> large.txt", "SC5110")]
    public async Task What_cannot_be_printed_ends_in_words(string arguments, string target, string code)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The shell and /dev/full are those of Linux.");

        await File.WriteAllBytesAsync(Path.Combine(_cli.Folder, "large.txt"), new byte[1 << 20], _limit.Token);

        // Without the variable the runtime itself needs a file of 2 GiB in memory, and cannot begin. The limit counts 512 bytes.
        var line = $"ulimit -f 2000; export DOTNET_EnableWriteXorExecute=0; exec dotnet "
            + $"{Path.Combine(AppContext.BaseDirectory, "searchcluster.dll")} {arguments} {target}";
        using var tool = ToolProcess.StartShell(_cli.Folder, line);

        var (exitCode, _, error) = await tool.EndAsync(_limit.Token);

        exitCode.ShouldBe(12, error);
        error.ShouldStartWith($"searchcluster: {code}: Standard output cannot ");
        error.ShouldNotContain("what waits goes on");
    }
}
