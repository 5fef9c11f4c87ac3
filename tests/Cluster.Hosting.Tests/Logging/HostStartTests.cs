using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SearchCluster.Hosting.Logging;

namespace SearchCluster.Hosting.Tests.Logging;

public sealed class HostStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _ctrlC = new();

    public void Dispose()
    {
        _ctrlC.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_start_that_is_ended_is_one_line_and_no_fault_whatever_components_call_it()
    {
        var lines = await StartAsync(async (logger, cancellation) =>
        {
            await _ctrlC.CancelAsync();
            logger.LogCritical(new OperationCanceledException(), "Unable to start the server.");
            cancellation.ThrowIfCancellationRequested();
        });

        lines.Count(line => line.Contains("\"@m\":\"Stopped while it started\"", StringComparison.Ordinal)).ShouldBe(1);
        lines.ShouldNotContain(line => line.Contains("\"@l\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_that_fails_by_itself_is_a_fault()
    {
        var lines = await StartAsync((_, _) => throw new InvalidDataException("as it is"));

        lines.ShouldContain(line => line.Contains("Hosting failed to start", StringComparison.Ordinal)
            && line.Contains("as it is", StringComparison.Ordinal));
        lines.ShouldNotContain(line => line.Contains("Stopped while", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_components_say_after_a_start_stands_in_the_log()
    {
        var builder = Builder();
        using (var host = builder.Build())
        {
            await host.StartInOrderAsync(ready: null, _ctrlC.Token);
            await _ctrlC.CancelAsync();
            host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Component").LogError("A fault.");
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        Lines().ShouldContain(line => line.Contains("A fault.", StringComparison.Ordinal));
    }

    private async Task<string[]> StartAsync(Func<ILogger, CancellationToken, Task> start)
    {
        var builder = Builder();
        builder.Services.AddHostedService(services =>
            new Component(start, services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Server.Kestrel")));
        using (var host = builder.Build())
        {
            await Should.ThrowAsync<Exception>(host.StartInOrderAsync(ready: null, _ctrlC.Token));
        }

        return Lines();
    }

    private HostApplicationBuilder Builder()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddSearchLogging(new LoggingOptions
        {
            ServiceName = "test",
            StateFolder = _folder.State,
            Console = ConsoleLog.Off,
        });
        return builder;
    }

    private string[] Lines() =>
        [.. Directory.EnumerateFiles(_folder.State.LogsFolder).SelectMany(File.ReadAllLines)];

    private sealed class Component(Func<ILogger, CancellationToken, Task> start, ILogger logger) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => start(logger, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
