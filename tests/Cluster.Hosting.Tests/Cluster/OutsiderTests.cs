using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Tests.Cluster;

/// <summary>Somebody on the machine who cannot read the state folder, and who talks to the cluster's port.</summary>
[Trait("Promise", "S01")]
public sealed class OutsiderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_worker_with_another_key_is_not_heard_and_learns_why()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        var told = new TaskCompletionSource<string?>();
        await using var outsider = await LinkedWorker.StartAsync(new WorkerLinkOptions
        {
            Key = ClusterKey.Create(),
            Coordinator = coordinator.Endpoint,
            CalledForeigner = reason => told.TrySetResult(reason),
        });

        await Should.ThrowAsync<AskTimeoutException>(
            () => outsider.Manager.Ask<object>(new SearchManagerProtocol.ManagerReady(1), Patience));

        (await told.Task.Patiently()).ShouldBeNull();
        await StillThereAsync(coordinator);
        coordinator.Log.ShouldContain(line => line.Contains(
            "it does not have the key of this cluster; a worker of this cluster is started with", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_coordinator_with_another_key_is_neither_heard_nor_a_member()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        await using var outsider = await ClusterMember.StartAsync(
            new ClusterEndpointOptions { Key = ClusterKey.Create(), Seeds = [coordinator.Endpoint] });
        var manager = outsider.EchoOf(coordinator);

        manager.Tell(PoisonPill.Instance);
        await Should.ThrowAsync<AskTimeoutException>(() => manager.Ask<object>(new SearchManagerProtocol.ManagerReady(1), Patience));

        await StillThereAsync(coordinator);
    }

    [Fact]
    public async Task One_that_speaks_as_Akka_does_is_neither_heard_nor_a_member()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        using var outsider = ActorSystem.Create(CoreExtensions.ActorSystemName, ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = cluster, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 "
                + "} }"));
        var address = ClusterEndpointOptions.ActorSystemAddress(coordinator.Endpoint);
        Akka.Cluster.Cluster.Get(outsider).Join(Address.Parse(address));
        Akka.Cluster.Cluster.Get(outsider).Down(Address.Parse(address));
        var selection = outsider.ActorSelection($"{address}/user/{Echo.Path}");

        selection.Tell(PoisonPill.Instance);
        await Should.ThrowAsync<Exception>(() => selection.ResolveOne(Patience));

        await StillThereAsync(coordinator);
    }

    [Fact]
    public async Task What_is_no_message_at_all_harms_nobody_and_fills_no_log()
    {
        await using var coordinator = await ClusterMember.StartAsync();
        var random = new byte[4096];
        new Random(1).NextBytes(random);
        byte[][] garbage =
        [
            [], [0], [0x16, 0x03, 0x01, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f, 1], random, Encoding.ASCII.GetBytes(
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n"), new byte[1 << 20],
            Encoding.ASCII.GetBytes("SCKey001"), [.. Encoding.ASCII.GetBytes("SCKey001"), .. random],
        ];

        var held = await SendAsync(coordinator, Enumerable.Repeat(garbage, 16).SelectMany(all => all));

        await StillThereAsync(coordinator);
        held.ForEach(socket => socket.Dispose());
        var lines = coordinator.Log.Where(line => line.Contains("port for workers", StringComparison.Ordinal)).ToList();
        lines.ShouldNotBeEmpty();
        lines.Count.ShouldBeLessThanOrEqualTo(5);
        lines.ShouldAllBe(line => !line.Contains('\n'));
        coordinator.Log.ShouldNotContain(
            line => line.Contains("SocketException", StringComparison.Ordinal) || line.Contains("IOException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_crowd_that_says_nothing_does_not_shut_the_door()
    {
        await using var coordinator = await ClusterMember.StartAsync();

        var held = await SendAsync(coordinator, Enumerable.Repeat(Array.Empty<byte>(), 300));

        await StillThereAsync(coordinator);
        var open = 0;
        foreach (var socket in held)
        {
            open += socket.Poll(0, SelectMode.SelectRead) ? 0 : 1;
            socket.Dispose();
        }

        open.ShouldBeLessThanOrEqualTo(64);
    }

    [Fact]
    public async Task Half_a_greeting_is_waited_for_no_longer_than_the_deadline()
    {
        await using var coordinator = await ClusterMember.StartAsync(new ClusterEndpointOptions
        {
            Key = ClusterMember.Key,
            HandshakeLimit = TimeSpan.FromMilliseconds(500),
        });
        using var frozen = (await SendAsync(coordinator, [Encoding.ASCII.GetBytes("SCKey001half")]))[0];

        var read = await frozen.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().Patiently();

        read.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_member_that_is_killed_or_frozen_in_the_middle_costs_its_caller_one_connection(bool isKilled)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        await using var worker = await LinkedWorker.StartAsync(new WorkerLinkOptions
        {
            Key = ClusterMember.Key,
            Coordinator = listener.LocalEndPoint!.ToString()!,
            HandshakeLimit = TimeSpan.FromMilliseconds(500),
        });
        var hello = worker.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            TimeSpan.Zero, TimeSpan.FromMilliseconds(200), worker.Manager, new SearchManagerProtocol.ManagerReady(1), ActorRefs.NoSender);

        // Three calls show that it goes on after each that came to nothing.
        for (var call = 1; call <= 3; call++)
        {
            using var taken = await listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask().Patiently();
            await taken.ReceiveAsync(new byte[40], TestContext.Current.CancellationToken);
            if (isKilled)
            {
                taken.Close(timeout: 0);
            }
            else
            {
                (await taken.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken)).ShouldBe(0);
            }
        }

        hello.Cancel();
        worker.System.WhenTerminated.IsCompleted.ShouldBeFalse();
        CoordinatedShutdown.Get(worker.System).ShutdownReason.ShouldBeNull();
    }

    private static async Task<List<Socket>> SendAsync(ClusterMember member, IEnumerable<byte[]> messages)
    {
        var held = new List<Socket>();
        foreach (var bytes in messages)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPEndPoint.Parse(member.Endpoint), TestContext.Current.CancellationToken);
            try
            {
                await socket.SendAsync(bytes, TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                // Closed at the first bytes that are none of a handshake.
            }

            held.Add(socket);
        }

        return held;
    }

    // A proper worker comes after the outsider tried, so the coordinator had the time to take that one in.
    private static async Task StillThereAsync(ClusterMember coordinator)
    {
        await using var worker = await LinkedWorker.StartAsync(coordinator);
        await worker.EchoAsync(new SearchManagerProtocol.ManagerReady(1));
        coordinator.Cluster.State.Members.Count.ShouldBe(1);
    }
}
