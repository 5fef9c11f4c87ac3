using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling.Conformance;

public sealed class PopulationConformance : TrialSchedulerConformance
{
    protected override SchedulerSpec Scheduler { get; } = new(
        "pbt",
        new([KeyValuePair.Create("interval", ParameterValue.Integer(5)), KeyValuePair.Create("population", ParameterValue.Integer(8))]));

    protected override int FirstDecision => 5;
}
