namespace SearchCluster.Search.Scheduling;

/// <summary>How far a trial trains by itself, where the specification fixes it.</summary>
internal static class TrialLength
{
    private static readonly string[] Names = ["epochs", "measurements"];

    /// <summary>Finds the resource level of a trial's own end.</summary>
    /// <param name="spec">The specification.</param>
    /// <returns>The number of folds of a cross-validation; else the constant <c>epochs</c> or <c>measurements</c> of the workload; null
    /// when it is sampled or left to its default.</returns>
    public static int? Of(SearchSpec spec)
    {
        if (spec.Data?.Split.Folds is { } folds)
        {
            return folds == SplitSpec.LeaveOneOut ? null : folds;
        }

        foreach (var name in Names)
        {
            if (spec.Workload.Fixed.TryGet(name, out var value) && value.TryGetInteger(out var length))
            {
                return (int)Math.Min(length, int.MaxValue);
            }
        }

        return null;
    }
}
