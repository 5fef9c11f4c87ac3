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
    public async Task A_worker_joins_with_a_certificate_and_contracts_travel()
    {
        await using var coordinator = await StartCoordinatorAsync();
        await using var worker = await StartWorkerAsync(coordinator, _authority.Join("w1", NodeRole.Worker, _host));
        await coordinator.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        coordinator.System.ActorOf<Echo>(Echo.Name);
        var echo = worker.System.ActorSelection($"{ClusterEndpointOptions.ActorSystemAddress(coordinator.Endpoint)}/user/{Echo.Name}");
        var refused = new WorkerProtocol.WorkerRefused(new WorkerId("w1"), new string('x', 2 << 20));

        (await echo.Ask<WorkerProtocol.WorkerRefused>(refused, Patience.Limit)).ShouldBe(refused);
    }

    [Fact]
    public async Task A_worker_of_another_cluster_does_not_join_and_both_learn_why()
    {
        using var elsewhere = new TestAuthority();
        var told = new TaskCompletionSource<string?>();
        await using var coordinator = await StartCoordinatorAsync();

        await using var stranger = await ClusterMember.StartAsync(
            Options(elsewhere.Join("w1", NodeRole.Worker, _host), ClusterRoles.Worker) with
            {
                Seeds = [coordinator.Endpoint],
                CalledForeigner = (_, reason) => told.TrySetResult(reason),
            });

        (await told.Task.Patiently()).ShouldNotBeNull().ShouldContain("is not one of this cluster");
        await Patience.UntilAsync(() => coordinator.Log.Any(line =>
            line.Contains("to the port for workers was refused", StringComparison.Ordinal)
            && line.Contains("is not one of this cluster", StringComparison.Ordinal)));
        coordinator.Cluster.State.Members.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_is_known_by_an_address_not_its_own_does_not_join()
    {
        await using var coordinator = await StartCoordinatorAsync();

        await using var liar = await StartWorkerAsync(coordinator, _authority.Join("w1", NodeRole.Worker, "10.255.255.1"));

        await Patience.UntilAsync(() => coordinator.Log.Any(line =>
            line.Contains("on the port for workers was ended", StringComparison.Ordinal)
            && line.Contains($"is not for the host \"{_host}\"", StringComparison.Ordinal)));
        coordinator.Cluster.State.Members.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_calls_itself_a_coordinator_is_put_out()
    {
        await using var coordinator = await StartCoordinatorAsync();
        var identity = _authority.Join("w1", NodeRole.Worker, _host);

        await using var impostor = await ClusterMember.StartAsync(
            Options(identity, ClusterRoles.Coordinator) with { Seeds = [coordinator.Endpoint] });

        await Patience.UntilAsync(() => coordinator.Log.Any(line =>
            line.Contains("calls itself a coordinator", StringComparison.Ordinal)));
        await coordinator.UntilAsync(state => state.Members.Count == 1);
    }

    [Fact]
    public async Task A_second_coordinator_joins()
    {
        await using var coordinator = await StartCoordinatorAsync();
        var identity = _authority.Join("standby", NodeRole.Coordinator, _host);

        await using var standby = await ClusterMember.StartAsync(
            Options(identity, ClusterRoles.Coordinator) with { Seeds = [coordinator.Endpoint] });

        await coordinator.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        coordinator.Log.ShouldNotContain(line => line.Contains("calls itself a coordinator", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_connections_of_a_worker_that_is_revoked_end()
    {
        await using var coordinator = await StartCoordinatorAsync();
        await using var worker = await StartWorkerAsync(coordinator, _authority.Join("w1", NodeRole.Worker, _host));
        await coordinator.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);

        _authority.Revoke("w1");

        await Patience.UntilAsync(() => coordinator.Log.Any(line =>
            line.Contains("on the port for workers was ended", StringComparison.Ordinal)
            && line.Contains("was revoked at", StringComparison.Ordinal)));
        await coordinator.UntilAsync(state => state.Members.Count == 1);
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

        await coordinator.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        held.Count(socket => !socket.Poll(0, SelectMode.SelectRead)).ShouldBeLessThanOrEqualTo(64);
        held.ForEach(socket => socket.Dispose());
        coordinator.Log.Count(line => line.Contains("to the port for workers was refused", StringComparison.Ordinal))
            .ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task Half_a_hello_is_waited_for_no_longer_than_the_deadline()
    {
        await using var coordinator = await ClusterMember.StartAsync(
            Options(_lab, ClusterRoles.Coordinator) with { HandshakeLimit = TimeSpan.FromMilliseconds(500) });
        using var frozen = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await frozen.ConnectAsync(IPEndPoint.Parse(coordinator.Endpoint), TestContext.Current.CancellationToken);
        await frozen.SendAsync((byte[])[22, 3, 1, 2, 0, 1], TestContext.Current.CancellationToken);

        (await frozen.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().Patiently()).ShouldBe(0);
    }

    [Fact]
    public void A_member_does_not_start_without_what_its_address_needs()
    {
        Should.Throw<ArgumentException>(new ClusterEndpointOptions { Host = _host, Key = ClusterMember.Key, Roles = ["x"] }.ThrowIfUnusable)
            .Message.ShouldBe($"Host is {_host}, but there is no certificate, by which members on a network know each other.");
        Should.Throw<ArgumentException>(new ClusterEndpointOptions { Identity = _lab, Roles = ["x"] }.ThrowIfUnusable)
            .Message.ShouldBe("Host is 127.0.0.1, but there is no key, by which members on loopback know each other.");
    }

    private ClusterEndpointOptions Options(NodeIdentity identity, string role) =>
        new() { Identity = identity, Host = _host, Roles = [role] };

    private Task<ClusterMember> StartCoordinatorAsync() => ClusterMember.StartAsync(Options(_lab, ClusterRoles.Coordinator));

    private Task<ClusterMember> StartWorkerAsync(ClusterMember coordinator, NodeIdentity identity) =>
        ClusterMember.StartAsync(Options(identity, ClusterRoles.Worker) with { Seeds = [coordinator.Endpoint] });
}
