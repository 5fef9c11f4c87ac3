using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Whether a collector is named, by the variables of the OpenTelemetry specification.</summary>
/// <param name="Traces">Where spans go.</param>
/// <param name="Metrics">Where metrics go.</param>
/// <param name="Problem">Why an endpoint that is named is not used, or null.</param>
internal sealed record OtlpSettings(OtlpTarget Traces, OtlpTarget Metrics, string? Problem)
{
    private const string Common = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Tells whether the user switched telemetry off.</summary>
    /// <param name="configuration">Holds the environment.</param>
    /// <returns>True for <c>OTEL_SDK_DISABLED=true</c> in any case.</returns>
    public static bool IsDisabled(IConfiguration configuration) =>
        string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the endpoints; the exporter itself would take localhost for one that it cannot read.</summary>
    /// <param name="configuration">Holds the environment.</param>
    /// <returns>What is sent.</returns>
    public static OtlpSettings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var traces = Target(configuration, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", problems);
        var metrics = Target(configuration, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", problems);
        return new OtlpSettings(traces, metrics, problems.Count == 0 ? null : string.Join(" ", problems.Distinct()));
    }

    private static OtlpTarget Target(IConfiguration configuration, string signal, List<string> problems)
    {
        var variable = configuration[signal] is { Length: > 0 } ? signal : Common;
        if (configuration[variable] is not { Length: > 0 } text)
        {
            return OtlpTarget.None;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0)
        {
            return new OtlpTarget(true, variable == signal ? uri : null);
        }

        problems.Add($"{variable} is \"{text}\", but must be an address such as http://localhost:4317; nothing is sent.");
        return OtlpTarget.None;
    }
}

/// <summary>Where one signal goes.</summary>
/// <param name="IsNamed">True when a usable endpoint is named.</param>
/// <param name="Own">The signal's own endpoint, complete with its path; null where the exporter finds the common one by itself.</param>
internal sealed record OtlpTarget(bool IsNamed, Uri? Own)
{
    /// <summary>Nothing is sent.</summary>
    public static OtlpTarget None { get; } = new(false, null);

    /// <summary>Tells an exporter; it does not read the variables of single signals.</summary>
    /// <param name="exporter">Its options, read from the common variables.</param>
    public void Apply(OtlpExporterOptions exporter)
    {
        if (Own is not null)
        {
            exporter.Endpoint = Own;
        }
    }
}
