using SearchCluster.Models.Attempts;
using SearchCluster.Models.Ensembles.Members;

namespace SearchCluster.Models.Execution;

/// <summary>How every attempt lives, be it of a trial, a member or an ensemble: it begins, does its work, and
/// ends with an outcome whatever that throws.</summary>
public static class AttemptLife
{
    /// <summary>Lets one attempt live.</summary>
    /// <param name="work">The attempt.</param>
    /// <param name="run">Its work.</param>
    public static void Live(ILeasedWork work, Func<WorkAssignment, WorkContext, WorkOutcome?> run)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (work.Begin() is { } context)
        {
            work.End(Guard(work.Assignment, context, run));
        }
    }

    /// <summary>Says what something that an attempt threw means.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="assignment">What it was to do.</param>
    /// <param name="isCancelled">True when it was asked to end.</param>
    /// <returns>Halted at the level that was known before, or a failure that says who acts next.</returns>
    public static WorkOutcome OutcomeOf(Exception failure, WorkAssignment assignment, bool isCancelled) => failure switch
    {
        OperationCanceledException when isCancelled => Halted(assignment),
        MemberTrainingException member => new AttemptFailed(member.Failure),
        _ => FailureClassifier.Classify(failure),
    };

    internal static WorkOutcome? Guard(WorkAssignment assignment, WorkContext context, Func<WorkAssignment, WorkContext, WorkOutcome?> run)
    {
        if (context.Cancellation.IsCancellationRequested)
        {
            return Halted(assignment);
        }

        try
        {
            return run(assignment, context);
        }
        catch (Exception failure)
        {
            // The boundary of an attempt: whatever a workload throws becomes the attempt's failure, and the worker lives on.
            return OutcomeOf(failure, assignment, context.Cancellation.IsCancellationRequested);
        }
    }

    // The checkpoint that existed before is still there.
    private static AttemptHalted Halted(WorkAssignment assignment) =>
        new(assignment is TrialAssignment trial ? trial.FromResource : 0, null);
}
