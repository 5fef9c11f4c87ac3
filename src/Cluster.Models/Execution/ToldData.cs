using SearchCluster.Models.Attempts;

namespace SearchCluster.Models.Execution;

/// <summary>Tells with the first report of an attempt which data it learns from.</summary>
internal sealed class ToldData
{
    private DataIdentity? _untold;

    /// <summary>Prepares the telling.</summary>
    /// <param name="context">What surrounds the attempt.</param>
    /// <param name="data">The data; null where there are none, or nobody can tell.</param>
    public ToldData(WorkContext context, DataIdentity? data)
    {
        _untold = data;
        Context = context with
        {
            // Null goes on to where reports are checked; a user's workload may hand over anything.
            Report = measurement => context.Report(
                measurement is null ? null! : measurement with { Data = Interlocked.Exchange(ref _untold, null) }),
        };
    }

    /// <summary>What the attempt gets.</summary>
    public WorkContext Context { get; }

    /// <summary>Tells with the result of an attempt that had no measurement.</summary>
    /// <param name="outcome">How it ended.</param>
    public WorkOutcome With(WorkOutcome outcome) => outcome is AttemptCompleted { Result: not null } completed
        ? completed with { Result = completed.Result with { Data = Interlocked.Exchange(ref _untold, null) } }
        : outcome;
}
