using System.Collections.Concurrent;
using Akka.Actor;
using SearchCluster.Contracts;

namespace SearchCluster.Benchmarks.Flood;

/// <summary>A worker that holds one trial and reports as often as it is told, whatever is acknowledged; it notes when each report
/// was.</summary>
internal sealed class ReportingWorkerActor : UntypedActor, IWithTimers
{
    private readonly IActorRef _manager;
    private readonly WorkerDescription _worker;
    private readonly TimeSpan _interval;
    private readonly int _reports;
    private readonly ConcurrentQueue<TimeSpan> _latencies;
    private readonly TaskCompletionSource _started;
    private readonly Dictionary<long, long> _sent = [];
    private LeaseKey? _lease;
    private long _seq;
    private long? _resendFrom;

    /// <param name="manager">Where the coordinator is reached.</param>
    /// <param name="name">Of the worker.</param>
    /// <param name="interval">Between two bursts.</param>
    /// <param name="reports">Of one burst; what was refused is sent again with them.</param>
    /// <param name="latencies">Takes the time from each report to the first answer that covers it.</param>
    /// <param name="started">Set when it has its trial.</param>
    public ReportingWorkerActor(
        IActorRef manager,
        string name,
        TimeSpan interval,
        int reports,
        ConcurrentQueue<TimeSpan> latencies,
        TaskCompletionSource started)
    {
        (_manager, _interval, _reports, _latencies, _started) = (manager, interval, reports, latencies, started);
        _worker = new(
            new WorkerId(name),
            name,
            new DeviceDescription("cpu", "bench", 0),
            1,
            new ValueMap<string>([new("bench", name)]),
            ProductVersion.Current);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("hello", "hello", TimeSpan.Zero, TimeSpan.FromSeconds(3));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case "hello":
                _manager.Tell(new WorkerProtocol.WorkerHello(_worker, _lease is { } held ? [held] : []));
                break;
            case WorkerProtocol.WorkerWelcome when _lease is null:
                _manager.Tell(new WorkerProtocol.RequestWork(_worker.WorkerId, _worker.Incarnation, 1, 1));
                break;
            case WorkerProtocol.WorkAssigned assigned:
                _lease = assigned.Groups[0].Items[0].Lease;
                _started.TrySetResult();
                Timers.StartPeriodicTimer("report", "report", _interval, _interval);
                break;
            case "report":
                Report();
                break;
            case WorkerProtocol.ReportAccepted accepted:
                Accepted(accepted.Seq);
                break;
            case WorkerProtocol.ResendReports resend:
                _resendFrom = resend.FromSeq;
                break;
        }
    }

    // What is beyond the coordinator's limit was never kept; the time of a report counts from when it was sent first.
    private void Report()
    {
        (_seq, _resendFrom) = (_resendFrom - 1 ?? _seq, null);
        for (var i = 0; i < _reports; i++)
        {
            _sent.TryAdd(++_seq, TimeProvider.System.GetTimestamp());
            var measurement = new Measurement((int)_seq, new ValueMap<double>([new("value", 1.0 / _seq)]), TimeSpan.FromSeconds(1));
            _manager.Tell(new SearchCommands.ReportMeasurement(_lease!.Value, _seq, measurement, null));
        }
    }

    private void Accepted(long seq)
    {
        if (_sent.Remove(seq, out var at))
        {
            _latencies.Enqueue(TimeProvider.System.GetElapsedTime(at));
        }
    }
}
