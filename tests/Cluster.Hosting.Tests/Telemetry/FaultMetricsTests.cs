using System.Diagnostics;
using SearchCluster.Hosting.Telemetry;
using SearchCluster.Hosting.Wire;
using SearchCluster.TestKit.Telemetry;

namespace SearchCluster.Hosting.Tests.Telemetry;

/// <summary>Instruments that only faults move.</summary>
public sealed class FaultMetricsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Payloads_that_are_no_contracts_are_counted()
    {
        using var readings = new Readings();

        Should.Throw<UnknownContractException>(() => ContractCodec.Read([1], "nothing-of-ours"));

        readings.Of("payloads.refused").ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public void Spans_that_no_file_could_take_are_counted()
    {
        using var readings = new Readings();
        var place = Path.Combine(_folder.State.Root, "taken");
        File.WriteAllText(place, "a file where the folder should be");
        using var writer = new SpanFileWriter(place, "coordinator", TimeProvider.System);
        using var span = new Activity("lost").Start();
        span.Stop();

        writer.Write(span);
        writer.Write(span);

        readings.Of("spans.dropped").ShouldBeGreaterThanOrEqualTo(2);
    }
}
