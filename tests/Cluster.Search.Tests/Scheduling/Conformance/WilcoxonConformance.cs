using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling.Conformance;

public sealed class WilcoxonConformance : TrialSchedulerConformance
{
    protected override SchedulerSpec Scheduler { get; } = new("wilcoxon", new([KeyValuePair.Create("grace", ParameterValue.Integer(3))]));

    protected override int FirstDecision => 4;

    // It compares means over the folds, not best values; its own tests look at that.
    protected override bool ComparesTrials => false;
}
