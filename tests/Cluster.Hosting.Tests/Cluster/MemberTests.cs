using Akka.Actor;
using Akka.Cluster;
using Akka.Dispatch.SysMsg;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Hosting.Tests.Cluster;

/// <summary>What a coordinator or a worker that has the key cannot do to another one's actors, and what it can.</summary>
[Trait("Promise", "S01")]
public sealed class MemberTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("PoisonPill")]
    [InlineData("Kill")]
    [InlineData("Stop")]
    [InlineData("Terminate")]
    [InlineData("Suspend")]
    [InlineData("Recreate")]
    public async Task A_worker_neither_ends_nor_freezes_the_search_manager(string how)
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var worker = await LinkedWorker.StartAsync(coordinator);
        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(1));

        Do(how, (IInternalActorRef)worker.Manager);

        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(2));
    }

    [Theory]
    [InlineData("PoisonPill")]
    [InlineData("Kill")]
    [InlineData("Stop")]
    [InlineData("Terminate")]
    [InlineData("Suspend")]
    [InlineData("Recreate")]
    public async Task A_coordinator_neither_ends_nor_freezes_the_search_manager_of_another(string how)
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var standby = await ClusterMember.StartAsync(coordinator.Endpoint);
        await standby.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        var manager = (IInternalActorRef)await standby.EchoOf(coordinator).ResolveOne(Patience);

        Do(how, manager);

        var ready = new SearchManagerProtocol.ManagerReady(1);
        (await manager.Ask<SearchManagerProtocol.ManagerReady>(ready, Patience)).ShouldBe(ready);
    }

    [Fact]
    public async Task It_deploys_no_actor_on_another()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var standby = await ClusterMember.StartAsync(coordinator.Endpoint);
        await standby.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        var deployed = standby.System.ActorOf(
            Props.Create<Echo>().WithDeploy(new Deploy(new RemoteScope(coordinator.Cluster.SelfAddress))), "intruder");

        await Should.ThrowAsync<AskTimeoutException>(
            () => deployed.Ask<object>(new SearchManagerProtocol.ManagerReady(1), TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task What_deploys_or_freezes_is_refused_before_anything_is_built()
    {
        await using var member = await ClusterMember.StartAsync();
        var serialization = member.System.Serialization;

        Should.Throw<UnknownContractException>(() => serialization.Deserialize([], 3, ""));
        Should.Throw<UnknownContractException>(() => serialization.Deserialize([], 16, "K"));
        serialization.Deserialize([], 22, Manifest<Suspend>()).ShouldBeOfType<ReceiveTimeout>();
        serialization.Deserialize([], 22, Manifest<Terminate>()).ShouldBeOfType<ReceiveTimeout>();
    }

    [Fact]
    public async Task It_notices_the_end_of_anothers_actor()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var standby = await ClusterMember.StartAsync(coordinator.Endpoint);
        await standby.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        var watched = await coordinator.System.ActorSelection($"/user/{Echo.Path}").ResolveOne(Patience);
        var reference = await standby.EchoOf(coordinator).ResolveOne(Patience);
        var end = reference.WatchAsync(TestContext.Current.CancellationToken);

        coordinator.System.Stop(watched);

        (await end.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("::1")]
    [InlineData("127.0.0.2")]
    public async Task A_worker_calls_by_any_spelling_of_a_loopback_address(string host)
    {
        await using var coordinator = await ClusterMember.StartAsync(
            new ClusterEndpointOptions { Key = ClusterMember.Key, Host = host });
        var port = coordinator.Cluster.SelfAddress.Port;

        await using var worker = await LinkedWorker.StartAsync(new WorkerLinkOptions
        {
            Key = ClusterMember.Key,
            Coordinator = host == "localhost" ? $"localhost:{port}" : coordinator.Endpoint,
        });

        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(1));
    }

    private static void Do(string how, IInternalActorRef manager)
    {
        switch (how)
        {
            case "PoisonPill": manager.Tell(PoisonPill.Instance); break;
            case "Kill": manager.Tell(Kill.Instance); break;
            case "Stop": manager.Stop(); break;
            case "Terminate": manager.SendSystemMessage(new Terminate()); break;
            case "Suspend": manager.SendSystemMessage(new Suspend()); break;
            case "Recreate": manager.SendSystemMessage(new Recreate(new InvalidOperationException("again"))); break;
        }
    }

    private static string Manifest<T>() => $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";
}
