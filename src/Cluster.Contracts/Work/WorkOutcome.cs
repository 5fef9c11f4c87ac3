using System.Text.Json.Serialization;

namespace SearchCluster.Contracts.Work;

/// <summary>How an attempt ended, as the worker saw it; sent once per attempt and re-sent until acknowledged.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AttemptCompleted), "completed")]
[JsonDerivedType(typeof(AttemptFailed), "failed")]
[JsonDerivedType(typeof(AttemptHalted), "halted")]
[JsonDerivedType(typeof(EnsembleCompleted), "ensemble")]
[JsonDerivedType(typeof(MemberCompleted), "member")]
public abstract record WorkOutcome
{
    private protected WorkOutcome()
    {
    }
}

/// <summary>The trial ran to its end.</summary>
/// <param name="Result">What it achieved.</param>
/// <param name="StopReason">Why training ended: all epochs done, or patience ran out.</param>
public sealed record AttemptCompleted(TrialResult Result, TrainingStop StopReason) : WorkOutcome;

/// <summary>The attempt failed.</summary>
/// <param name="Failure">Why.</param>
public sealed record AttemptFailed(AttemptFailure Failure) : WorkOutcome;

/// <summary>The attempt was cancelled by the coordinator or the worker's shutdown; its checkpoint stays.</summary>
/// <param name="Resource">Resource level of the last checkpoint, 0 for none.</param>
/// <param name="Result">What the trial achieved so far; null before its first measurement.</param>
/// <param name="Failure">What went wrong when it was to end, as when it hangs; null where it ended as it should.</param>
public sealed record AttemptHalted(int Resource, TrialResult? Result, AttemptFailure? Failure = null) : WorkOutcome;

/// <summary>The ensemble was built and evaluated.</summary>
/// <param name="Report">Its members and scores.</param>
public sealed record EnsembleCompleted(EnsembleReport Report) : WorkOutcome;

/// <summary>A member of the ensemble is trained; its model lies in the artifact store.</summary>
public sealed record MemberCompleted : WorkOutcome;

/// <summary>Why an attempt failed.</summary>
/// <param name="Kind">The class of failure.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Detail">Exception text or the last log lines, at most 16 kB; null when there is none.</param>
public sealed record AttemptFailure(TrialFailureKind Kind, string Message, string? Detail = null)
{
    /// <summary>Longest message; a longer one is cut.</summary>
    public const int MaximumMessage = 1_000;

    /// <summary>Longest detail in bytes of UTF-8; a longer one is cut.</summary>
    public const int MaximumDetailBytes = 16 * 1024;

    /// <summary>Brings a failure of a stranger's making into a form that is kept and shown: a sentence in one
    /// line, a detail of bounded size.</summary>
    public AttemptFailure Normalised() => this with
    {
        Message = ForeignText.OneLine(Message, MaximumMessage) is { Length: > 0 } line ? line : "It failed without a message.",
        Detail = Detail is null ? null : ForeignText.Lines(Detail, MaximumDetailBytes),
    };
}

/// <summary>What a trial achieved.</summary>
/// <param name="Objective">The objective's value by its aggregate; may be non-finite.</param>
/// <param name="BestResource">Resource level of the weights that were kept.</param>
/// <param name="LastResource">Last resource level reached.</param>
/// <param name="Metrics">All metrics at <paramref name="BestResource"/>, with <c>test/…</c> for the kept
/// weights where the workload has test data.</param>
/// <param name="Elapsed">Training time over all attempts that led here.</param>
/// <param name="HasModel">True when the kept weights lie in the artifact store.</param>
/// <param name="Data">The data that it was measured on, of a trial without measurements; null where a
/// measurement tells it, and where there are none.</param>
public sealed record TrialResult(
    double Objective,
    int BestResource,
    int LastResource,
    ValueMap<double> Metrics,
    TimeSpan Elapsed,
    bool HasModel,
    DataIdentity? Data = null);

/// <summary>Why training ended by itself.</summary>
public enum TrainingStop
{
    /// <summary>All epochs of the configuration are done.</summary>
    AllEpochs,

    /// <summary>Patience ran out.</summary>
    Patience,

    /// <summary>The resource level that the scheduler asked for is reached.</summary>
    ResourceLimit,
}
