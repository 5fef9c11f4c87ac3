namespace SearchCluster.Search.State.Ranks;

/// <summary>Which trials evaluate one configuration: with <c>repeats</c> as many in a row, which differ in their seeds only.</summary>
public static class Configurations
{
    /// <summary>Tells whether trials rank by their configuration: one lucky seed makes no configuration the best. Several objectives are
    /// compared trial by trial, so that the first trial is on the Pareto front.</summary>
    /// <param name="spec">The specification.</param>
    public static bool Rank(SearchSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Repeats > 1 && spec.Objectives is not { Count: > 1 };
    }

    /// <summary>Number of the configuration that a trial evaluates.</summary>
    /// <param name="trial">Its number, from 0.</param>
    /// <param name="repeats">Evaluations of each configuration, at least 1.</param>
    public static int Of(int trial, int repeats) => trial / repeats;

    /// <summary>The first trial of a configuration.</summary>
    /// <param name="trial">Number of any of its trials, from 0.</param>
    /// <param name="repeats">Evaluations of each configuration, at least 1.</param>
    public static int FirstOf(int trial, int repeats) => trial - (trial % repeats);

    /// <summary>Computes the mean that a trial ranks by.</summary>
    /// <param name="state">The search.</param>
    /// <param name="trial">A number, of a trial or the next one.</param>
    /// <returns>Null where trials do not rank by their configuration, and before its first result.</returns>
    internal static Evaluations? EvaluationsOf(SearchState state, int trial)
    {
        if (!Rank(state.Spec))
        {
            return null;
        }

        var evaluations = new Evaluations(state.Spec.Repeats!.Value);
        var (first, end) = RangeOf(state, trial);
        for (var number = first; number < end; number++)
        {
            var one = state.Trials[number];
            if (one.FinalObjective is { } objective)
            {
                evaluations.Add(objective, TrialIndex.IsPartial(state.Spec, one));
            }
        }

        return evaluations;
    }

    /// <summary>Tells whether all evaluations of a configuration are over.</summary>
    internal static bool IsSettled(SearchState state, int trial)
    {
        var (first, end) = RangeOf(state, trial);
        var isSettled = end - first == state.Spec.Repeats;
        for (var number = first; isSettled && number < end; number++)
        {
            isSettled = state.Trials[number].IsFinished;
        }

        return isSettled;
    }

    /// <summary>The trials of a configuration that were suggested; where trials do not rank by it, the trial alone.</summary>
    internal static (int First, int End) RangeOf(SearchState state, int trial)
    {
        var repeats = Rank(state.Spec) ? state.Spec.Repeats!.Value : 1;
        var first = FirstOf(trial, repeats);
        return (first, Math.Min(first + repeats, state.Trials.Count));
    }
}
