using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.GpuWorker.Options;
using SearchCluster.GpuWorker.Tests.Fakes;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;
using SearchCluster.Security;
using SearchCluster.TestKit.Security;

namespace SearchCluster.GpuWorker.Tests.Hosting;

/// <summary>Workers on an address that other machines reach: with a certificate, and without the key of a state folder.</summary>
[Trait("Promise", "S02")]
public sealed class NetworkWorkerTests : IDisposable
{
    private readonly string _host = OwnAddress.Require();
    private readonly TestAuthority _authority = new();

    private StateFolder State => StateFolder.Resolve(_authority.StateOf("w1"));

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task It_joins_with_its_certificate_alone()
    {
        _authority.Join("w1", NodeRole.Worker);
        await using var coordinator = await StartCoordinatorAsync(_authority);
        using var worker = WorkerApplication.Build(Options(coordinator));
        await worker.StartAsync(TestContext.Current.CancellationToken);

        await coordinator.HearAsync<WorkerProtocol.WorkerHello>();

        File.Exists(State.KeyFile).ShouldBeFalse();
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task On_the_coordinators_machine_it_may_show_the_coordinators_certificate()
    {
        await using var coordinator = await StartCoordinatorAsync(_authority);
        _authority.Join("w1", NodeRole.Coordinator, _host);
        using var worker = WorkerApplication.Build(Options(coordinator));
        await worker.StartAsync(TestContext.Current.CancellationToken);

        await coordinator.HearAsync<WorkerProtocol.WorkerHello>();

        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_certificate_of_another_cluster_ends_it_with_a_sentence()
    {
        using var elsewhere = new TestAuthority();
        _authority.Join("w1", NodeRole.Worker);
        await using var coordinator = await StartCoordinatorAsync(elsewhere);
        using var worker = WorkerApplication.Build(Options(coordinator));
        var exit = worker.Services.GetRequiredService<WorkerExit>();
        await worker.StartAsync(TestContext.Current.CancellationToken);

        await worker.WaitForShutdownAsync(TestContext.Current.CancellationToken).Patiently();

        exit.KeyProblem.ShouldNotBeNull().ShouldStartWith(
            $"The process at {_host}:{coordinator.Port} and this worker do not accept each other: The certificate of \"lab\"");
        exit.KeyProblemCode.ShouldBe(ProblemCodes.Untrusted);
    }

    [Fact]
    public async Task A_coordinator_that_its_folder_names_on_a_network_ends_it_with_a_sentence_where_it_has_no_certificate()
    {
        State.Create();
        new CoordinatorEndpoint("https://10.0.0.5:1", "10.0.0.5:2", 1, "1.0.0", DateTimeOffset.UnixEpoch).Write(State);
        using var held = CoordinatorLock.Acquire(State);
        using var worker = WorkerApplication.Build(Options(endpoint: null));
        var exit = worker.Services.GetRequiredService<WorkerExit>();
        await worker.StartAsync(TestContext.Current.CancellationToken);

        await worker.WaitForShutdownAsync(TestContext.Current.CancellationToken).Patiently();

        exit.KeyProblem.ShouldNotBeNull().ShouldStartWith(
            "The coordinator is at 10.0.0.5, on a network, so workers speak TLS with it, but there is no certificate of this machine in");
    }

    [Fact]
    public void It_does_not_start_without_a_certificate_where_its_coordinator_is_on_a_network() =>
        Should.Throw<WorkerOptionsException>(Options($"{_host}:8643").Validate).Message
            .ShouldStartWith($"The coordinator is at {_host}, on a network, so workers speak TLS with it, but there is no certificate");

    private Task<FakeCoordinator> StartCoordinatorAsync(TestAuthority authority) => FakeCoordinator.StartAsync(
        new ClusterEndpointOptions
        {
            Identity = authority.Join(TestAuthority.Lab, NodeRole.Coordinator, _host),
            Host = _host,
        },
        work: null);

    private WorkerOptions Options(FakeCoordinator coordinator) => Options($"{_host}:{coordinator.Port}");

    private WorkerOptions Options(string? endpoint) => new()
    {
        StateFolder = State,
        Name = "one",
        Slots = 1,
        Device = "cpu",
        Executor = new ScriptedExecutor(),
        Coordinator = endpoint,
        Console = ConsoleLog.Off,
        Timings = new WorkerTimings { KeyPatience = TimeSpan.FromSeconds(1) },
    };
}
