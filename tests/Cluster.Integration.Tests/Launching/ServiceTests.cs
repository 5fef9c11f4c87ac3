using System.Net.Sockets;
using System.Text;

namespace SearchCluster.Integration.Tests.Launching;

/// <summary>Commands as a service manager starts them: it is told when they are ready.</summary>
[Trait("Category", "Integration")]
public sealed class ServiceTests : IAsyncDisposable
{
    private readonly Deployment _deployment = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public ServiceTests()
    {
        Assert.SkipUnless(Signals.AreAvailable, "systemd is a service manager of Linux.");
        var path = Path.Combine(_deployment.Folder, "notify");
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _deployment.Variables["NOTIFY_SOCKET"] = path;
    }

    public async ValueTask DisposeAsync()
    {
        await _deployment.DisposeAsync();
        _socket.Dispose();
    }

    [Fact]
    public async Task A_launch_tells_it_once_when_all_is_ready_and_once_when_it_ends()
    {
        var launch = _deployment.Start("launch", "launch", "--port", "0", "--workers", "2", "--slots", "1");

        (await HearAsync()).ShouldBe("READY=1");
        await _deployment.UntilAsync(
            () => launch.Output.Contains("with 2 workers.", StringComparison.Ordinal), "it has said so to people, too", launch);
        await EndAsync(launch, exitCode: 0);

        (await HearAsync()).ShouldBe("STOPPING=1");
        _socket.Available.ShouldBe(0, "none of its processes speaks for it");
    }

    [Fact]
    public async Task Coordinator_and_worker_tell_it_when_they_are_ready_and_end_in_order()
    {
        var coordinator = _deployment.Start("coordinator", "coordinator", "--port", "0");
        (await HearAsync()).ShouldBe("READY=1");
        (await _deployment.RunAsync("status", "--json")).ShouldExitWith(0);

        var worker = _deployment.Start("worker", "worker", "--device", "cpu", "--slots", "1");
        (await HearAsync()).ShouldBe("READY=1");

        await EndAsync(worker, exitCode: 0);
        await EndAsync(coordinator, exitCode: 0);
    }

    private async Task EndAsync(SearchClusterProcess process, int exitCode)
    {
        process.Terminate();
        (await process.WaitForExitAsync(TimeSpan.FromSeconds(60))).ShouldBeTrue(_deployment.Describe());
        process.ExitCode.ShouldBe(exitCode, _deployment.Describe());
    }

    private async Task<string> HearAsync()
    {
        var buffer = new byte[256];
        using var limit = new CancellationTokenSource(Patience.Limit);
        return Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, limit.Token));
    }
}
