using System.Text;
using System.Text.Json;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Finds the spans of one trace in the files of all processes.</summary>
/// <remarks>
/// Files are searched as bytes for the trace id and only lines that hold it are parsed: 100,000 spans of other traces cost some tens
/// of milliseconds. The last line of a killed process may be torn; a line that is no span is left out.
/// </remarks>
public static class TraceReader
{
    /// <summary>Reads a trace; spans written while it reads may be missing.</summary>
    /// <param name="state">The state folder.</param>
    /// <param name="traceId">W3C trace id, 32 hexadecimal digits.</param>
    /// <returns>The spans in order of their start; empty when there are none.</returns>
    public static IReadOnlyList<SpanView> Read(StateFolder state, string traceId) => Read(state, traceId, out _);

    /// <summary>Reads a trace, and counts what could not be read.</summary>
    /// <param name="state">The state folder.</param>
    /// <param name="traceId">W3C trace id, 32 hexadecimal digits.</param>
    /// <param name="unreadable">Whole lines of the trace's own files that are no spans; null for none.</param>
    /// <returns>The spans in order of their start; empty when there are none.</returns>
    public static IReadOnlyList<SpanView> Read(StateFolder state, string traceId, out int? unreadable)
    {
        unreadable = null;
        if (!Directory.Exists(state.TracesFolder))
        {
            return [];
        }

        var needle = Encoding.UTF8.GetBytes(traceId);
        var spans = new List<SpanView>();
        foreach (var path in FilesOf(state, traceId))
        {
            if (TryReadAll(path) is { } content)
            {
                var before = spans.Count;
                Collect(content, needle, traceId, spans);

                // The files of the trace's own folder hold nothing else; a last line without an end is one that a killed process was
                // writing.
                var others = content.AsSpan().Count((byte)'\n') - (spans.Count - before);
                if (others > 0 && Path.GetFileName(Path.GetDirectoryName(path)) == traceId)
                {
                    unreadable = (unreadable ?? 0) + others;
                }
            }
        }

        spans.Sort((a, b) => a.StartedAt.CompareTo(b.StartedAt) is not 0 and var order ? order : string.CompareOrdinal(a.SpanId, b.SpanId));
        return spans;
    }

    /// <summary>Removes the trace of a search that is deleted; nothing happens when there is none.</summary>
    /// <remarks>What an older release wrote lies among other spans, and goes with them when its file is the oldest.</remarks>
    /// <param name="state">The state folder.</param>
    /// <param name="traceId">W3C trace id, 32 hexadecimal digits.</param>
    internal static void Delete(StateFolder state, string traceId)
    {
        if (IsTraceId(traceId) && SpanFiles.FolderOf(state.TracesFolder, traceId) is var folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The folder of the trace, then the shared files: there lie the server's first spans, and all spans of older releases.
    private static IEnumerable<string> FilesOf(StateFolder state, string traceId)
    {
        var own = SpanFiles.FolderOf(state.TracesFolder, traceId);
        var shared = Directory.EnumerateFiles(state.TracesFolder, "*" + SpanFiles.Extension);
        return (IsTraceId(traceId) && Directory.Exists(own)
            ? Directory.EnumerateFiles(own, "*" + SpanFiles.Extension).Concat(shared)
            : shared).Where(StateFile.CanBeOpened);
    }

    private static bool IsTraceId(string traceId) => traceId.Length == 32 && traceId.All(char.IsAsciiHexDigitLower);

    private static void Collect(byte[] content, byte[] needle, string traceId, List<SpanView> spans)
    {
        var position = 0;
        while (content.AsSpan(position).IndexOf(needle) is >= 0 and var offset)
        {
            var hit = position + offset;
            var start = content.AsSpan(0, hit).LastIndexOf((byte)'\n') + 1;
            var length = content.AsSpan(hit).IndexOf((byte)'\n');
            var end = length < 0 ? content.Length : hit + length;
            if (TryParse(content.AsSpan(start, end - start)) is { } span && span.TraceId == traceId)
            {
                spans.Add(span);
            }

            position = end;
        }
    }

    private static SpanView? TryParse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ContractsJsonContext.Default.SpanView);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A writer may remove its oldest file, and a person the search, between the listing and the opening.
    private static byte[]? TryReadAll(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[file.Length];
            var read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return read == content.Length ? content : content[..read];
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
