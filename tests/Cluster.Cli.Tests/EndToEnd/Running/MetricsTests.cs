using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Cli.Tests.EndToEnd.Running;

/// <summary>What docs/telemetry.md names is recorded.</summary>
[Trait("Category", "EndToEnd")]
public sealed class MetricsTests : IDisposable
{
    // Faults record these; tests of the faults are where they happen: expired leases, late and repeated
    // reports, floods of them, foreign payloads, lost connections, full disks.
    private static readonly string[] OfFaults =
    [
        "searchcluster.leases.expired", "searchcluster.results.duplicates", "searchcluster.results.stale", "searchcluster.payloads.refused",
        "searchcluster.worker.reconnects", "searchcluster.spans.dropped", "searchcluster.reports.shed",
    ];

    private readonly RealHarness _real = new();

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task A_search_gives_every_instrument_a_value_that_needs_no_fault()
    {
        _real.Cli.Write("digits.yaml", """
            version: 1
            name: measured
            workload: { builtin: mlp, fixed: { epochs: 2 } }
            data: { source: digits, limit: 200 }
            objective: { metric: val/loss, direction: minimize }
            space: { learningRate: { type: log, min: 1.0e-3, max: 1.0e-1 } }
            algorithm: { type: random }
            budget: { trials: 2 }
            """);
        var recorded = new ConcurrentDictionary<string, byte>();
        var named = new ConcurrentDictionary<string, byte>();
        using var listener = Listen(named, recorded);

        (await _real.RunAsync("run digits.yaml --port 0 --slots 1")).ShouldBe(0, _real.Cli.Error);

        named.Keys.Except(recorded.Keys).Order(StringComparer.Ordinal).ShouldBeSubsetOf(OfFaults);
        OfFaults.ShouldBeSubsetOf(named.Keys);
    }

    private static MeterListener Listen(ConcurrentDictionary<string, byte> named, ConcurrentDictionary<string, byte> recorded)
    {
        var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == SearchClusterTelemetry.Name)
            {
                named[instrument.Name] = 0;
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => recorded[instrument.Name] = 0);
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => recorded[instrument.Name] = 0);
        listener.Start();
        return listener;
    }
}
