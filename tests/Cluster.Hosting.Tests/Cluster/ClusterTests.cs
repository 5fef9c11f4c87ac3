using Akka.Actor;
using Akka.Cluster;
using SearchCluster.Hosting.Cluster;

namespace SearchCluster.Hosting.Tests.Cluster;

public sealed class ClusterTests
{
    [Fact]
    public async Task A_worker_joins_a_coordinator_that_seeds_only_itself_and_contracts_travel_between_them()
    {
        await using var coordinator = await ClusterMember.StartAsync(ClusterRoles.Coordinator);
        await using var worker = await ClusterMember.StartAsync(ClusterRoles.Worker, coordinator.Endpoint);
        await coordinator.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        coordinator.System.ActorOf<Echo>(Echo.Name);
        var echo = worker.System.ActorSelection($"{ClusterEndpointOptions.ActorSystemAddress(coordinator.Endpoint)}/user/{Echo.Name}");
        var hello = new WorkerProtocol.WorkerGoodbye(new WorkerId("w1"), "first");

        var answer = await echo.Ask<WorkerProtocol.WorkerGoodbye>(hello, Patience.Limit);

        answer.ShouldBe(hello);
        answer.ShouldNotBeSameAs(hello);
    }

    [Fact]
    public async Task A_message_of_two_megabytes_travels()
    {
        await using var coordinator = await ClusterMember.StartAsync(ClusterRoles.Coordinator);
        await using var worker = await ClusterMember.StartAsync(ClusterRoles.Worker, coordinator.Endpoint);
        await coordinator.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        coordinator.System.ActorOf<Echo>(Echo.Name);
        var echo = worker.System.ActorSelection($"{ClusterEndpointOptions.ActorSystemAddress(coordinator.Endpoint)}/user/{Echo.Name}");
        var refused = new WorkerProtocol.WorkerRefused(new WorkerId("w1"), new string('x', 2 << 20));

        (await echo.Ask<WorkerProtocol.WorkerRefused>(refused, Patience.Limit)).ShouldBe(refused);
    }

    [Fact]
    public async Task What_is_no_contract_is_not_sent_and_the_connection_survives()
    {
        await using var coordinator = await ClusterMember.StartAsync(ClusterRoles.Coordinator);
        await using var worker = await ClusterMember.StartAsync(ClusterRoles.Worker, coordinator.Endpoint);
        await coordinator.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        coordinator.System.ActorOf<Echo>(Echo.Name);
        var echo = worker.System.ActorSelection($"{ClusterEndpointOptions.ActorSystemAddress(coordinator.Endpoint)}/user/{Echo.Name}");

        echo.Tell(new Version(1, 2), ActorRefs.NoSender);

        var ready = new SearchManagerProtocol.ManagerReady(1);
        (await echo.Ask<SearchManagerProtocol.ManagerReady>(ready, Patience.Limit)).ShouldBe(ready);
    }

    [Fact]
    [Trait("Promise", "R15")]
    public async Task A_coordinator_stays_when_all_its_workers_vanish_and_removes_them()
    {
        await using var coordinator = await ClusterMember.StartAsync(ClusterRoles.Coordinator);
        await using var first = await ClusterMember.StartAsync(ClusterRoles.Worker, coordinator.Endpoint);
        await using var second = await ClusterMember.StartAsync(ClusterRoles.Worker, coordinator.Endpoint);
        await coordinator.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 3);

        await Task.WhenAll(first.KillAsync(), second.KillAsync());

        await coordinator.UntilAsync(state => state.Members.Count == 1);
        coordinator.Cluster.SelfMember.Status.ShouldBe(MemberStatus.Up);
        coordinator.System.WhenTerminated.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    [Trait("Promise", "R15")]
    public async Task Workers_end_their_systems_when_the_coordinator_vanished_so_that_they_can_join_its_successor()
    {
        await using var coordinator = await ClusterMember.StartAsync(ClusterRoles.Coordinator);
        await using var first = await ClusterMember.StartAsync(ClusterRoles.Worker, coordinator.Endpoint);
        await using var second = await ClusterMember.StartAsync(ClusterRoles.Worker, coordinator.Endpoint);
        await first.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 3);

        await coordinator.KillAsync();

        await Task.WhenAll(first.System.WhenTerminated, second.System.WhenTerminated).Patiently();
    }

    [Fact]
    public void Endpoints_are_checked_and_all_problems_are_told_at_once()
    {
        var options = new ClusterEndpointOptions { Key = ClusterMember.Key, Host = " ", Port = 70_000, Roles = [], Seeds = ["nowhere"] };

        Should.Throw<ArgumentException>(options.ThrowIfUnusable).Message.ShouldBe(
            "Host is empty; give an IP address or a name of this machine. Port is 70000, but must be 0 to 65535. Roles is empty, but "
                + "must name at least one. "
            + "Seed \"nowhere\" is not an endpoint; write host:port.");
    }
}
