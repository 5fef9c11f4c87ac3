namespace SearchCluster.Search.Decisions.Trials;

/// <summary>What a trial achieved, from its reports and its recorded measurements.</summary>
internal static class TrialResults
{
    /// <summary>Takes a reported result; its objective is the one over the recorded measurements.</summary>
    /// <remarks>Without saved weights, whose level the worker alone knows, level and metrics are also those of the best measurement: an
    /// attempt that went on from an earlier one may not know what that one measured. A trial that took over another one's weights keeps the
    /// result that it had before as long as none of its measurements since is better; its worker kept that model.</remarks>
    public static TrialResult Recorded(SearchSpec spec, TrialRecord trial, TrialResult reported)
    {
        if (trial.Progress.Value(spec.Objective.Aggregate) is not { } objective)
        {
            return reported;
        }

        if (IsOfBefore(spec, trial))
        {
            return FromCurve(spec, trial)! with { LastResource = reported.LastResource, Elapsed = reported.Elapsed };
        }

        var result = reported with { Objective = objective };
        return !reported.HasModel
            && spec.Objective.Aggregate == ObjectiveAggregate.Best
            && trial.Progress.BestIndex >= 0
            && trial.Curve[trial.Progress.BestIndex] is var best
            && best.Resource != reported.BestResource
            && reported.Metrics.TryGetValue(spec.Objective.Metric, out var value)
            && !value.Equals(objective)
            ? result with { BestResource = best.Resource, Metrics = best.Metrics }
            : result;
    }

    /// <summary>What the worker has to know of a trial that took over another one's weights.</summary>
    /// <returns>Null where it never did.</returns>
    public static TakenOver? TakenOver(TrialRecord trial) => trial.Lineage is [.., var last]
        ? new(last.Resource, trial.Result is { HasModel: true } saved ? saved.Objective : null)
        : null;

    private static bool IsOfBefore(SearchSpec spec, TrialRecord trial) =>
        spec.Objective.Aggregate == ObjectiveAggregate.Best
            && trial.Lineage is [.., var last]
            && trial.Progress.BestIndex >= 0
            && trial.Curve[trial.Progress.BestIndex].Resource <= last.Resource;

    /// <summary>Finds what a result does not say although trials are judged by it.</summary>
    /// <returns>A sentence; null where nothing is missing.</returns>
    /// <remarks>The first objective may come from the measurements alone; each further one is taken from the result.</remarks>
    public static string? Lacking(SearchSpec spec, TrialRecord trial, TrialResult reported)
    {
        const int Shown = 10;
        var metric = (spec.Objectives ?? [spec.Objective]).Select(
            (objective, place) => (objective.Metric, IsKnown: place == 0 && trial.Progress.Count > 0))
            .FirstOrDefault(objective => !objective.IsKnown && !reported.Metrics.ContainsKey(objective.Metric)).Metric;
        var names = reported.Metrics.Keys
            .Concat(trial.Curve.SelectMany(measurement => measurement.Metrics.Keys))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        var others = names.Count == 0
            ? "no metric at all"
            : string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? ", …" : "");
        return metric is null ? null
            : $"The result lacks {metric}, by which trials are judged; it reports {others}. Let the workload report {metric}, "
                + $"or name another metric in objective.metric.";
    }

    /// <summary>Finds the result of a trial that ends without training to its end.</summary>
    /// <returns>The reported result, else the one kept at a pause, else one made from the measurements; null
    /// when there is no finite objective.</returns>
    public static TrialResult? SoFar(SearchSpec spec, TrialRecord trial, TrialResult? reported)
    {
        var result = reported is null
            ? FromCurve(spec, trial)
            : IsBeyond(spec, trial, reported) ? FromCurve(spec, trial, reported) : Recorded(spec, trial, reported);
        return result is not null && double.IsFinite(result.Objective) && Lacking(spec, trial, result) is null ? result : null;
    }

    /// <summary>Tells whether a worker trained on after a decision that counts from an earlier measurement on.</summary>
    private static bool IsBeyond(SearchSpec spec, TrialRecord trial, TrialResult reported) =>
        Rounds.AreKept(spec) && reported.LastResource > trial.Resource;

    private static TrialResult? FromCurve(SearchSpec spec, TrialRecord trial, TrialResult? reported = null)
    {
        if (trial.Progress.Value(spec.Objective.Aggregate) is not { } objective || trial.Progress.BestIndex < 0)
        {
            return null;
        }

        if (spec.Data?.Split.Folds is not null)
        {
            // The value is the mean of the folds, and so are the metrics beside it; the model is that of the first fold.
            return new TrialResult(
                objective,
                trial.Curve[0].Resource,
                trial.Resource,
                Means(trial.Curve),
                trial.Curve[^1].Elapsed,
                HasModel: (reported ?? trial.Result) is { HasModel: true });
        }

        // Only a best value belongs to the best measurement; others are told with the last one, whose weights are kept.
        var best = trial.Curve[spec.Objective.Aggregate == ObjectiveAggregate.Best ? trial.Progress.BestIndex : ^1];

        // Weights are known to be stored only when the worker said so, and only for the measurement it said it for.
        var kept = new[] { reported, trial.Result }.FirstOrDefault(
            candidate => candidate is { HasModel: true } && candidate.BestResource == best.Resource);
        return new TrialResult(
            objective, best.Resource, trial.Resource, kept?.Metrics ?? best.Metrics, trial.Curve[^1].Elapsed, HasModel: kept is not null);
    }

    private static ValueMap<double> Means(ImmutableList<Measurement> folds) => new(
        from name in folds[0].Metrics.Keys
        where folds.All(fold => fold.Metrics.ContainsKey(name))
        select KeyValuePair.Create(name, folds.Average(fold => fold.Metrics[name])));
}
