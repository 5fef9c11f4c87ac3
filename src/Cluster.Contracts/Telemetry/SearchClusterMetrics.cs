using System.Diagnostics.Metrics;

namespace SearchCluster.Contracts.Telemetry;

/// <summary>All instruments of the product; <c>docs/telemetry.md</c> lists them with their tags.</summary>
/// <remarks>
/// Units are UCUM. Tags are bounded: a search, a worker, a state, a kind; never a trial. Gauges are recorded by
/// whoever changes the number.
/// </remarks>
public static class SearchClusterMetrics
{
    /// <summary>Tag: name of the search.</summary>
    public const string SearchTag = "searchcluster.search";

    /// <summary>Tag: name of the worker.</summary>
    public const string WorkerTag = "searchcluster.worker";

    /// <summary>Tag: a <see cref="TrialState"/>.</summary>
    public const string StateTag = "searchcluster.trial.state";

    /// <summary>Tag: how an attempt ended, a <see cref="AttemptEnd"/> or a <see cref="TrialState"/>.</summary>
    public const string OutcomeTag = "searchcluster.attempt.outcome";

    /// <summary>Tag: name of the workload.</summary>
    public const string WorkloadTag = "searchcluster.workload";

    /// <summary>Tag: name of the sampler.</summary>
    public const string AlgorithmTag = "searchcluster.algorithm";

    /// <summary>True when a suggestion was there before a slot wanted one.</summary>
    public const string ReadyTag = "searchcluster.suggestion.ready";

    /// <summary>Tag: <c>measurement</c> or <c>outcome</c>.</summary>
    public const string ReportTag = "searchcluster.report.kind";

    // Epochs and suggestions take milliseconds, trials hours: the default buckets are made for milliseconds.
    private static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000] };

    private static readonly InstrumentAdvice<long> GroupSizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
    };

    private static Meter Meter => SearchClusterTelemetry.Meter;

    /// <summary>Trials that are over, by search and state.</summary>
    public static Counter<long> TrialsFinished { get; } = Meter.CreateCounter<long>(
        "searchcluster.trials.finished", "{trial}", "Trials that are over.");

    /// <summary>From the start of a trial's first attempt to its end, by search and state.</summary>
    public static Histogram<double> TrialDuration { get; } = Meter.CreateHistogram(
        "searchcluster.trial.duration", "s", "From the start of a trial's first attempt to its end.", advice: Seconds);

    /// <summary>Time of one attempt on its worker, by worker and outcome.</summary>
    public static Histogram<double> AttemptDuration { get; } = Meter.CreateHistogram(
        "searchcluster.attempt.duration", "s", "Time of one attempt on its worker.", advice: Seconds);

    /// <summary>Time of one epoch with its validation, by worker and workload.</summary>
    public static Histogram<double> EpochDuration { get; } = Meter.CreateHistogram(
        "searchcluster.epoch.duration", "s", "Time of one epoch with its validation.", advice: Seconds);

    /// <summary>Time to write one checkpoint, by worker.</summary>
    public static Histogram<double> CheckpointDuration { get; } = Meter.CreateHistogram(
        "searchcluster.checkpoint.duration", "s", "Time to write one checkpoint.", advice: Seconds);

    /// <summary>Time of one call of a sampler, by algorithm.</summary>
    public static Histogram<double> SuggestDuration { get; } = Meter.CreateHistogram(
        "searchcluster.suggest.duration", "s", "Time of one call of a sampler.", advice: Seconds);

    /// <summary>Configurations suggested, by search and by whether they were there before a slot wanted one.</summary>
    public static Counter<long> Suggestions { get; } = Meter.CreateCounter<long>(
        "searchcluster.suggestions", "{suggestion}", "Configurations suggested.");

    /// <summary>Time from handing a group of events to the journal to its confirmation.</summary>
    public static Histogram<double> JournalWriteDuration { get; } = Meter.CreateHistogram(
        "searchcluster.journal.write.duration",
        "s",
        "Time from handing a group of events to the journal to its confirmation.",
        advice: Seconds);

    /// <summary>Events per group written to the journal.</summary>
    public static Histogram<long> JournalWriteEvents { get; } = Meter.CreateHistogram(
        "searchcluster.journal.write.events", "{event}", "Events per group written to the journal.", advice: GroupSizes);

    /// <summary>Time to recover all searches after a start.</summary>
    public static Histogram<double> RecoveryDuration { get; } = Meter.CreateHistogram(
        "searchcluster.recovery.duration", "s", "Time to recover all searches.", advice: Seconds);

    /// <summary>Leases that ran out or whose worker's process restarted, by search.</summary>
    public static Counter<long> LeasesExpired { get; } = Meter.CreateCounter<long>(
        "searchcluster.leases.expired", "{lease}", "Leases that ran out or whose worker's process restarted.");

    /// <summary>Reports written to the journal, by kind.</summary>
    public static Counter<long> ReportsAccepted { get; } = Meter.CreateCounter<long>(
        "searchcluster.reports.accepted", "{report}", "Reports written to the journal.");

    /// <summary>Reports that were in the journal already, by kind.</summary>
    public static Counter<long> ResultsDuplicates { get; } = Meter.CreateCounter<long>(
        "searchcluster.results.duplicates", "{report}", "Reports that were in the journal already.");

    /// <summary>Reports of a lease that is not current any more, by kind.</summary>
    public static Counter<long> ResultsStale { get; } = Meter.CreateCounter<long>(
        "searchcluster.results.stale", "{report}", "Reports of a lease that is not current any more.");

    /// <summary>Reports beyond those that may wait of one attempt; they are asked for again.</summary>
    public static Counter<long> ReportsShed { get; } = Meter.CreateCounter<long>(
        "searchcluster.reports.shed", "{report}", "Reports beyond those that may wait of one attempt.");

    /// <summary>Payloads that are no contracts and were refused.</summary>
    public static Counter<long> PayloadsRefused { get; } = Meter.CreateCounter<long>(
        "searchcluster.payloads.refused", "{payload}", "Payloads that are no contracts and were refused.");

    /// <summary>Connections that a worker built anew, by worker.</summary>
    public static Counter<long> WorkerReconnects { get; } = Meter.CreateCounter<long>(
        "searchcluster.worker.reconnects", "{connection}", "Connections that a worker built anew.");

    /// <summary>Spans that the local trace files could not take.</summary>
    public static Counter<long> SpansDropped { get; } = Meter.CreateCounter<long>(
        "searchcluster.spans.dropped", "{span}", "Spans that the local trace files could not take.");

    /// <summary>Trials now, by search and state; recorded whenever a number changes.</summary>
    public static Gauge<long> Trials { get; } = Meter.CreateGauge<long>("searchcluster.trials", "{trial}", "Trials by state.");

    /// <summary>Trials that could be leased now, by search; recorded whenever the number changes.</summary>
    public static Gauge<long> QueueLength { get; } = Meter.CreateGauge<long>(
        "searchcluster.queue.length", "{trial}", "Trials that wait for a worker.");

    /// <summary>Slots of a worker that run something now, by worker; recorded whenever the number changes.</summary>
    public static Gauge<long> SlotsBusy { get; } = Meter.CreateGauge<long>(
        "searchcluster.slots.busy", "{slot}", "Slots that run something.");
}
