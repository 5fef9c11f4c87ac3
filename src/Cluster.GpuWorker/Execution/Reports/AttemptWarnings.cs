namespace SearchCluster.GpuWorker.Execution.Reports;

/// <summary>The warnings of one attempt: each text once, and only so many of them. Not thread-safe; its host locks.</summary>
internal sealed class AttemptWarnings
{
    /// <summary>Different texts of one attempt that are passed on, the one that says that there were more included.</summary>
    public const int Maximum = 16;

    private readonly HashSet<WorkWarning> _told = [];

    /// <summary>Decides what becomes of a warning.</summary>
    /// <param name="text">What the workload or its data said.</param>
    /// <returns>What to pass on; null for nothing, because it was told or there are too many.</returns>
    public WorkWarning? Admit(string? text)
    {
        var warning = WorkWarning.Of(text);
        if (_told.Count >= Maximum || !_told.Add(warning))
        {
            return null;
        }

        return _told.Count < Maximum
            ? warning
            : new WorkWarning(
                "An attempt warned of more than is passed on; its further warnings are left out. Let the workload warn less.");
    }
}
