using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Warns once, at start, of a collector's address that cannot be used.</summary>
/// <param name="settings">What was found.</param>
/// <param name="logger">Where to.</param>
internal sealed partial class OtlpNotice(OtlpSettings settings, ILogger<OtlpNotice> logger) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Problem is { } problem)
        {
            WarnOfEndpoint(problem);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telemetry: {Problem}")]
    private partial void WarnOfEndpoint(string problem);
}
