using Serilog.Core;
using Serilog.Events;

namespace SearchCluster.Hosting.Logging;

/// <summary>Adds <c>trace_id</c> and <c>span_id</c> to lines written inside a span, so that logs and traces can be joined.</summary>
internal sealed class TraceEnricher : ILogEventEnricher
{
    /// <inheritdoc />
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (logEvent is { TraceId: { } trace, SpanId: { } span })
        {
            logEvent.AddPropertyIfAbsent(new LogEventProperty("trace_id", new ScalarValue(trace.ToHexString())));
            logEvent.AddPropertyIfAbsent(new LogEventProperty("span_id", new ScalarValue(span.ToHexString())));
        }
    }
}
