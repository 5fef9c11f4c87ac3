using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling.Conformance;

public sealed class AshaPromotionConformance : TrialSchedulerConformance
{
    protected override SchedulerSpec Scheduler { get; } = new(
        "asha",
        new([
            KeyValuePair.Create("max", ParameterValue.Integer(27)),
            KeyValuePair.Create("min", ParameterValue.Integer(1)),
            KeyValuePair.Create("variant", ParameterValue.Text("promotion")),
        ]));

    protected override int FirstDecision => 1;

    protected override bool Promotes => true;
}
