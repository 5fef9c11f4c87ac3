using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling.Conformance;

public sealed class AshaConformance : TrialSchedulerConformance
{
    protected override SchedulerSpec Scheduler { get; } = new(
        "asha", new([KeyValuePair.Create("max", ParameterValue.Integer(27)), KeyValuePair.Create("min", ParameterValue.Integer(1))]));

    protected override int FirstDecision => 1;
}
