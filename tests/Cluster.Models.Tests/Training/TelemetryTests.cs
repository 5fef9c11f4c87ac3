using System.Collections.Concurrent;
using System.Diagnostics;
using SearchCluster.Contracts.Telemetry;

namespace SearchCluster.Models.Tests.Training;

public sealed class TelemetryTests
{
    [Fact]
    public void Epochs_validations_and_checkpoints_are_children_of_the_assignments_span()
    {
        const string TraceId = "0af7651916cd43dd8448eb211c80319c", Parent = "b7ad6b7169203331";
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SearchClusterTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        Trials.Run(Trials.Assignment(Trials.Sane(epochs: 2)) with { TraceParent = $"00-{TraceId}-{Parent}-01" });

        var ours = spans.Where(span => span.TraceId.ToHexString() == TraceId).ToList();
        ours.ShouldAllBe(span => span.ParentSpanId.ToHexString() == Parent);
        ours.Select(span => span.OperationName).Order().ShouldBe(["checkpoint", "epoch", "epoch", "validate", "validate"]);
    }
}
