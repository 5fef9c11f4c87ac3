using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Benchmarks.Throughput;

/// <summary>Listens to the product's own instruments in another process, as dotnet-counters does.</summary>
internal sealed class JournalMetrics : IDisposable
{
    // Only these two: others cost the coordinator more as soon as somebody listens.
    private static readonly Instrument[] Instruments = [SearchClusterMetrics.JournalWriteEvents, SearchClusterMetrics.JournalWriteDuration];

    private readonly EventPipeSession _session;
    private readonly EventPipeEventSource _source;
    private readonly Thread _reader;
    private readonly Lock _lock = new();
    private JournalTotals _totals = new(0, 0, 0);

    private JournalMetrics(EventPipeSession session)
    {
        _session = session;
        _source = new EventPipeEventSource(session.EventStream);
        _source.Dynamic.All += Take;
        _reader = new Thread(Read) { IsBackground = true, Name = "journal metrics" };
        _reader.Start();
    }

    /// <summary>How often the other process publishes its numbers.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Sums since the start.</summary>
    public JournalTotals Totals
    {
        get
        {
            lock (_lock)
            {
                return _totals;
            }
        }
    }

    public static JournalMetrics Attach(int processId)
    {
        var provider = new EventPipeProvider(
            "System.Diagnostics.Metrics", EventLevel.Informational, keywords: 2, new Dictionary<string, string>
            {
                ["SessionId"] = "benchmark",
                ["Metrics"] = string.Join(',', Instruments.Select(instrument => $@"{instrument.Meter.Name}\{instrument.Name}")),
                ["RefreshInterval"] = "1",
                ["MaxTimeSeries"] = "500",
                ["MaxHistograms"] = "50",
            });
        return new JournalMetrics(
            new DiagnosticsClient(processId).StartEventPipeSession([provider], requestRundown: false, circularBufferMB: 16));
    }

    public void Dispose()
    {
        try
        {
            // The other process ends the stream, and with it the reader.
            _session.Stop();
        }
        catch (ServerNotAvailableException)
        {
            // It is gone, and the stream with it.
        }

        _reader.Join();
        _source.Dispose();
        _session.Dispose();
    }

    private void Read()
    {
        try
        {
            _source.Process();
        }
        catch (IOException)
        {
            // The other process died; whoever waits for its search says so.
        }
    }

    private void Take(TraceEvent published)
    {
        if (published.EventName != "HistogramValuePublished")
        {
            return;
        }

        var (instrument, count, sum) = (
            (string)published.PayloadByName("instrumentName"),
            (int)published.PayloadByName("count"),
            (double)published.PayloadByName("sum"));
        lock (_lock)
        {
            if (instrument == SearchClusterMetrics.JournalWriteEvents.Name)
            {
                _totals = _totals with { Writes = _totals.Writes + count, Events = _totals.Events + sum };
            }
            else if (instrument == SearchClusterMetrics.JournalWriteDuration.Name)
            {
                _totals = _totals with { Seconds = _totals.Seconds + sum };
            }
        }
    }
}

/// <summary>Sums over journal writes.</summary>
internal sealed record JournalTotals(long Writes, double Events, double Seconds)
{
    public JournalTotals Since(JournalTotals before) => new(Writes - before.Writes, Events - before.Events, Seconds - before.Seconds);
}
