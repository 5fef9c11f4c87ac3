using System.Net;
using System.Net.Sockets;
using System.Text;
using SearchCluster.Hosting;

namespace SearchCluster.Coordinator.Tests.Http.Limits;

/// <summary>Strangers on both ports who say nothing, half of something, or what nobody understands, while others work.</summary>
public sealed class CrowdTests
{
    private const int Silent = 500;
    private const int Slow = 100;

    [Fact]
    [Trait("Promise", "R27")]
    public async Task Who_works_is_answered_while_a_crowd_holds_both_ports()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path, workerSlots: 2, ActorMode.Clustered);
        var http = coordinator.Client.BaseAddress!.Port;
        var cluster = new Uri("tcp://" + coordinator.Ready.ClusterAddress!).Port;
        var crowd = new List<TcpClient>();
        for (var number = 0; number < Silent; number++)
        {
            crowd.Add(await RawHttp.ConnectAsync(number % 2 == 0 ? http : cluster));
        }

        for (var number = 0; number < Slow; number++)
        {
            var client = await RawHttp.ConnectAsync(number % 2 == 0 ? http : cluster);
            crowd.Add(client);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                number % 2 == 0 ? "POST /api/v1/searches HTTP/1.1\r\nHost: localhost\r\nContent-Le" : "SCKey001half"));
        }

        await coordinator.PostAsync("/api/v1/searches", TestCoordinator.Submission("beside", trials: 20));
        await Patience.UntilAsync(async () =>
            (await coordinator.GetAsync<SearchDetail>("/api/v1/searches/beside")).Summary.State == SearchLifecycle.Completed);

        (await coordinator.GetAsync<ClusterView>("/api/v1/cluster")).Workers.Count.ShouldBe(1);
        crowd.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task What_nobody_understands_costs_its_own_connection_and_no_line_of_the_log()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        var port = coordinator.Client.BaseAddress!.Port;
        var random = new byte[4096];
        new Random(1).NextBytes(random);
        byte[][] garbage =
        [
            [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03], [0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f],
            [0, 0, 0, 0], random, Encoding.ASCII.GetBytes("SSH-2.0-OpenSSH_9.9\r\n"), Encoding.ASCII.GetBytes("SCKey001"),
            Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), new byte[1 << 20],
        ];
        var log = new FileInfo(Directory.EnumerateFiles(Path.Combine(folder.Path, "logs")).Single());
        var before = await LinesAsync(log);

        for (var round = 0; round < 10; round++)
        {
            foreach (var bytes in garbage)
            {
                using var stranger = await RawHttp.ConnectAsync(port);
                var stream = stranger.GetStream();
                try
                {
                    await stream.WriteAsync(bytes);
                    stranger.Client.Shutdown(SocketShutdown.Send);
                    await stream.CopyToAsync(Stream.Null);
                }
                catch (Exception closed) when (closed is IOException or SocketException)
                {
                    // It had heard enough.
                }
            }
        }

        (await coordinator.Client.GetAsync("/healthz/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await LinesAsync(log)).Except(before).ShouldBeEmpty();
    }

    private static async Task<List<string>> LinesAsync(FileInfo log)
    {
        await using var file = new FileStream(log.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return [.. (await reader.ReadToEndAsync()).Split('\n')];
    }
}
