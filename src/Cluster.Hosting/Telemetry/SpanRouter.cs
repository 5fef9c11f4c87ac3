using System.Diagnostics;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Gives the trace of each search a folder of its own, which lives as long as the search; other spans share a few files.</summary>
/// <remarks>
/// A trace is a search's when one of our own spans takes part in it: the root <c>search.submit</c>, or any span with a parent. The server's
/// spans come from strangers' requests as well, so they belong to a search only when its trace is known. Not thread-safe; one task writes.
/// </remarks>
/// <param name="folder">The traces folder.</param>
/// <param name="service">Name of the process.</param>
/// <param name="clock">Names files.</param>
internal sealed class SpanRouter(string folder, string service, TimeProvider clock) : IDisposable
{
    private const int MaximumOpen = 16;
    private const int MaximumKnown = 4_096;

    private readonly SpanFileWriter _others = new(folder, service, clock);
    private readonly Dictionary<ActivityTraceId, SpanFileWriter> _searches = [];
    private readonly List<SpanFileWriter> _open = [];

    /// <summary>Adds a span; it is in its file after <see cref="Flush"/>.</summary>
    public void Write(Activity span) => WriterOf(span).Write(span);

    /// <summary>Hands all spans to the operating system.</summary>
    public void Flush()
    {
        _others.Flush();
        _open.ForEach(writer => writer.Flush());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _others.Dispose();
        _open.ForEach(writer => writer.Dispose());
    }

    private static bool StartsTrace(Activity span) =>
        span.Source.Name == SearchClusterTelemetry.Name && (span.OperationName == SpanNames.Submit || span.ParentSpanId != default);

    private SpanFileWriter WriterOf(Activity span)
    {
        if (!_searches.TryGetValue(span.TraceId, out var writer))
        {
            if (!StartsTrace(span))
            {
                return _others;
            }

            ForgetMany();
            _searches.Add(
                span.TraceId,
                writer = new SpanFileWriter(SpanFiles.FolderOf(folder, span.TraceId.ToHexString()), service, clock, retainedFiles: null));
        }

        Use(writer);
        return writer;
    }

    // The least recently used comes first; a closed writer goes on in its file when it is used again.
    private void Use(SpanFileWriter writer)
    {
        if (_open.Count > 0 && _open[^1] == writer)
        {
            return;
        }

        _open.Remove(writer);
        _open.Add(writer);
        if (_open.Count > MaximumOpen)
        {
            _open[0].Close();
            _open.RemoveAt(0);
        }
    }

    // A process that has seen thousands of searches starts new files for those that it hears of again.
    private void ForgetMany()
    {
        if (_searches.Count < MaximumKnown)
        {
            return;
        }

        _open.ForEach(writer => writer.Dispose());
        _open.Clear();
        _searches.Clear();
    }
}
