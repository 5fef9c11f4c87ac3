namespace SearchCluster.Launch.Processes;

/// <summary>The last lines of a process. Thread-safe.</summary>
public sealed class RecentLines
{
    /// <summary>How many are kept.</summary>
    public const int Limit = 50;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();

    /// <summary>Adds one; the oldest goes when there are too many.</summary>
    public void Add(string line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Limit)
            {
                _lines.Dequeue();
            }
        }
    }

    /// <summary>All that are kept, oldest first.</summary>
    public IReadOnlyList<string> Read()
    {
        lock (_gate)
        {
            return [.. _lines];
        }
    }
}
