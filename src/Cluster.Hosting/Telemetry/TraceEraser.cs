using System.Text;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Removes the spans of one trace from the files of a state folder.</summary>
/// <remarks>A file that a process still writes keeps its spans until it is full; all others are replaced, or
/// removed when nothing is left.</remarks>
public static class TraceEraser
{
    /// <summary>Removes them.</summary>
    /// <param name="state">The state folder.</param>
    /// <param name="traceId">W3C trace id.</param>
    public static void Erase(StateFolder state, string traceId)
    {
        ArgumentNullException.ThrowIfNull(state);
        TraceReader.Delete(state, traceId);
        var mark = Encoding.ASCII.GetBytes(traceId);
        var files = Directory.Exists(state.TracesFolder)
            ? Directory.EnumerateFiles(state.TracesFolder, "*" + SpanFiles.Extension).Where(StateFile.CanBeOpened).ToList()
            : [];
        foreach (var file in files)
        {
            try
            {
                Erase(file, mark);
            }
            catch (IOException)
            {
                // Somebody writes it.
            }
        }
    }

    private static void Erase(string file, byte[] mark)
    {
        using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var content = new byte[held.Length];
        held.ReadExactly(content);
        if (content.AsSpan().IndexOf(mark) < 0)
        {
            return;
        }

        using var kept = new MemoryStream(content.Length);
        for (var start = 0; start < content.Length;)
        {
            var length = content.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var end ? end + 1 : content.Length - start;
            if (content.AsSpan(start, length).IndexOf(mark) < 0)
            {
                kept.Write(content, start, length);
            }

            start += length;
        }

        if (kept.Length == 0)
        {
            File.Delete(file);
            return;
        }

        held.SetLength(0);
        kept.Position = 0;
        kept.CopyTo(held);
    }
}
