using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Analysis;
using SearchCluster.Search.State.Ranks;

namespace SearchCluster.Insight.Findings;

/// <summary>The configurations of a search with <c>repeats</c>: the objective over the trials of each, which
/// differ in their seeds only.</summary>
/// <param name="Objective">How trials are judged.</param>
/// <param name="Repeats">How often the specification asks for each configuration.</param>
/// <param name="Configurations">Those with a result: complete ones first, best mean first; equal ones in order of their trials.</param>
public sealed record RepeatSummary(ObjectiveSpec Objective, int Repeats, IReadOnlyList<RepeatedConfiguration> Configurations)
{
    /// <summary>Compares configurations.</summary>
    /// <param name="spec">The specification, with more than one repeat.</param>
    /// <param name="trials">All trials.</param>
    /// <returns>The configurations; those whose trials all failed or are not over are left out.</returns>
    public static RepeatSummary Of(SearchSpec spec, IEnumerable<TrialView> trials)
    {
        var (repeats, sign) = (spec.Repeats ?? 1, spec.Objective.Direction == Direction.Minimize ? 1 : -1);
        var configurations = trials.GroupBy(trial => Search.State.Ranks.Configurations.Of(trial.TrialId.Number, repeats))
            .OrderBy(group => group.Key)
            .Select(group => RepeatedConfiguration.Of([.. group.OrderBy(trial => trial.TrialId)], repeats))
            .OfType<RepeatedConfiguration>();
        return new(
            spec.Objective,
            repeats,
            [.. configurations.OrderBy(one => one.Trials.Count < repeats).ThenBy(one => sign * one.Mean)]);
    }
}

/// <summary>One configuration.</summary>
/// <param name="Values">Its parameters.</param>
/// <param name="Trials">Its trials with a result, of all folds where there are such.</param>
/// <param name="Missing">How many of its other trials failed, miss folds or are not over.</param>
/// <param name="Mean">Mean of the objective.</param>
/// <param name="Deviation">Sample standard deviation; null with one result.</param>
public sealed record RepeatedConfiguration(
    ParameterValues Values, IReadOnlyList<TrialId> Trials, int Missing, double Mean, double? Deviation)
{
    /// <summary>Summarises the trials of one configuration.</summary>
    /// <param name="trials">At least one.</param>
    /// <param name="repeats">How many there are to be.</param>
    /// <returns>The summary; null when none has a result.</returns>
    public static RepeatedConfiguration? Of(IReadOnlyList<TrialView> trials, int repeats)
    {
        TrialView[] finished = [.. trials.Where(SearchData.HasResult)];
        var evaluations = new Evaluations(repeats);
        Array.ForEach(finished, trial => evaluations.Add(trial.Objective!.Value, trial.IsPartial));
        if (evaluations.Mean is not { Mean: var mean })
        {
            return null;
        }

        finished = Array.FindAll(finished, trial => evaluations.Counts(trial.IsPartial));
        double? deviation = finished.Length > 1
            ? Math.Sqrt(finished.Sum(trial => Math.Pow(trial.Objective!.Value - mean, 2)) / (finished.Length - 1))
            : null;
        return new(trials[0].Values, [.. finished.Select(trial => trial.TrialId)], trials.Count - finished.Length, mean, deviation);
    }
}
