using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling.Conformance;

public sealed class HyperbandConformance : TrialSchedulerConformance
{
    protected override SchedulerSpec Scheduler { get; } = new(
        "hyperband", new([KeyValuePair.Create("max", ParameterValue.Integer(27)), KeyValuePair.Create("min", ParameterValue.Integer(1))]));

    protected override int FirstDecision => 1;
}
