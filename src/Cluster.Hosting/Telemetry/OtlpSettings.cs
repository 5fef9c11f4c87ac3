using Microsoft.Extensions.Configuration;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Whether a collector is named, by the variables of the OpenTelemetry specification.</summary>
/// <param name="Traces">Spans are sent.</param>
/// <param name="Metrics">Metrics are sent.</param>
/// <param name="Problem">Why an endpoint that is named is not used, or null.</param>
internal sealed record OtlpSettings(bool Traces, bool Metrics, string? Problem)
{
    private const string Common = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Tells whether the user switched telemetry off.</summary>
    /// <param name="configuration">Holds the environment.</param>
    /// <returns>True for <c>OTEL_SDK_DISABLED=true</c> in any case.</returns>
    public static bool IsDisabled(IConfiguration configuration) => string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the endpoints; the exporter itself would take localhost for one that it cannot read.</summary>
    /// <param name="configuration">Holds the environment.</param>
    /// <returns>What is sent.</returns>
    public static OtlpSettings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var traces = IsUsable(configuration, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", problems);
        var metrics = IsUsable(configuration, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", problems);
        return new OtlpSettings(traces, metrics, problems.Count == 0 ? null : string.Join(" ", problems.Distinct()));
    }

    private static bool IsUsable(IConfiguration configuration, string signal, List<string> problems)
    {
        var variable = configuration[signal] is { Length: > 0 } ? signal : Common;
        if (configuration[variable] is not { Length: > 0 } text)
        {
            return false;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0)
        {
            return true;
        }

        problems.Add($"{variable} is \"{text}\", but must be an address such as http://localhost:4317; nothing is sent.");
        return false;
    }
}
