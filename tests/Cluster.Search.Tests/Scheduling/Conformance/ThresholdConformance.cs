using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling.Conformance;

public sealed class ThresholdConformance : TrialSchedulerConformance
{
    protected override SchedulerSpec Scheduler { get; } = new(
        "threshold",
        new([KeyValuePair.Create("bound", ParameterValue.Real(1.2)), KeyValuePair.Create("grace", ParameterValue.Integer(5))]));

    protected override int FirstDecision => 6;

    protected override bool ComparesTrials => false;

    protected override SearchSpec Mirrored(SearchSpec spec) =>
        base.Mirrored(spec) with { Scheduler = new SchedulerSpec("threshold", Scheduler.Options.With("bound", ParameterValue.Real(-1.2))) };
}
