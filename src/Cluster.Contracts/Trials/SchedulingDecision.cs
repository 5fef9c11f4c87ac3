namespace SearchCluster.Contracts.Trials;

/// <summary>What a trial scheduler wants to happen to a running trial.</summary>
/// <param name="Action">What.</param>
/// <param name="Reason">Why.</param>
public sealed record SchedulingDecision(SchedulingAction Action, DecisionReason Reason);

/// <summary>What can happen to a running trial.</summary>
public enum SchedulingAction
{
    /// <summary>It goes on.</summary>
    Continue,

    /// <summary>It ends; its best result counts.</summary>
    Stop,

    /// <summary>It ends for now; its checkpoint waits for promotion.</summary>
    Pause,
}
