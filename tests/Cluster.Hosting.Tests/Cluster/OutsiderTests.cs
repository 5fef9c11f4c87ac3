using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Tests.Cluster;

/// <summary>Somebody on the machine who cannot read the state folder, and who talks to the cluster's port.</summary>
[Trait("Promise", "S01")]
public sealed class OutsiderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("searchcluster-outsider-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task One_with_a_key_of_another_cluster_is_neither_heard_nor_a_member()
    {
        await using var coordinator = await ClusterMember.StartAsync(ClusterRoles.Coordinator);
        coordinator.System.ActorOf<Echo>(Echo.Name);
        var foreign = ClusterKey.LoadOrCreate(StateFolder.Resolve(_folder.FullName));
        await using var outsider = await ClusterMember.StartAsync(foreign, ClusterRoles.Coordinator, coordinator.Endpoint);
        var echo = outsider.System.ActorSelection($"{ClusterEndpointOptions.ActorSystemAddress(coordinator.Endpoint)}/user/{Echo.Name}");

        await Should.ThrowAsync<AskTimeoutException>(() => echo.Ask<object>(new SearchManagerProtocol.ManagerReady(1), Patience));

        await OnlyOurOwnJoinAsync(coordinator);
        outsider.Log.ShouldContain(line => line.Contains("has another key than this cluster", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_speaks_in_the_clear_is_neither_heard_nor_a_member()
    {
        await using var coordinator = await ClusterMember.StartAsync(ClusterRoles.Coordinator);
        var echo = coordinator.System.ActorOf<Echo>(Echo.Name);
        using var outsider = ActorSystem.Create(CoreExtensions.ActorSystemName, ConfigurationFactory.ParseString(
            "akka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = cluster, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }"));
        var plain = $"akka.tcp://{CoreExtensions.ActorSystemName}@{coordinator.Endpoint}";
        Akka.Cluster.Cluster.Get(outsider).Join(Address.Parse(plain));
        var selection = outsider.ActorSelection($"{plain}/user/{Echo.Name}");

        selection.Tell(PoisonPill.Instance);
        (await selection.Ask<ActorIdentity>(new Identify(1), Patience)).Subject.ShouldBeNull();

        var ready = new SearchManagerProtocol.ManagerReady(1);
        (await echo.Ask<SearchManagerProtocol.ManagerReady>(ready, TimeSpan.FromSeconds(10))).ShouldBe(ready);
        await OnlyOurOwnJoinAsync(coordinator);
    }

    [Fact]
    public async Task What_is_no_message_at_all_harms_nobody_and_fills_no_log()
    {
        await using var coordinator = await ClusterMember.StartAsync(ClusterRoles.Coordinator);
        var random = new byte[4096];
        new Random(1).NextBytes(random);
        byte[][] garbage =
        [
            [], [0], [0x16, 0x03, 0x01, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f, 1], random, Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), new byte[1 << 20],
        ];
        var held = new List<Socket>();
        foreach (var bytes in Enumerable.Repeat(garbage, 8).SelectMany(all => all))
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPEndPoint.Parse(coordinator.Endpoint), TestContext.Current.CancellationToken);
            try
            {
                await socket.SendAsync(bytes, TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                // Closed at the first byte that is none of a handshake.
            }

            held.Add(socket);
        }

        await OnlyOurOwnJoinAsync(coordinator);

        held.ForEach(socket => socket.Dispose());
        var told = coordinator.Log.Where(line => line.Contains("TcpServerHandler", StringComparison.Ordinal) && !HandshakeNoise.IsIn(line)).ToList();
        told.ShouldNotBeEmpty();
        told.Count.ShouldBeLessThanOrEqualTo(held.Count);
        told.ShouldAllBe(line => line.Contains("Rejected incoming connection", StringComparison.Ordinal));
    }

    [Fact]
    public void All_that_ask_at_once_for_the_first_key_get_the_same_one_and_only_its_owner_can_read_it()
    {
        var state = StateFolder.Resolve(_folder.FullName);

        var keys = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => ClusterKey.LoadOrCreate(state)).ToList();

        keys.ShouldAllBe(key => key.IsShownBy(keys[0].Certificate));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(state.ClusterKeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void A_damaged_key_is_told_with_its_file_and_a_way_out(string content)
    {
        var state = StateFolder.Resolve(_folder.FullName);
        File.WriteAllText(state.ClusterKeyFile, content);

        var message = Should.Throw<StateFolderException>(() => ClusterKey.LoadOrCreate(state)).Message;

        message.ShouldStartWith($"{state.ClusterKeyFile} holds no key of a cluster");
        message.ShouldContain("Delete the file");
    }

    // A proper member joins after the outsider tried, so the coordinator had the time to take it in.
    private static async Task OnlyOurOwnJoinAsync(ClusterMember coordinator)
    {
        await using var worker = await ClusterMember.StartAsync(ClusterRoles.Worker, coordinator.Endpoint);
        await coordinator.UntilAsync(state => state.Members.Count(member => member.Status == MemberStatus.Up) == 2);
        coordinator.Cluster.State.Members.Count.ShouldBe(2);
    }
}
