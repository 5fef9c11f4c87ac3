using SearchCluster.TestKit.Searches;

namespace SearchCluster.Search.Tests.Scheduling.Conformance;

public sealed class BanditConformance : TrialSchedulerConformance
{
    protected override SchedulerSpec Scheduler { get; } = new("bandit", new([KeyValuePair.Create("grace", ParameterValue.Integer(3))]));

    protected override int FirstDecision => 4;
}

/// <summary>With an amount and an interval.</summary>
public sealed class BanditIntervalConformance : TrialSchedulerConformance
{
    protected override SchedulerSpec Scheduler { get; } = new(
        "bandit",
        new([
            KeyValuePair.Create("slackAmount", ParameterValue.Real(0.2)),
            KeyValuePair.Create("interval", ParameterValue.Integer(4)),
            KeyValuePair.Create("grace", ParameterValue.Integer(4)),
        ]));

    protected override int FirstDecision => 8;
}
