using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling.Conformance;

public sealed class PercentileConformance : TrialSchedulerConformance
{
    protected override SchedulerSpec Scheduler { get; } = new(
        "percentile",
        new([KeyValuePair.Create("grace", ParameterValue.Integer(3)), KeyValuePair.Create("minTrials", ParameterValue.Integer(3))]));

    protected override int FirstDecision => 4;
}
