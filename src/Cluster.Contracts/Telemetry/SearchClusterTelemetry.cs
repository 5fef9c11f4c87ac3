using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SearchCluster.Contracts.Telemetry;

/// <summary>The one activity source and the one meter of the product, and the names of its spans;
/// <c>docs/telemetry.md</c> lists all.</summary>
public static class SearchClusterTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "SearchCluster";

    /// <summary>Starts all spans.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Makes all instruments.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>Starts a span with an explicit parent; the ambient activity is neither read nor changed,
    /// because actors hop threads.</summary>
    /// <param name="name">One of <see cref="SpanNames"/>.</param>
    /// <param name="traceParent">W3C context of the parent; null for a root.</param>
    /// <param name="kind">Kind of span.</param>
    /// <returns>The span, or null when nobody listens.</returns>
    public static Activity? StartSpan(string name, string? traceParent, ActivityKind kind = ActivityKind.Internal)
    {
        var ambient = Activity.Current;
        Activity.Current = null;
        try
        {
            return ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
                ? Source.StartActivity(name, kind, parent)
                : Source.StartActivity(name, kind);
        }
        finally
        {
            Activity.Current = ambient;
        }
    }
}

/// <summary>Names of the spans.</summary>
public static class SpanNames
{
    /// <summary>A client submits a search; the root of its trace.</summary>
    public const string Submit = "search.submit";

    /// <summary>The coordinator validates and journals it.</summary>
    public const string Accept = "search.accept";

    /// <summary>The sampler proposes configurations.</summary>
    public const string Suggest = "suggest";

    /// <summary>The coordinator leases an item to a worker.</summary>
    public const string Dispatch = "dispatch";

    /// <summary>A worker runs an attempt; child of the dispatch span.</summary>
    public const string Attempt = "attempt";

    /// <summary>One epoch of training.</summary>
    public const string Epoch = "epoch";

    /// <summary>One pass over the validation part.</summary>
    public const string Validate = "validate";

    /// <summary>A checkpoint is written.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>A worker reports and waits for the acknowledgement.</summary>
    public const string Report = "report";

    /// <summary>A group of events is written to the journal.</summary>
    public const string JournalWrite = "journal.write";

    /// <summary>The ensemble is built and evaluated.</summary>
    public const string Ensemble = "ensemble";
}
