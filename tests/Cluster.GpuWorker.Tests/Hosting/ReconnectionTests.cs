using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.GpuWorker.Execution;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.GpuWorker.Options;
using SearchCluster.GpuWorker.Tests.Fakes;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;
using SearchCluster.TestKit.Telemetry;

namespace SearchCluster.GpuWorker.Tests.Hosting;

/// <summary>One worker, real remoting, coordinators that die.</summary>
public sealed class ReconnectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedExecutor _executor = new();
    private readonly CoordinatorLock _lock;

    public ReconnectionTests() => _lock = CoordinatorLock.Acquire(State, FakeCoordinator.Artifacts.Run);

    private StateFolder State => StateFolder.Resolve(_folder.FullPath);

    [Fact]
    [Trait("Promise", "R15")]
    public async Task A_lone_worker_finds_a_killed_coordinators_successor_and_its_attempt_never_notices()
    {
        using var readings = new Readings();
        var first = await FakeCoordinator.StartAsync(State, 0, Samples.Group(1));
        var port = first.Port;
        using var worker = WorkerApplication.Build(Options() with { Coordinator = $"127.0.0.1:{port}" });
        var connecting = Stopwatch.StartNew();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        var call = _executor.Next();
        var held = await first.HearAsync<WorkerProtocol.WorkerHello>(hello => hello.Held.Count == 1);
        connecting.Stop();

        await first.KillAsync();
        await first.DisposeAsync();
        call.Report(1);
        var outage = Stopwatch.StartNew();
        await using var second = await FakeCoordinator.StartAsync(State, port, work: null);
        var hello = await second.HearAsync<WorkerProtocol.WorkerHello>();

        // How long this machine takes for a connection now is the measure for the next one.
        outage.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20) + (10 * connecting.Elapsed));
        await Patience.UntilAsync(() => readings.Of("worker.reconnects") >= 1);
        hello.Worker.Incarnation.ShouldBe(held.Worker.Incarnation);
        hello.Held.ShouldBe([Samples.Lease(1)]);
        call.Run.Cancellation.IsCancellationRequested.ShouldBeFalse();
        (await second.HearAsync<SearchCommands.ReportMeasurement>()).Seq.ShouldBe(1);
        call.Finish();
        (await second.HearAsync<SearchCommands.ReportOutcome>()).Seq.ShouldBe(2);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_coordinator_that_came_back_on_another_port_is_found_by_the_state_folder()
    {
        var first = await FakeCoordinator.StartAsync(State, 0, work: null);
        WriteEndpoint(first.Port);
        using var worker = WorkerApplication.Build(Options());
        await worker.StartAsync(TestContext.Current.CancellationToken);
        await first.HearAsync<WorkerProtocol.WorkerHello>();

        await using var second = await FakeCoordinator.StartAsync(State, 0, Samples.Group(1));
        WriteEndpoint(second.Port);
        await first.KillAsync();
        await first.DisposeAsync();

        (await second.HearAsync<WorkerProtocol.RequestWork>()).FreeSlots.ShouldBe(1);
        _executor.Next().Finish();
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_killed_coordinators_address_is_given_up_as_soon_as_the_state_folder_names_another()
    {
        int dead;
        await using (var killed = await FakeCoordinator.StartAsync(State, 0, work: null))
        {
            dead = killed.Port;
            await killed.KillAsync();
        }

        WriteEndpoint(dead);
        var options = Options();
        using var worker = WorkerApplication.Build(
            options with { Timings = options.Timings with { FirstWelcomeLimit = TimeSpan.FromMinutes(10) } });
        await worker.StartAsync(TestContext.Current.CancellationToken);

        await using var successor = await FakeCoordinator.StartAsync(State, 0, work: null);
        WriteEndpoint(successor.Port);

        await successor.HearAsync<WorkerProtocol.WorkerHello>();
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    [Trait("Promise", "R20")]
    public async Task A_worker_that_stops_gives_its_leases_back_and_says_goodbye()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(State, 0, Samples.Group(1));

        // Its clock stands still: no limit ends the stop, and no silence of a loaded machine makes it build its connection anew.
        using var worker = WorkerApplication.Build(
            Options() with { Coordinator = $"127.0.0.1:{coordinator.Port}", Clock = new FakeTimeProvider() });
        await worker.StartAsync(TestContext.Current.CancellationToken);
        _executor.Next().Report(3);
        await coordinator.HearAsync<SearchCommands.ReportMeasurement>();

        await worker.StopAsync(TestContext.Current.CancellationToken).Patiently();

        (await coordinator.HearAsync<SearchCommands.ReleaseLease>()).ShouldBe(new(Samples.Lease(1), 3));
        await coordinator.HearAsync<WorkerProtocol.WorkerGoodbye>();
        worker.Services.GetRequiredService<AttemptHost>().Stopped.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_worker_without_any_coordinator_stops_at_once()
    {
        // Its clock stands still, so whatever it waited for would never be over.
        using var worker = WorkerApplication.Build(Options() with { Clock = new FakeTimeProvider() });
        await worker.StartAsync(TestContext.Current.CancellationToken);

        await worker.StopAsync(TestContext.Current.CancellationToken).Patiently();
    }

    public void Dispose()
    {
        _lock.Dispose();
        _folder.Dispose();
    }

    private WorkerOptions Options() => new()
    {
        StateFolder = State,
        Name = "lone",
        Slots = 1,
        Device = "cpu",
        Executor = _executor,
        Console = ConsoleLog.Off,
        Timings = new WorkerTimings
        {
            SilenceLimit = TimeSpan.FromSeconds(2),
            FirstWelcomeLimit = TimeSpan.FromSeconds(15),
            ResendAfter = TimeSpan.FromSeconds(1),
            LeaveLimit = TimeSpan.FromSeconds(10),
        },
    };

    private void WriteEndpoint(int port)
    {
        State.Create();
        new CoordinatorEndpoint("http://127.0.0.1:1", $"127.0.0.1:{port}", 1, "1.0.0", DateTimeOffset.UnixEpoch).Write(State);
    }
}
