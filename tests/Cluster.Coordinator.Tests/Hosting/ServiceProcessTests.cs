using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Tests.Hosting;

/// <summary>The executable as a service manager starts it.</summary>
public sealed class ServiceProcessTests
{
    [Fact]
    public async Task Tells_the_service_manager_that_it_is_ready_when_searches_are_recovered()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "systemd is a Linux service manager");
        using var folder = new TemporaryFolder();
        var socketPath = Path.Combine(folder.Path, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(socketPath));
        using var process = Start(folder.Path, ("NOTIFY_SOCKET", socketPath));
        try
        {
            var buffer = new byte[256];
            using var limit = new CancellationTokenSource(Patience.Limit);

            var length = await socket.ReceiveAsync(buffer, limit.Token);

            Encoding.UTF8.GetString(buffer, 0, length).ShouldBe("READY=1");
            CoordinatorEndpoint.TryRead(StateFolder.Resolve(folder.Path)).ShouldNotBeNull().Pid.ShouldBe(process.Id);
        }
        finally
        {
            await EndAsync(process);
        }
    }

    [Fact]
    public async Task Reads_the_variables_of_telemetry()
    {
        using var folder = new TemporaryFolder();
        using var process = Start(folder.Path, ("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere"));
        try
        {
            var warning = await LineAsync(process.StandardError, line => line.Contains("Telemetry", StringComparison.Ordinal));

            warning.ShouldContain("OTEL_EXPORTER_OTLP_ENDPOINT is \"nowhere\"");
        }
        finally
        {
            await EndAsync(process);
        }
    }

    private static Process Start(string state, (string Name, string Value) variable)
    {
        string[] arguments = [
            Path.Combine(AppContext.BaseDirectory, "Cluster.Coordinator.dll"),
            "--state",
            state,
            "--port",
            "0",
            "--cluster-port",
            "0",
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true };
        start.Environment[variable.Name] = variable.Value;
        return Process.Start(start)!;
    }

    private static async Task<string> LineAsync(StreamReader reader, Func<string, bool> isWanted)
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (isWanted(line))
            {
                return line;
            }
        }

        throw new InvalidOperationException("The coordinator ended without the line.");
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }
}
