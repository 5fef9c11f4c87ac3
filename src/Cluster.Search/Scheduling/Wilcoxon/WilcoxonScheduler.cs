using System.Globalization;

namespace SearchCluster.Search.Scheduling.Wilcoxon;

/// <summary>Stops a trial whose losses on the folds measured so far are significantly worse than those of the
/// best trial on the same folds.</summary>
/// <remarks>
/// Every measurement is one fold (or one instance) and its resource level is the fold's number, so that trials
/// see the same folds in the same order. The best trial is the completed one with the lowest mean over its
/// folds. Pairs are tested by the one-sided signed-rank test (<see cref="SignedRankTest"/>); a trial stops when p is below the option and
/// its mean over the common folds is worse, so the best trial is never stopped. A non-finite fold counts as
/// infinitely bad: two of them on the same fold are equal. Source: Wilcoxon, "Individual Comparisons by Ranking Methods", Biometrics
/// Bulletin 1(6), 1945; as a pruner: Optuna 3.6, WilcoxonPruner. Repeated looks raise the chance of a wrong stop above p; with few folds
/// that is small, and the grace period lowers it. Cost of a decision: the cube of the number of folds, at most 50 of them, and the same
/// number again for each trial that finishes.
/// </remarks>
public sealed class WilcoxonScheduler(WilcoxonOptions options) : ITrialScheduler
{
    private static readonly SchedulingDecision TooEarly = new(
        SchedulingAction.Continue, new DecisionReason("Too few folds, or no finished trial, to compare with."));

    private (double Mean, TrialId Trial, Dictionary<int, double> Folds)? _best;
    private int _finished;

    /// <inheritdoc />
    public string Name => WilcoxonOptions.Descriptor.Name;

    /// <inheritdoc />
    public SchedulingDecision OnMeasurement(SearchView view, TrialId trial, Measurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        Follow(view);
        if (_best is not { } best || Pairs(view.Trial(trial), best.Folds) is not { Count: > 0 } pairs || pairs.Count <= options.Grace)
        {
            return TooEarly;
        }

        var (own, other) = (pairs.Average(pair => pair.Own), pairs.Average(pair => pair.Other));
        var probability = SignedRankTest.Greater([.. pairs.Select(Difference)]);
        var stops = probability < options.P && own > other;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"It {(stops ? "stops" : "goes on")} after {Counted.Of(pairs.Count, "fold")}: "
                + $"its mean {LossText.Of(view, own)}, that of trial {best.Trial} on the same folds {LossText.Of(view, other)}, "
                + $"p {LossText.Number(probability)} against {LossText.Number(options.P)}.");
        return new(
            stops ? SchedulingAction.Stop : SchedulingAction.Continue,
            new DecisionReason(
                text,
                Resource: measurement.Resource,
                Value: LossText.Value(view, own),
                Cutoff: LossText.Value(view, other),
                Rank: own > other ? 2 : 1,
                Competitors: 2));
    }

    /// <inheritdoc />
    public NextAction Next(SearchView view) => NextAction.Start;

    private static double Difference((double Own, double Other) pair) => pair.Own == pair.Other ? 0 : pair.Own - pair.Other;

    private static List<(double Own, double Other)> Pairs(ObservedTrial trial, Dictionary<int, double> folds)
    {
        var pairs = new List<(double, double)>();
        foreach (var (fold, loss) in trial.Curve)
        {
            if (folds.TryGetValue(fold, out var other))
            {
                pairs.Add((loss, other));
            }
        }

        return pairs;
    }

    private void Follow(SearchView view)
    {
        foreach (var (finished, trial) in view.FinishedSince(_finished))
        {
            _finished = finished;
            if (trial.State == TrialState.Completed && trial.MeasurementCount > 0)
            {
                Consider(trial);
            }
        }
    }

    private void Consider(ObservedTrial trial)
    {
        var folds = trial.Curve.ToDictionary(fold => fold.Resource, fold => fold.Loss);
        var mean = folds.Values.DefaultIfEmpty(double.PositiveInfinity).Average();
        if (_best is not { } best || mean < best.Mean)
        {
            _best = (mean, trial.Id, folds);
        }
    }
}
