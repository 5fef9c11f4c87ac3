using Akka.Cluster;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SearchCluster.Hosting;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.State;
using AkkaCluster = Akka.Cluster.Cluster;

namespace SearchCluster.Coordinator.Tests.Hosting;

/// <summary>Who is a member of a coordinator's cluster, and for how long.</summary>
public sealed class MembershipTests
{
    private static readonly MemberStatus[] Ends = [MemberStatus.Leaving, MemberStatus.Exiting, MemberStatus.Down, MemberStatus.Removed];

    [Fact]
    public async Task The_actor_system_that_a_worker_left_behind_is_removed_once_the_worker_speaks_from_another_one()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path, mode: ActorMode.Clustered);
        using var former = await JoinAsync(coordinator);
        using var present = await JoinAsync(coordinator);
        await SayHelloAsync(former, "worker");
        await SayHelloAsync(present, "other");
        await SayHelloAsync(present, "worker");

        // It is alive and heard, so that nobody but the coordinator has a reason to remove it.
        await former.Services.GetRequiredService<ActorSystem>().WhenTerminated.Patiently();

        await SayHelloAsync(present, "other");
    }

    [Fact]
    public async Task A_late_hello_of_an_actor_system_that_was_left_behind_does_not_remove_the_present_one()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path, mode: ActorMode.Clustered);
        using var former = await JoinAsync(coordinator);
        using var present = await JoinAsync(coordinator);
        await SayHelloAsync(present, "worker");
        await SayHelloAsync(former, "worker");

        // One more member comes in only after the coordinator has carried out what it decided before. Whether it has heard by then that
        // those that stay are up is another matter: gossip takes its time.
        using var third = await JoinAsync(coordinator);
        var cluster = ClusterOf(coordinator.App.Services);
        await Patience.UntilAsync(() => StatusIn(cluster, third) is not null);
        StatusIn(cluster, former).ShouldNotBeNull().ShouldNotBeOneOf(Ends);
        StatusIn(cluster, present).ShouldNotBeNull().ShouldNotBeOneOf(Ends);
        await SayHelloAsync(present, "worker");
    }

    private static async Task<IHost> JoinAsync(TestCoordinator coordinator)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging();
        builder.Services.AddAkka(CoreExtensions.ActorSystemName, akka => akka
            .AddSearchClusterCore()
            .AddSearchRemoting(new ClusterEndpointOptions
            {
                Key = ClusterKey.Load(coordinator.Folder),
                Roles = [ClusterRoles.Worker],
                Seeds = [coordinator.Ready.ClusterAddress!],
            })
            .AddSearchManagerProxy());
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var isUp = new TaskCompletionSource();
        ClusterOf(host.Services).RegisterOnMemberUp(isUp.SetResult);
        await isUp.Task.Patiently();
        return host;
    }

    private static AkkaCluster ClusterOf(IServiceProvider services) => AkkaCluster.Get(services.GetRequiredService<ActorSystem>());

    private static MemberStatus? StatusIn(AkkaCluster cluster, IHost host) =>
        cluster.State.Members.FirstOrDefault(member => member.Address.Equals(ClusterOf(host.Services).SelfAddress))?.Status;

    private static async Task SayHelloAsync(IHost host, string name)
    {
        var manager = host.Services.GetRequiredService<IRequiredActor<SearchManagerKey>>().ActorRef;
        var worker = new WorkerDescription(
            new WorkerId(name), "one", new DeviceDescription("cpu", "test", 0), 1, ValueMap<string>.Empty, ProductVersion.Current);
        await manager.Ask<WorkerProtocol.WorkerWelcome>(
            new WorkerProtocol.WorkerHello(worker, []), Patience.Limit, TestContext.Current.CancellationToken);
    }
}
