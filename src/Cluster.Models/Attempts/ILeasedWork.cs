namespace SearchCluster.Models.Attempts;

/// <summary>One assignment on its way through an executor: begun once, then ended once, both on the executor's thread.</summary>
public interface ILeasedWork
{
    /// <summary>What to do.</summary>
    WorkAssignment Assignment { get; }

    /// <summary>Begins the attempt; its time counts from here.</summary>
    /// <returns>Where measurements go and when to stop; null when nobody wants it any more, so that there is
    /// nothing to do and nothing to end.</returns>
    WorkContext? Begin();

    /// <summary>Ends the attempt.</summary>
    /// <param name="outcome"><see cref="AttemptHalted"/> soon after a cancellation, else how it ended; nothing
    /// counts as the workload's fault.</param>
    void End(WorkOutcome? outcome);
}
