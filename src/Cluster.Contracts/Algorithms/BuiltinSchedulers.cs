using static SearchCluster.Contracts.Algorithms.BuiltinAlgorithms;

namespace SearchCluster.Contracts.Algorithms;

/// <summary>The trial schedulers that a spec can name; a test keeps them equal to the catalogue.</summary>
public static class BuiltinSchedulers
{
    private const int Most = 1_000_000;

    /// <summary>Every trial trains to its end.</summary>
    public static AlgorithmDescriptor None { get; } = new("none", "Every trial trains to its own end.", [], SupportsSeveralObjectives: true);

    /// <summary>The median stopping rule.</summary>
    public static AlgorithmDescriptor Median { get; } = new(
        "median",
        "Stops a trial whose best value is worse than the median of the earlier trials' running averages at the same resource.",
        [Grace(5), MinTrials]);

    /// <summary>Comparison with a percentile.</summary>
    public static AlgorithmDescriptor Percentile { get; } = new(
        "percentile",
        "Stops a trial whose best value is not among the best percentile of the earlier trials at the same resource.",
        [Number("percentile", 0, 100, 25, "Share in percent of the earlier trials that a trial must keep up with."), Grace(5), MinTrials]);

    /// <summary>Asynchronous successive halving.</summary>
    public static AlgorithmDescriptor Asha { get; } = new(
        "asha",
        "Asynchronous successive halving: at each rung one in reduction trials goes on.",
        [Max, Min, Reduction, Variant]);

    /// <summary>Successive halving in several brackets.</summary>
    public static AlgorithmDescriptor Hyperband { get; } = new(
        "hyperband",
        "Hyperband: successive halving in several brackets, from many trials compared early to few that train to their end.",
        [Max, Min, Reduction, Variant, Whole("brackets", 0, 100, 0, "Number of brackets, the most aggressive first; 0 for as many as fit between min and max.")]);

    /// <summary>Population based training.</summary>
    public static AlgorithmDescriptor PopulationBased { get; } = new(
        "pbt",
        "Population based training: bad trials go on from the checkpoint of a good one, with its values perturbed.",
        [
            Whole("interval", 1, Most, null, "Resource between two comparisons of the population."),
            Whole("population", 2, Most, 20, "Trials that evolve together; the search's trials form groups of so many in the order of their numbers."),
            Number("quantile", 0.01, 0.5, 0.25, "Share of the population that takes over from as large a share of the best."),
            Number("factor", 1.0001, 100, 1.2, "Numbers are multiplied or divided by this factor where they are searched on a log scale, and moved by the same share of their range elsewhere."),
            Number("resample", 0, 1, 0.25, "Chance that a value is drawn anew from the space instead of perturbed; the only change that items and truth values can have."),
            Word("perturb", "real", "Which parameters change: real ones, all numbers, or all. Whole numbers and items often decide the shape of a network, and a checkpoint fits only its own shape.", "real", "numbers", "all"),
        ]);

    /// <summary>Patience with a trial's own curve.</summary>
    public static AlgorithmDescriptor Patience { get; } = new(
        "patience",
        "Stops a trial whose own curve brought no improvement for so many reports.",
        [
            Whole("patience", 1, Most, 10, "Reports in a row without improvement."),
            Number("minDelta", 0, 1e300, 0, "Smallest change that counts as an improvement."),
            Grace(0),
        ]);

    /// <summary>A bound.</summary>
    public static AlgorithmDescriptor Threshold { get; } = new(
        "threshold",
        "Stops a trial whose best value is worse than a bound after the grace period.",
        [Number("bound", -1e300, 1e300, null, "The worst value of the objective that may go on."), Grace(0)]);

    /// <summary>Signed-rank test over folds.</summary>
    public static AlgorithmDescriptor Wilcoxon { get; } = new(
        "wilcoxon",
        "For trials that report one value for each fold: stops one that is significantly worse than the best trial on the same folds.",
        [Number("p", 0, 1, 0.1, "Stops below this p-value of the one-sided signed-rank test."), Whole("grace", 0, Most, 2, "Common folds after which it does not decide yet.")]);

    /// <summary>All of them, in the order of the documentation.</summary>
    public static ValueArray<AlgorithmDescriptor> All { get; } = [None, Median, Percentile, Asha, Hyperband, PopulationBased, Patience, Threshold, Wilcoxon];

    private static HyperparameterDescriptor Max => Whole("max", 1, Most, null, "Resource of a whole trial, for example its epochs.");

    private static HyperparameterDescriptor Min => Whole("min", 0, Most, 0, "Resource of the first rung; 0 for max / 27, at least 1.");

    private static HyperparameterDescriptor Reduction => Number("reduction", 1.1, 16, 3, "One in so many trials of a rung goes on to the next, which lies so many times higher.");

    private static HyperparameterDescriptor Variant => Word(
        "variant",
        "stopping",
        "stopping ends the others while they run; promotion pauses all at each rung and continues the best from their checkpoints.",
        "stopping",
        "promotion");

    private static HyperparameterDescriptor MinTrials => Whole("minTrials", 1, Most, 5, "Earlier trials at the same resource that it needs before it decides.");

    private static HyperparameterDescriptor Grace(int standard) => Whole("grace", 0, Most, standard, "Resource up to which it does not decide.");
}
