using System.Diagnostics;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.GpuWorker.Execution.Reports;
using SearchCluster.GpuWorker.Options;

namespace SearchCluster.GpuWorker.Actors;

/// <summary>Decides which reports go out now: new ones at once, unacknowledged ones again after a wait that doubles.</summary>
/// <remarks>A span covers each report from its first sending to its acknowledgement.</remarks>
internal sealed class ReportDelivery(TimeProvider clock, WorkerTimings timings) : IDisposable
{
    private readonly Dictionary<LeaseKey, Lane> _lanes = [];

    /// <summary>The messages to send now.</summary>
    /// <param name="pending">The first reports of each attempt without an acknowledgement, in order.</param>
    public IReadOnlyList<ISearchCommand> Next(IReadOnlyList<PendingReport> pending)
    {
        DropIdleLanes(pending);
        var commands = new List<ISearchCommand>();
        foreach (var report in pending)
        {
            var lane = LaneOf(report.Lease);
            lane.RewindWhenDue(report.Seq);
            if (report.Seq > lane.SentThrough)
            {
                commands.Add(report.ToCommand(lane.Send(report)));
            }
        }

        return commands;
    }

    /// <summary>Reports up to a number arrived.</summary>
    public void Accepted(LeaseKey lease, long seq)
    {
        if (_lanes.TryGetValue(lease, out var lane))
        {
            lane.Accept(seq);
        }
    }

    /// <summary>Reports from a number on are to go out again with the next call; repeated wishes for the same
    /// number count once a wait.</summary>
    public void Resend(LeaseKey lease, long fromSeq)
    {
        if (_lanes.TryGetValue(lease, out var lane))
        {
            lane.Rewind(fromSeq);
        }
    }

    /// <summary>Nothing of a lease is to be sent any more.</summary>
    public void Forget(LeaseKey lease)
    {
        if (_lanes.Remove(lease, out var lane))
        {
            lane.Dispose();
        }
    }

    /// <summary>Everything goes out again with the next call: the other side is new.</summary>
    public void ResendAll()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.StartAnew();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.Dispose();
        }

        _lanes.Clear();
    }

    private Lane LaneOf(LeaseKey lease)
    {
        if (!_lanes.TryGetValue(lease, out var lane))
        {
            _lanes.Add(lease, lane = new Lane(clock, timings));
        }

        return lane;
    }

    private void DropIdleLanes(IReadOnlyList<PendingReport> pending)
    {
        var active = pending.Select(report => report.Lease).ToHashSet();
        foreach (var lease in _lanes.Keys.Where(lease => !active.Contains(lease)).ToArray())
        {
            Forget(lease);
        }
    }

    /// <summary>What is on its way for one attempt.</summary>
    private sealed class Lane(TimeProvider clock, WorkerTimings timings) : IDisposable
    {
        private readonly SortedDictionary<long, Activity> _spans = [];
        private TimeSpan _wait = timings.ResendAfter;
        private long _waitingSince;
        private long _rewoundTo;

        public long SentThrough { get; private set; }

        public string? Send(PendingReport report)
        {
            SentThrough = report.Seq;
            _waitingSince = clock.GetTimestamp();
            if (_spans.TryGetValue(report.Seq, out var known))
            {
                return known.Id;
            }

            var span = SearchClusterTelemetry.StartSpan(SpanNames.Report, report.TraceParent, ActivityKind.Producer);
            if (span is not null)
            {
                span.SetTag("searchcluster.report.kind", report.Kind);
                span.SetTag("searchcluster.report.seq", report.Seq);
                _spans.Add(report.Seq, span);
            }

            return span?.Id;
        }

        public void Accept(long seq)
        {
            _wait = timings.ResendAfter;
            _waitingSince = clock.GetTimestamp();
            while (_spans.Count > 0 && _spans.First() is var (number, span) && number <= seq)
            {
                _spans.Remove(number);
                span.Dispose();
            }
        }

        public void RewindWhenDue(long firstSeq)
        {
            if (firstSeq <= SentThrough && clock.GetElapsedTime(_waitingSince) >= _wait)
            {
                SentThrough = firstSeq - 1;
                _wait = TimeSpan.FromTicks(Math.Min(2 * _wait.Ticks, timings.ResendLimit.Ticks));
            }
        }

        public void Rewind(long fromSeq)
        {
            if (fromSeq != _rewoundTo && fromSeq <= SentThrough)
            {
                _rewoundTo = fromSeq;
                SentThrough = fromSeq - 1;
            }
        }

        public void StartAnew()
        {
            SentThrough = 0;
            _rewoundTo = 0;
            _wait = timings.ResendAfter;
        }

        public void Dispose()
        {
            foreach (var span in _spans.Values)
            {
                span.SetStatus(ActivityStatusCode.Error, "Not acknowledged.");
                span.Dispose();
            }
        }
    }
}
