using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.GpuWorker.Options;
using SearchCluster.GpuWorker.Tests.Fakes;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;

namespace SearchCluster.GpuWorker.Tests.Hosting;

/// <summary>Workers whose key is missing, damaged or another one than the coordinator's.</summary>
[Trait("Promise", "S01")]
public sealed class ClusterKeyTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _elsewhere = new();
    private readonly ScriptedExecutor _executor = new();

    private StateFolder State => StateFolder.Resolve(_folder.FullPath);

    private StateFolder Elsewhere => StateFolder.Resolve(_elsewhere.FullPath);

    [Fact]
    public async Task Another_key_than_the_coordinators_ends_the_worker_with_the_path_and_a_way_out()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(Elsewhere, 0, work: null);
        ClusterKey.LoadOrCreate(State);

        var problem = await EndOfAsync(Options(TimeSpan.FromSeconds(1)) with { Coordinator = $"127.0.0.1:{coordinator.Port}" });

        problem.ShouldStartWith($"The process at 127.0.0.1:{coordinator.Port} does not have the key in {State.KeyFile}");
        problem.ShouldContain("--state");
    }

    [Fact]
    public async Task No_key_ends_the_worker_with_the_path_and_a_way_out()
    {
        var problem = await EndOfAsync(Options(TimeSpan.FromMilliseconds(200)) with { Coordinator = "127.0.0.1:1" });

        problem.ShouldStartWith($"There is no key of a cluster at {State.KeyFile}.");
    }

    [Fact]
    public async Task A_damaged_key_ends_the_worker_at_once()
    {
        await File.WriteAllTextAsync(State.KeyFile, "nonsense", TestContext.Current.CancellationToken);

        var problem = await EndOfAsync(Options(TimeSpan.FromHours(1)) with { Coordinator = "127.0.0.1:1" });

        problem.ShouldStartWith($"{State.KeyFile} holds no key of a cluster");
    }

    [Fact]
    public async Task A_coordinator_that_makes_the_key_meanwhile_welcomes_the_worker()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(Elsewhere, 0, work: null);
        using var worker = WorkerApplication.Build(Options(TimeSpan.FromHours(1)) with { Coordinator = $"127.0.0.1:{coordinator.Port}" });
        await worker.StartAsync(TestContext.Current.CancellationToken);

        File.Copy(Elsewhere.KeyFile, State.KeyFile);

        await coordinator.HearAsync<WorkerProtocol.WorkerHello>();
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stranger_at_the_old_port_of_a_dead_coordinator_is_outwaited()
    {
        await using var stranger = await FakeCoordinator.StartAsync(Elsewhere, 0, work: null);
        WriteEndpoint(stranger.Port);
        ClusterKey.LoadOrCreate(State);
        using var worker = WorkerApplication.Build(Options(TimeSpan.FromMilliseconds(1)));
        var exit = worker.Services.GetRequiredService<WorkerExit>();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        await UntilLogSaysAsync($"No coordinator runs in {State.Root}");

        await using var successor = await FakeCoordinator.StartAsync(State, 0, work: null);
        WriteEndpoint(successor.Port);

        await successor.HearAsync<WorkerProtocol.WorkerHello>();
        exit.KeyProblem.ShouldBeNull();
        await worker.StopAsync(TestContext.Current.CancellationToken);
        var lines = Directory.EnumerateFiles(State.LogsFolder).SelectMany(file => ReadShared(file).Split('\n')).ToList();
        lines.Count(line => line.Contains("No coordinator runs in", StringComparison.Ordinal)).ShouldBe(1, "It is told once.");
        lines.ShouldNotContain(line => line.Contains("trials go on", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    private static async Task<string> EndOfAsync(WorkerOptions options)
    {
        using var worker = WorkerApplication.Build(options);
        var exit = worker.Services.GetRequiredService<WorkerExit>();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        await worker.WaitForShutdownAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        return exit.KeyProblem.ShouldNotBeNull();
    }

    private async Task UntilLogSaysAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!Directory.EnumerateFiles(State.LogsFolder).Any(file => ReadShared(file).Contains(text, StringComparison.Ordinal)))
        {
            await tick.WaitForNextTickAsync(patience.Token);
        }
    }

    private static string ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private void WriteEndpoint(int port) =>
        new CoordinatorEndpoint("http://127.0.0.1:1", $"127.0.0.1:{port}", 1, "1.0.0", DateTimeOffset.UnixEpoch).Write(State);

    private WorkerOptions Options(TimeSpan patience) => new()
    {
        StateFolder = State,
        Name = "one",
        Slots = 1,
        Device = "cpu",
        Executor = _executor,
        Console = ConsoleLog.Off,
        Timings = new WorkerTimings { KeyPatience = patience },
    };
}
