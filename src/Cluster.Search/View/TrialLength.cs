namespace SearchCluster.Search.View;

/// <summary>How far a trial trains by itself, where the specification fixes it.</summary>
internal static class TrialLength
{
    private static readonly string[] Names = ["epochs", "measurements"];

    /// <summary>Finds the resource level of a trial's own end.</summary>
    /// <param name="spec">The specification.</param>
    /// <returns>The number of folds of a cross-validation; else the constant <c>epochs</c> or <c>measurements</c> of the workload; null
    /// when it is sampled or left to its default.</returns>
    public static int? Of(SearchSpec spec) => Find(spec, [spec.Workload.Fixed]);

    /// <summary>Finds the resource level of one trial's own end.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="trial">The trial's values.</param>
    /// <returns>The same, or what the trial itself was given.</returns>
    public static int? Of(SearchSpec spec, ParameterValues trial) => Find(spec, [trial, spec.Workload.Fixed]);

    private static int? Find(SearchSpec spec, ParameterValues[] places)
    {
        if (spec.Data?.Split.Folds is { } folds)
        {
            return folds == SplitSpec.LeaveOneOut ? null : folds;
        }

        foreach (var (values, name) in places.SelectMany(values => Names.Select(name => (values, name))))
        {
            if (values.TryGet(name, out var value) && value.TryGetInteger(out var length))
            {
                return (int)Math.Min(length, int.MaxValue);
            }
        }

        return null;
    }
}
