using System.Text;

namespace SearchCluster.Hosting.Logging.Reading;

/// <summary>Reads one log file from its end, and what is added to it later.</summary>
internal sealed class LogFile(string path)
{
    private const int FirstTail = 256 << 10;

    // A line that is being written has no end yet; it is read with the rest of it later.
    private long _position;

    /// <summary>The last entries that pass a test.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="since">Older ones are left out.</param>
    /// <param name="passes">The test.</param>
    /// <returns>Oldest first.</returns>
    public IReadOnlyList<LogEntry> ReadLast(int count, DateTimeOffset? since, Func<LogEntry, bool> passes)
    {
        for (long tail = FirstTail; ; tail *= 4)
        {
            using var file = Open();
            var start = Math.Max(0, file.Length - tail);
            var entries = Read(file, start, isPartOfLine: start > 0);
            var found = entries.Where(entry => (since is null || entry.At >= since) && passes(entry)).TakeLast(count).ToList();
            if (start == 0 || found.Count == count || (since is { } limit && entries.FirstOrDefault()?.At < limit))
            {
                return found;
            }
        }
    }

    /// <summary>What was added since the last reading.</summary>
    public IReadOnlyList<LogEntry> ReadNew()
    {
        using var file = Open();
        return file.Length > _position ? Read(file, _position, isPartOfLine: false) : [];
    }

    private FileStream Open() => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private List<LogEntry> Read(FileStream file, long start, bool isPartOfLine)
    {
        var bytes = new byte[file.Length - start];
        file.Position = start;
        file.ReadExactly(bytes);
        var end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        var begin = isPartOfLine ? bytes.AsSpan().IndexOf((byte)'\n') + 1 : 0;
        _position = start + end;
        return begin >= end
            ? []
            : [.. Encoding.UTF8.GetString(bytes, begin, end - begin).Split('\n').Select(LogEntry.TryParse).OfType<LogEntry>()];
    }
}
