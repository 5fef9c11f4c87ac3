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
        _authority.Join("w1", NodeRole.Worker, _host);
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
        _authority.Join("w1", NodeRole.Worker, _host);
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
    public async Task A_coordinator_that_its_folder_names_on_another_kind_of_address_ends_it_with_a_sentence()
    {
        await using var coordinator = await StartCoordinatorAsync(_authority);
        _authority.Join("w1", NodeRole.Worker, _host);
        State.Create();
        new CoordinatorEndpoint("https://10.0.0.5:1", "10.0.0.5:2", 1, "1.0.0", DateTimeOffset.UnixEpoch).Write(State);
        using var held = CoordinatorLock.Acquire(State);
        using var worker = WorkerApplication.Build(Options(coordinator) with { Coordinator = null, Host = "127.0.0.1" });
        var exit = worker.Services.GetRequiredService<WorkerExit>();
        await worker.StartAsync(TestContext.Current.CancellationToken);

        await worker.WaitForShutdownAsync(TestContext.Current.CancellationToken).Patiently();

        exit.KeyProblem.ShouldNotBeNull().ShouldContain("this process listens on 127.0.0.1, where only this machine reaches it");
    }

    [Fact]
    public void It_does_not_start_where_its_certificate_does_not_fit_or_its_coordinator_cannot_call_it()
    {
        var options = new WorkerOptions { StateFolder = State, Host = _host, Coordinator = "127.0.0.1:8643" };

        var message = Should.Throw<WorkerOptionsException>(options.Validate).Message;

        message.ShouldContain($"The coordinator is at 127.0.0.1, which is loopback, but this process listens on {_host}");
        message.ShouldContain($"Host is {_host}, which other machines reach, so it needs TLS, but there is no certificate");
        Should.Throw<WorkerOptionsException>((options with { Host = "127.0.0.1", Coordinator = "10.0.0.5:8643" }).Validate).Message
            .ShouldContain("Listen on an address of this machine that the others reach (--host).");
    }

    private Task<FakeCoordinator> StartCoordinatorAsync(TestAuthority authority) => FakeCoordinator.StartAsync(
        new ClusterEndpointOptions
        {
            Identity = authority.Join(TestAuthority.Lab, NodeRole.Coordinator, _host),
            Host = _host,
            Roles = [ClusterRoles.Coordinator],
        },
        work: null);

    private WorkerOptions Options(FakeCoordinator coordinator) => new()
    {
        StateFolder = State,
        Name = "one",
        Slots = 1,
        Device = "cpu",
        Executor = new ScriptedExecutor(),
        Host = _host,
        Coordinator = $"{_host}:{coordinator.Port}",
        Console = ConsoleLog.Off,
        Timings = new WorkerTimings { KeyPatience = TimeSpan.FromSeconds(1) },
    };
}
