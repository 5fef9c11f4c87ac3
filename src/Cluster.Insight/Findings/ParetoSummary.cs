using SearchCluster.Contracts.Api;
using SearchCluster.Search.Analysis.Pareto;

namespace SearchCluster.Insight.Findings;

/// <summary>The Pareto front of a search with several objectives, in units of the objectives.</summary>
/// <param name="Objectives">The objectives, the search's own first.</param>
/// <param name="Front">Trials that no other one beats in every objective, best by the first objective first.</param>
/// <param name="Compared">How many trials have a finite value of every objective.</param>
/// <param name="Hypervolume">The volume between front and reference point.</param>
/// <param name="Reference">The reference point; empty when no trial was compared.</param>
public sealed record ParetoSummary(
    ValueArray<ObjectiveSpec> Objectives,
    IReadOnlyList<ParetoTrial> Front,
    int Compared,
    double Hypervolume,
    IReadOnlyList<double> Reference)
{
    /// <summary>Compares trials.</summary>
    /// <param name="objectives">Metric and direction of each.</param>
    /// <param name="trials">All trials.</param>
    /// <returns>The front.</returns>
    public static ParetoSummary Of(ValueArray<ObjectiveSpec> objectives, IEnumerable<TrialView> trials)
    {
        ParetoTrial[] compared = [.. trials.Where(trial => trial.State is TrialState.Completed or TrialState.StoppedEarly)
            .Select(trial => new ParetoTrial(trial, [.. objectives.Select((objective, i) => Value(trial, objective, i))]))
            .Where(trial => trial.Values.All(double.IsFinite))];
        if (compared.Length == 0)
        {
            return new(objectives, [], 0, 0, []);
        }

        double[] signs = [.. objectives.Select(objective => objective.Direction == Direction.Minimize ? 1.0 : -1.0)];
        var losses = Array.ConvertAll(compared, trial => trial.Values.Select((value, i) => signs[i] * value).ToArray());
        var reference = Search.Analysis.Pareto.Hypervolume.ReferencePoint(losses);
        return new(
            objectives,
            [.. ParetoFront.Find(losses).Select(i => compared[i])],
            compared.Length,
            Search.Analysis.Pareto.Hypervolume.Of(losses, reference),
            [.. reference.Select((value, i) => signs[i] * value)]);
    }

    private static double Value(TrialView trial, ObjectiveSpec objective, int index) =>
        (index == 0 ? trial.Objective : trial.Result?.Metrics.TryGetValue(objective.Metric, out var value) == true ? value : null)
            ?? double.NaN;
}

/// <summary>A trial and its objective values.</summary>
/// <param name="Trial">Where it stands and what it reached.</param>
/// <param name="Values">One value for each objective.</param>
public sealed record ParetoTrial(TrialView Trial, double[] Values);
