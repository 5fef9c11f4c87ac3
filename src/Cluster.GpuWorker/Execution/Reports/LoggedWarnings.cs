namespace SearchCluster.GpuWorker.Execution.Reports;

/// <summary>Which warnings of which searches this process has logged, so that each stands in the log once. Not
/// thread-safe; its host locks.</summary>
internal sealed class LoggedWarnings
{
    // A process that lives for months forgets old searches rather than growing; a warning may then be logged again.
    private const int Remembered = 4_096;

    private readonly HashSet<(SearchId Search, WorkWarning Warning)> _logged = [];

    public bool IsNew(SearchId search, WorkWarning warning)
    {
        if (_logged.Count >= Remembered)
        {
            _logged.Clear();
        }

        return _logged.Add((search, warning));
    }
}
