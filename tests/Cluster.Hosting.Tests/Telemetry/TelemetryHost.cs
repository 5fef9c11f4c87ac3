using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.Telemetry;

namespace SearchCluster.Hosting.Tests.Telemetry;

/// <summary>A host with telemetry set up as production does it.</summary>
internal sealed class TelemetryHost : IAsyncDisposable
{
    private readonly IHost _host;

    private TelemetryHost(IHost host, List<string> warnings) => (_host, Warnings) = (host, warnings);

    public List<string> Warnings { get; }

    public static async Task<TelemetryHost> StartAsync(StateFolder state, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        var warnings = new List<string>();
        builder.Logging.AddProvider(new WarningList(warnings));
        builder.AddSearchTelemetry(new TelemetryOptions("worker-1", state));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new TelemetryHost(host, warnings);
    }

    public bool Flush() => _host.Services.GetRequiredService<TracerProvider>().ForceFlush((int)Patience.Limit.TotalMilliseconds);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    private sealed class WarningList(List<string> warnings) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                warnings.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
