using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Finds the spans of one trace in the files of all processes, page by page.</summary>
/// <remarks>
/// Lines are searched as bytes for the trace id and only those that hold it are parsed. Memory holds the page and a buffer, however long
/// the files are. The last line of a killed process may be torn; a line that is no span is left out.
/// </remarks>
public static partial class TraceReader
{
    private const char Own = '0';
    private const char Shared = '1';

    /// <summary>Tells whether a text is a place between two pages.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsPlace(string text) => Place().IsMatch(text);

    /// <summary>Reads a page of a trace; spans written while it reads may be missing.</summary>
    /// <param name="state">The state folder.</param>
    /// <param name="traceId">W3C trace id, 32 hexadecimal digits.</param>
    /// <param name="after">Where it begins: <see cref="TracePage.Next"/> of the page before; null for the first.</param>
    /// <param name="limit">Most spans.</param>
    /// <param name="cancellation">Gives up.</param>
    public static TracePage Read(StateFolder state, string traceId, string? after, int limit, CancellationToken cancellation = default)
    {
        var needle = Encoding.UTF8.GetBytes(traceId);
        var (spans, unreadable) = (new List<SpanView>(), 0);
        var (first, offset) = PlaceOf(after);
        string? next = null;
        foreach (var (key, path) in FilesOf(state, traceId).Where(file => string.CompareOrdinal(file.Key, first) >= 0))
        {
            using var file = TryOpen(path);
            if (file is null)
            {
                continue;
            }

            file.Position = key == first ? Math.Min(offset, file.Length) : 0;
            var lines = new SpanLines(file);
            while (next is null && lines.TryNext(out var line))
            {
                cancellation.ThrowIfCancellationRequested();
                if (line.IndexOf(needle) >= 0 && TryParse(line) is { } span && span.TraceId == traceId)
                {
                    spans.Add(span);
                    next = spans.Count == limit ? string.Create(CultureInfo.InvariantCulture, $"{key}:{lines.Position}") : null;
                }
                else if (key[0] == Own && lines.IsWhole)
                {
                    // The files of the trace's own folder hold nothing else; a last line without an end is one that a killed process was
                    // writing.
                    unreadable++;
                }
            }

            if (next is not null)
            {
                break;
            }
        }

        spans.Sort((a, b) => a.StartedAt.CompareTo(b.StartedAt) is not 0 and var order ? order : string.CompareOrdinal(a.SpanId, b.SpanId));
        return new(spans, next, unreadable > 0 ? unreadable : null);
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

    // The folder of the trace, then the shared files: there lie the server's first spans, and all spans of older releases. A file that
    // comes while somebody reads has its place among them, and none changes it.
    private static IEnumerable<(string Key, string Path)> FilesOf(StateFolder state, string traceId)
    {
        var own = SpanFiles.FolderOf(state.TracesFolder, traceId);
        return (IsTraceId(traceId) ? In(own, Own) : []).Concat(In(state.TracesFolder, Shared))
            .OrderBy(file => file.Key, StringComparer.Ordinal);
    }

    private static IEnumerable<(string Key, string Path)> In(string folder, char kind) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + SpanFiles.Extension)
            .Where(StateFile.CanBeOpened)
            .Select(path => (kind + Path.GetFileName(path), path))
        : [];

    private static (string Key, long Offset) PlaceOf(string? after)
    {
        if (after is null)
        {
            return ("", 0);
        }

        var parts = Place().Match(after);
        return parts.Success
            ? (parts.Groups[1].Value, long.Parse(parts.Groups[2].Value, CultureInfo.InvariantCulture))
            : throw new ArgumentException($"'{after}' is no place between two pages.", nameof(after));
    }

    private static bool IsTraceId(string traceId) => traceId.Length == 32 && traceId.All(char.IsAsciiHexDigitLower);

    private static SpanView? TryParse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ContractsJsonContext.Default.SpanView) is { SpanId: not null, Name: not null } span
                ? span
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A writer may remove its oldest file, and a person the search, between the listing and the opening.
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    [GeneratedRegex("^([01][^/:\\\\]{1,250}):([0-9]{1,18})$", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}

/// <summary>A page of the spans of a trace.</summary>
/// <param name="Spans">In order of their start.</param>
/// <param name="Next">Where the next page begins; null after the last.</param>
/// <param name="Unreadable">Whole lines of the trace's own files that are no spans, where the page was read; null for none.</param>
public sealed record TracePage(IReadOnlyList<SpanView> Spans, string? Next, int? Unreadable);
