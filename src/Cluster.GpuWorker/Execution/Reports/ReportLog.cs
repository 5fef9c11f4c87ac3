using SearchCluster.GpuWorker.Outbox;

namespace SearchCluster.GpuWorker.Execution.Reports;

/// <summary>Numbers the reports of one attempt and keeps them until they are acknowledged. Not thread-safe; its host locks.</summary>
/// <remarks>
/// Memory is bounded: beyond the backlog a measurement waits without a number, and a newer one replaces it. A report that has a number is
/// never dropped, so the numbers have no gaps.
/// </remarks>
internal sealed class ReportLog(LeaseKey lease, int maximumBacklog = ReportLog.MaximumBacklog)
{
    /// <summary>As many points as a curve keeps, so that only what no one would see is replaced.</summary>
    public const int MaximumBacklog = 10_000;

    private readonly Queue<PendingReport> _pending = [];
    private long _nextSeq = 1;
    private (Measurement Measurement, string? TraceParent)? _waiting;

    /// <summary>Reports without an acknowledgement, in order.</summary>
    public IEnumerable<PendingReport> Pending => _pending;

    /// <summary>Puts back what an earlier process left.</summary>
    public static ReportLog Restore(StoredOutcome stored)
    {
        var (lease, seq, outcome, traceParent) = stored.Outcome;
        var log = new ReportLog(lease) { _nextSeq = seq + 1 };
        var measurements = stored.Measurements.Select(
            report => new PendingReport(lease, report.Seq, report.Measurement, null, report.TraceParent));
        var warnings = (stored.Warnings ?? []).Select(
            report => new PendingReport(lease, report.Seq, null, null, report.TraceParent, report.Warning));
        foreach (var report in measurements.Concat(warnings).OrderBy(report => report.Seq))
        {
            log._pending.Enqueue(report);
        }

        log._pending.Enqueue(new(lease, seq, null, outcome, traceParent));
        return log;
    }

    /// <summary>Adds a measurement.</summary>
    public void Add(Measurement measurement, string? traceParent)
    {
        if (_pending.Count >= maximumBacklog)
        {
            _waiting = (measurement, traceParent);
            return;
        }

        _pending.Enqueue(new(lease, _nextSeq++, measurement, null, traceParent));
    }

    /// <summary>Adds a warning; its number is bounded by whoever calls.</summary>
    public void Add(WorkWarning warning, string? traceParent) => _pending.Enqueue(new(lease, _nextSeq++, null, null, traceParent, warning));

    /// <summary>Numbers the outcome, to be written down before <see cref="End"/> lets it go out.</summary>
    public StoredOutcome PrepareEnd(WorkOutcome outcome, string? traceParent)
    {
        NumberWaiting();
        var reports = _pending.Select(report => report.ToCommand(null)).ToArray();
        var warnings = reports.OfType<SearchCommands.ReportWarning>().ToValueArray();
        return new(
            new(lease, _nextSeq++, outcome, traceParent),
            reports.OfType<SearchCommands.ReportMeasurement>().ToValueArray(),
            warnings.Count == 0 ? null : warnings);
    }

    /// <summary>Adds the outcome; the last report.</summary>
    public void End(SearchCommands.ReportOutcome outcome) =>
        _pending.Enqueue(new(lease, outcome.Seq, null, outcome.Outcome, outcome.TraceParent));

    /// <summary>Drops what is acknowledged.</summary>
    /// <returns>True when that was the outcome, so that nothing is left to do.</returns>
    public bool Acknowledge(long seq)
    {
        var isOver = false;
        while (_pending.TryPeek(out var first) && first.Seq <= seq)
        {
            isOver = _pending.Dequeue().Outcome is not null;
        }

        if (_pending.Count < maximumBacklog)
        {
            NumberWaiting();
        }

        return isOver;
    }

    private void NumberWaiting()
    {
        if (_waiting is var (measurement, traceParent))
        {
            _pending.Enqueue(new(lease, _nextSeq++, measurement, null, traceParent));
            _waiting = null;
        }
    }
}
