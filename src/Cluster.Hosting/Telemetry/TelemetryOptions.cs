using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>What a process tells about itself.</summary>
/// <param name="ServiceName">Its name in traces, for example <c>coordinator</c> or <c>worker-w1</c>; <c>OTEL_SERVICE_NAME</c> wins.</param>
/// <param name="StateFolder">Keeps spans in its <c>traces</c> folder; null for none.</param>
public sealed record TelemetryOptions(string ServiceName, StateFolder? StateFolder);
