using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Logging.Reading;

/// <summary>The logs of all processes that share a state folder, in the order of time.</summary>
/// <param name="state">The folder.</param>
public sealed class LogFolder(StateFolder state)
{
    private readonly Dictionary<string, LogFile> _files = new(StringComparer.Ordinal);

    /// <summary>The last entries of all processes.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="since">Older ones are left out; null for no limit.</param>
    /// <param name="passes">Which ones count.</param>
    /// <returns>Oldest first; none where there is no folder.</returns>
    public IReadOnlyList<LogEntry> ReadLast(int count, DateTimeOffset? since, Func<LogEntry, bool> passes)
    {
        var all = new List<LogEntry>();
        foreach (var path in Paths())
        {
            var file = _files[path] = new LogFile(path);
            if (since is null || File.GetLastWriteTimeUtc(path) >= since.Value.UtcDateTime)
            {
                all.AddRange(file.ReadLast(count, since, passes));
            }
            else
            {
                file.ReadNew();
            }
        }

        return [.. all.OrderBy(entry => entry.At).TakeLast(count)];
    }

    /// <summary>What was added since the last reading, also in new files.</summary>
    /// <returns>Oldest first.</returns>
    public IReadOnlyList<LogEntry> ReadNew()
    {
        var all = new List<LogEntry>();
        foreach (var path in Paths())
        {
            if (!_files.TryGetValue(path, out var file))
            {
                file = _files[path] = new LogFile(path);
            }

            all.AddRange(file.ReadNew());
        }

        return [.. all.OrderBy(entry => entry.At)];
    }

    private string[] Paths() => Directory.Exists(state.LogsFolder)
        ? [.. Directory.GetFiles(state.LogsFolder, "*.jsonl").Where(StateFile.CanBeOpened)]
        : [];
}
