using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling.Conformance;

public sealed class HyperbandPromotionConformance : TrialSchedulerConformance
{
    protected override SchedulerSpec Scheduler { get; } = new(
        "hyperband",
        new([
            KeyValuePair.Create("max", ParameterValue.Integer(27)),
            KeyValuePair.Create("min", ParameterValue.Integer(2)),
            KeyValuePair.Create("variant", ParameterValue.Text("promotion")),
        ]));

    protected override int FirstDecision => 2;

    protected override bool Promotes => true;
}
