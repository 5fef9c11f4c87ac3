using System.Diagnostics.Tracing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Warns once, at start, of a collector's address that cannot be used, and once of a collector that does not take what is
/// sent.</summary>
/// <param name="settings">What was found.</param>
/// <param name="logger">Where to.</param>
internal sealed partial class OtlpNotice(OtlpSettings settings, ILogger<OtlpNotice> logger) : IHostedService, IDisposable
{
    private ExporterFailures? _failures;
    private int _told;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Problem is { } problem)
        {
            WarnOfEndpoint(problem);
        }

        if (settings.Traces.IsNamed || settings.Metrics.IsNamed)
        {
            _failures = new ExporterFailures(OnFailure);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends listening; after the exporters have sent what was left.</summary>
    public void Dispose() => _failures?.Dispose();

    private void OnFailure(string collector, string reason)
    {
        if (Interlocked.Exchange(ref _told, 1) == 0)
        {
            WarnOfCollector(collector, ForeignText.OneLine(reason, LongestReason));
        }
    }

    private const int LongestReason = 200;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Telemetry: the collector at {Collector} takes nothing ({Reason}). Spans and metrics are lost until it does, trials go "
            + "on. Start it, or correct OTEL_EXPORTER_OTLP_ENDPOINT")]
    private partial void WarnOfCollector(string collector, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telemetry: {Problem}")]
    private partial void WarnOfEndpoint(string problem);
}

/// <summary>Hears what the exporters tell nobody else: that they could not send.</summary>
/// <param name="failed">Told the collector's address and the reason.</param>
internal sealed class ExporterFailures(Action<string, string> failed) : EventListener
{
    private const string Exporters = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    /// <inheritdoc />
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporters)
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    /// <inheritdoc />
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // Exceptions are passed as text; the first line is the message.
        if (eventData is { EventSource.Name: Exporters, Level: <= EventLevel.Warning, Payload: { Count: > 0 } payload }
            && payload[0] is string collector
            && Uri.TryCreate(collector, UriKind.Absolute, out _))
        {
            var reason = payload.Skip(1).OfType<string>().LastOrDefault(text => text.Trim().Length > 0) ?? "no reason is told";
            failed?.Invoke(collector, reason.Trim().Split('\n')[0].Trim());
        }
    }
}
