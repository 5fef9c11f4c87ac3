using System.Globalization;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Insight.Wording;

/// <summary>Which measurements of a trial its value comes from.</summary>
public static class ResultLevel
{
    /// <summary>What one measurement of the trials of a search covers.</summary>
    public static string UnitOf(SearchSpec spec) => spec.Data?.Split.Folds is null ? "epoch" : "fold";

    /// <summary>The same of a search as it stands.</summary>
    public static string UnitOf(SearchDetail detail) => detail.ResourceUnit ?? "epoch";

    /// <summary>In a few words: <c>epoch 8 of 12</c>, <c>mean of 4 folds, deviation 0.03</c>.</summary>
    public static string Of(TrialResult result, ObjectiveSpec objective, string unit = "epoch") =>
        (objective.Aggregate, Deviation(result, objective)) switch
        {
            // A trial of folds has a deviation beside the mean; each of its measurements is one fold.
            (ObjectiveAggregate.Mean, { } deviation) => $"mean of {result.LastResource} folds, deviation {Format.Number(deviation)}",
            (ObjectiveAggregate.Mean, null) => $"mean of {Format.Count(result.LastResource, unit)}",
            (ObjectiveAggregate.MeanLast3, _) when result.LastResource > 1 =>
                $"mean of the last {Math.Min(3, result.LastResource)} of {Format.Count(result.LastResource, unit)}",
            _ => $"{unit} {result.BestResource} of {result.LastResource}",
        };

    /// <summary>Where the end of the search cut a trial off: <c>cut off at epoch 3 of 5</c>; null for any other trial.</summary>
    public static string? Cut(TrialView trial, string unit) => trial.Cut is not { } cut ? null
        : cut.Resource == 0 ? "cut off"
        : string.Create(CultureInfo.InvariantCulture, $"cut off at {unit} {cut.Resource}{(cut.Of > cut.Resource ? $" of {cut.Of}" : "")}");

    /// <summary>The same as the end of a sentence.</summary>
    public static string Clause(TrialResult result, SearchSpec spec) => (spec.Objective.Aggregate, UnitOf(spec)) switch
    {
        (ObjectiveAggregate.Mean, "fold") =>
            ", the "
                + (Deviation(result, spec.Objective) is null
                    ? $"mean of {Format.Count(result.LastResource, "fold")}"
                    : Of(result, spec.Objective))
                + (result.LastResource < spec.Data?.Split.Folds
                    ? $", though the search asks for {spec.Data.Split.Folds}: it ranks behind all complete ones"
                    : ""),
        (ObjectiveAggregate.Mean or ObjectiveAggregate.MeanLast3, "epoch") when result.LastResource > 1 =>
            $", the {Of(result, spec.Objective)}",
        (_, var unit) => $", reached at {unit} {result.BestResource} of {result.LastResource}",
    };

    /// <summary>Of which measurement the metrics beside a value are, where that is of several: a mean and its last measurement have one
    /// name and two values; null where both are of one, or the metrics are means too.</summary>
    public static string? OfMetrics(TrialResult result, ObjectiveSpec objective, string unit) =>
        unit == "epoch" && objective.Aggregate is ObjectiveAggregate.Mean or ObjectiveAggregate.MeanLast3 && result.LastResource > 1
            ? $"value: {Of(result, objective, unit)}; metrics: {unit} {result.BestResource}"
            : null;

    private static double? Deviation(TrialResult result, ObjectiveSpec objective) =>
        result.Metrics.TryGetValue(objective.Metric + ".sd", out var deviation) ? deviation : null;
}
