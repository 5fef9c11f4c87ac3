using System.Text.Json;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Contracts.Tests.Wire;

/// <summary>A message that is larger than the remoting frame is dropped with only a log line, so the largest
/// ones are measured here.</summary>
public sealed class MessageSizeTests
{
    private const int FrameSize = 4 << 20;

    private static readonly LeaseKey Lease = new(
        new SearchId(new string('a', SearchId.MaximumLength)), WorkItem.Trial(new TrialId(int.MaxValue - 1)), int.MaxValue, long.MaxValue);

    [Fact]
    public void A_hello_with_64_slots_of_64_lanes_fits_the_frame()
    {
        var worker = new WorkerDescription(
            new WorkerId(new string('w', WorkerId.MaximumLength)),
            "incarnation",
            new DeviceDescription("cuda", "name", 1),
            64,
            ValueMap<string>.Empty,
            "1.0");

        Size(new WorkerProtocol.WorkerHello(worker, Enumerable.Repeat(Lease, 64 * 64).ToValueArray())).ShouldBeLessThan(FrameSize);
    }

    [Fact]
    public void A_report_with_64_metrics_fits_the_frame()
    {
        var metrics = new ValueMap<double>(
            Enumerable.Range(0, 64).Select(i => KeyValuePair.Create($"{new string('m', 61)}{i:D3}", -1.2345678901234567e-300)));

        Size(new SearchCommands.ReportMeasurement(
            Lease, long.MaxValue, new Measurement(int.MaxValue, metrics, TimeSpan.MaxValue), TraceParent)).ShouldBeLessThan(
            FrameSize);
    }

    [Fact]
    public void A_failure_with_16_kilobytes_of_text_that_must_be_escaped_fits_the_frame()
    {
        var failure = new AttemptFailure(TrialFailureKind.WorkloadError, "It threw.", new string('\u001b', 16 << 10));

        Size(new SearchCommands.ReportOutcome(Lease, 1, new AttemptFailed(failure), TraceParent)).ShouldBeLessThan(FrameSize);
    }

    [Fact]
    public void Work_for_64_slots_with_200_parameters_each_fits_the_frame()
    {
        var values = new ParameterValues(Enumerable.Range(0, 200)
            .Select(i => KeyValuePair.Create($"{new string('p', 61)}{i:D3}", ParameterValue.Real(-1.2345678901234567e-300))));
        var plan = new TrialPlan(
            ulong.MaxValue, new WorkloadSpec("mlp", ParameterValues.Empty), null, new ObjectiveSpec("val/loss", Direction.Minimize), null);
        var group = new AssignmentGroup([new TrialAssignment(Lease, values, ulong.MaxValue, plan)]);

        Size(new WorkerProtocol.WorkAssigned(new WorkerId("w"), 1, Enumerable.Repeat(group, 64).ToValueArray())).ShouldBeLessThan(
            FrameSize);
    }

    private static string TraceParent => "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static int Size(object message) =>
        JsonSerializer.SerializeToUtf8Bytes(message, ContractsJsonContext.Default.GetTypeInfo(message.GetType())!).Length;
}
