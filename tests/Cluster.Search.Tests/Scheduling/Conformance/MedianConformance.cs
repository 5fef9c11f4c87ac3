using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling.Conformance;

public sealed class MedianConformance : TrialSchedulerConformance
{
    protected override SchedulerSpec Scheduler { get; } = new(
        "median",
        new([KeyValuePair.Create("grace", ParameterValue.Integer(3)), KeyValuePair.Create("minTrials", ParameterValue.Integer(3))]));

    protected override int FirstDecision => 4;
}
