namespace SearchCluster.Launch.Supervision;

/// <summary>Where a process of a launch stands.</summary>
public enum ProcessPhase
{
    /// <summary>It runs and has not said that it is ready.</summary>
    Starting,

    /// <summary>It said that it is ready.</summary>
    Ready,

    /// <summary>It died and is started again after a while.</summary>
    Waiting,

    /// <summary>It ended with a reason that a new start does not change; it stays down.</summary>
    Failed,

    /// <summary>It was asked to end.</summary>
    Ending,

    /// <summary>It has ended because it was asked to.</summary>
    Ended,
}
