using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling.Conformance;

public sealed class PatienceConformance : TrialSchedulerConformance
{
    protected override SchedulerSpec Scheduler { get; } = new(
        "patience",
        new([KeyValuePair.Create("patience", ParameterValue.Integer(4)), KeyValuePair.Create("grace", ParameterValue.Integer(2))]));

    protected override int FirstDecision => 6;

    protected override bool ComparesTrials => false;
}
