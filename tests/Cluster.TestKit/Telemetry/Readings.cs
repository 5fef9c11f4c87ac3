using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.TestKit.Telemetry;

/// <summary>Sums what the instruments of the product record while it lives; other tests of the process record
/// too, so a tag tells one's own.</summary>
public sealed class Readings : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Instrument, string Tag), double> _sums = new();

    public Readings()
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == SearchClusterTelemetry.Name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The sum of an instrument; 0 when it recorded nothing.</summary>
    /// <param name="instrument">Its name without <c>searchcluster.</c></param>
    /// <param name="tag">Value of any of its tags; empty for all.</param>
    public double Of(string instrument, string tag = "") => _sums.GetValueOrDefault(("searchcluster." + instrument, tag));

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _sums.AddOrUpdate((instrument.Name, ""), value, (_, sum) => sum + value);
        foreach (var tag in tags)
        {
            _sums.AddOrUpdate((instrument.Name, tag.Value?.ToString() ?? ""), value, (_, sum) => sum + value);
        }
    }
}
