using Akka.Actor;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.Cluster.Connections.Workers;

namespace SearchCluster.Hosting.Tests.Cluster;

/// <summary>Workers, which call their coordinator and whom nobody can call.</summary>
public sealed class WorkerLinkTests
{
    [Fact]
    public async Task A_worker_speaks_with_the_search_manager_and_is_no_member_of_the_cluster()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var worker = await LinkedWorker.StartAsync(coordinator);
        var hello = new WorkerProtocol.WorkerGoodbye(new WorkerId("w1"), "first");

        var answer = await worker.EchoAsync(hello);

        answer.ShouldBe(hello);
        answer.ShouldNotBeSameAs(hello);
        await Patience.UntilAsync(() => coordinator.Cluster.State.Members.Count > 0);
        coordinator.Cluster.State.Members.Count.ShouldBe(1);
        worker.Address.Host.ShouldEndWith(".x-loopback.worker.invalid");
        WorkerConnections.IsOpen(coordinator.System, worker.Address).ShouldBeTrue();
    }

    [Fact]
    public async Task A_message_of_two_megabytes_travels()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var worker = await LinkedWorker.StartAsync(coordinator);
        var refused = new WorkerProtocol.WorkerRefused(new WorkerId("w1"), new string('x', 2 << 20));

        (await worker.EchoAsync(refused)).ShouldBe(refused);
    }

    [Fact]
    public async Task What_is_no_contract_is_not_sent_and_the_connection_survives()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var worker = await LinkedWorker.StartAsync(coordinator);
        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(1));

        worker.Manager.Tell(new Version(1, 2), ActorRefs.NoSender);

        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(2));
        worker.Ended.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    [Trait("Promise", "R15")]
    public async Task A_worker_learns_at_once_that_its_coordinator_has_vanished()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var worker = await LinkedWorker.StartAsync(coordinator);
        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(1));

        await coordinator.KillAsync();

        await worker.Ended.Patiently();
    }

    [Fact]
    [Trait("Promise", "R13")]
    public async Task A_coordinator_learns_at_once_that_a_worker_has_vanished_and_goes_on()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var first = await LinkedWorker.StartAsync(coordinator);
        await using var second = await LinkedWorker.StartAsync(coordinator);
        await first.EchoAsync(new SearchManagerProtocol.ManagerReady(1));
        await second.EchoAsync(new SearchManagerProtocol.ManagerReady(1));
        var address = first.Address;

        await first.KillAsync();

        await Patience.UntilAsync(() => !WorkerConnections.IsOpen(coordinator.System, address));
        WorkerConnections.IsOpen(coordinator.System, second.Address).ShouldBeTrue();
        await second.EchoAsync(new SearchManagerProtocol.ManagerReady(2));
    }

    [Fact]
    public async Task Nobody_calls_a_worker_that_has_gone_and_the_log_says_why()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var worker = await LinkedWorker.StartAsync(coordinator);
        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(1));
        var gone = ((ExtendedActorSystem)coordinator.System).Provider.ResolveActorRef($"{worker.Address}/user/worker");
        await worker.KillAsync();
        await Patience.UntilAsync(() => !WorkerConnections.IsOpen(coordinator.System, worker.Address));

        await Patience.UntilAsync(() =>
        {
            gone.Tell(new SearchManagerProtocol.ManagerReady(1));
            return coordinator.Log.Any(line => line.Contains("A worker listens on nothing", StringComparison.Ordinal));
        });
    }

    [Theory]
    [Trait("Promise", "S01")]
    [InlineData("/system/cluster/core/daemon")]
    [InlineData("/user/search-manager")]
    [InlineData("/remote")]
    public async Task A_worker_that_speaks_to_anybody_but_the_search_manager_loses_its_connection(string path)
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var worker = await LinkedWorker.StartAsync(coordinator);
        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(1));
        var other = ((ExtendedActorSystem)worker.System).Provider.ResolveActorRef(
            ClusterEndpointOptions.ActorSystemAddress(coordinator.Endpoint) + path);

        other.Tell(new SearchManagerProtocol.ManagerReady(2));

        await worker.Ended.Patiently();
        await Patience.UntilAsync(() => coordinator.Log.Any(line =>
            line.Contains("it is a worker, but sent a message to", StringComparison.Ordinal)
            && line.Contains(path, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_worker_selects_no_actor_of_its_coordinator()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var worker = await LinkedWorker.StartAsync(coordinator);
        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(1));

        worker.System.ActorSelection($"{ClusterEndpointOptions.ActorSystemAddress(coordinator.Endpoint)}/user/{Echo.Path}")
            .Tell(new SearchManagerProtocol.ManagerReady(2));

        await worker.Ended.Patiently();
    }

    [Fact]
    public void Whom_to_call_is_checked()
    {
        Should.Throw<ArgumentException>(new WorkerLinkOptions { Key = ClusterMember.Key, Coordinator = "nowhere" }.ThrowIfUnusable)
            .Message.ShouldBe("Coordinator \"nowhere\" is not an endpoint; write host:port.");
        Should.Throw<ArgumentException>(new WorkerLinkOptions { Key = ClusterMember.Key, Coordinator = "10.0.0.5:1" }.ThrowIfUnusable)
            .Message.ShouldStartWith("The coordinator is 10.0.0.5, but there is no certificate");
        Should.Throw<ArgumentException>(new WorkerLinkOptions { Coordinator = "127.0.0.1:1" }.ThrowIfUnusable)
            .Message.ShouldStartWith("The coordinator is 127.0.0.1, but there is no key");
    }
}
