using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.Cluster;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Security;
using SearchCluster.Security.Identities;
using SearchCluster.TestKit.Security;

namespace SearchCluster.Hosting.Tests.Cluster;

/// <summary>Members on an address that other machines reach.</summary>
[Trait("Promise", "S02")]
public sealed class NetworkMemberTests : IDisposable
{
    private readonly string _host = OwnAddress.Require();
    private readonly TestAuthority _authority = new();
    private readonly NodeIdentity _lab;

    public NetworkMemberTests() => _lab = _authority.Join(TestAuthority.Lab, NodeRole.Coordinator, _host);

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_worker_gets_through_with_a_certificate_whatever_hosts_that_names()
    {
        await using var coordinator = await StartCoordinatorAsync();
        await using var worker = await StartWorkerAsync(coordinator, _authority.Join("w1", NodeRole.Worker, "192.168.1.2"));
        var refused = new WorkerProtocol.WorkerRefused(new WorkerId("w1"), new string('x', 2 << 20));

        (await worker.EchoAsync(refused)).ShouldBe(refused);
        worker.Address.Host.ShouldEndWith(".w1.worker.invalid");
    }

    [Theory]
    [InlineData("gpu_1.lab")]
    [InlineData("Node-7:cuda:0")]
    [InlineData("1")]
    public async Task Whatever_name_a_certificate_has_its_worker_gets_through(string name)
    {
        await using var coordinator = await StartCoordinatorAsync();
        await using var worker = await StartWorkerAsync(coordinator, _authority.Join(name, NodeRole.Worker));

        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(1));
    }

    [Fact]
    public async Task A_worker_of_another_cluster_is_not_heard_and_both_learn_why()
    {
        using var elsewhere = new TestAuthority();
        var told = new TaskCompletionSource<string?>();
        await using var coordinator = await StartCoordinatorAsync();

        await using var stranger = await LinkedWorker.StartAsync(
            Link(coordinator, elsewhere.Join("w1", NodeRole.Worker, _host)) with { CalledForeigner = reason => told.TrySetResult(reason) });
        stranger.Manager.Tell(new SearchManagerProtocol.ManagerReady(1));

        (await told.Task.Patiently()).ShouldNotBeNull().ShouldContain("is not one of this cluster");
        await Patience.UntilAsync(() => coordinator.Log.Any(line =>
            line.Contains("to the port for workers was refused", StringComparison.Ordinal)
            && line.Contains("is not one of this cluster", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_worker_does_not_join_as_a_coordinator()
    {
        await using var coordinator = await StartCoordinatorAsync();
        var identity = _authority.Join("w1", NodeRole.Worker, _host);

        await using var impostor = await ClusterMember.StartAsync(Options(identity) with { Seeds = [coordinator.Endpoint] });

        await Patience.UntilAsync(() => coordinator.Log.Any(line =>
            line.Contains("on the port for workers was ended", StringComparison.Ordinal)
            && line.Contains("is that of a worker, but only a coordinator may be at the other end", StringComparison.Ordinal)));
        coordinator.Cluster.State.Members.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_coordinator_that_is_known_by_an_address_not_its_own_does_not_join()
    {
        await using var coordinator = await StartCoordinatorAsync();
        var identity = _authority.Join("standby", NodeRole.Coordinator, "10.255.255.1");

        await using var liar = await ClusterMember.StartAsync(Options(identity) with { Seeds = [coordinator.Endpoint] });

        await Patience.UntilAsync(() => coordinator.Log.Any(line =>
            line.Contains("on the port for workers was ended", StringComparison.Ordinal)
            && line.Contains($"is not for the host \"{_host}\"", StringComparison.Ordinal)));
        coordinator.Cluster.State.Members.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_second_coordinator_joins()
    {
        await using var coordinator = await StartCoordinatorAsync();
        var identity = _authority.Join("standby", NodeRole.Coordinator, _host);

        await using var standby = await ClusterMember.StartAsync(
            Options(identity) with { Seeds = [coordinator.Endpoint] });

        await coordinator.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
    }

    [Fact]
    public async Task The_connections_of_a_worker_that_is_revoked_end()
    {
        await using var coordinator = await StartCoordinatorAsync();
        await using var worker = await StartWorkerAsync(coordinator, _authority.Join("w1", NodeRole.Worker, _host));
        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(1));

        _authority.Revoke("w1");

        await Patience.UntilAsync(() => coordinator.Log.Any(line =>
            line.Contains("on the port for workers was ended", StringComparison.Ordinal)
            && line.Contains("was revoked at", StringComparison.Ordinal)));
        await worker.Ended.Patiently();
    }

    [Fact]
    public async Task Garbage_and_a_crowd_that_stalls_keep_nobody_out()
    {
        await using var coordinator = await StartCoordinatorAsync();
        var endpoint = IPEndPoint.Parse(coordinator.Endpoint);
        var held = new List<Socket>();
        for (var i = 0; i < 200; i++)
        {
            var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endpoint, TestContext.Current.CancellationToken);
            await socket.SendAsync(
                i % 4 == 0 ? Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n") : (byte[])[22, 3, 1, 2, 0, 1, 0, 1],
                TestContext.Current.CancellationToken);
            held.Add(socket);
        }

        await using var worker = await StartWorkerAsync(coordinator, _authority.Join("w1", NodeRole.Worker, _host));

        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(1));
        held.Count(socket => !socket.Poll(0, SelectMode.SelectRead)).ShouldBeLessThanOrEqualTo(64);
        held.ForEach(socket => socket.Dispose());
        coordinator.Log.Count(line => line.Contains("to the port for workers was refused", StringComparison.Ordinal))
            .ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task Half_a_hello_is_waited_for_no_longer_than_the_deadline()
    {
        await using var coordinator = await ClusterMember.StartAsync(
            Options(_lab) with { HandshakeLimit = TimeSpan.FromMilliseconds(500) });
        using var frozen = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await frozen.ConnectAsync(IPEndPoint.Parse(coordinator.Endpoint), TestContext.Current.CancellationToken);
        await frozen.SendAsync((byte[])[22, 3, 1, 2, 0, 1], TestContext.Current.CancellationToken);

        (await frozen.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().Patiently()).ShouldBe(0);
    }

    [Fact]
    public void A_member_does_not_start_without_what_its_address_needs()
    {
        Should.Throw<ArgumentException>(new ClusterEndpointOptions { Host = _host, Key = ClusterMember.Key }.ThrowIfUnusable)
            .Message.ShouldBe($"Host is {_host}, but there is no certificate, by which members on a network know each other.");
        Should.Throw<ArgumentException>(new ClusterEndpointOptions { Identity = _lab }.ThrowIfUnusable)
            .Message.ShouldBe("Host is 127.0.0.1, but there is no key, by which members on loopback know each other.");
    }

    private static WorkerLinkOptions Link(ClusterMember coordinator, NodeIdentity identity) =>
        new() { Identity = identity, Coordinator = coordinator.Endpoint };

    private static Task<LinkedWorker> StartWorkerAsync(ClusterMember coordinator, NodeIdentity identity) =>
        LinkedWorker.StartAsync(Link(coordinator, identity));

    private ClusterEndpointOptions Options(NodeIdentity identity) => new() { Identity = identity, Host = _host };

    private Task<ClusterMember> StartCoordinatorAsync() => ClusterMember.StartAsync(Options(_lab));
}
