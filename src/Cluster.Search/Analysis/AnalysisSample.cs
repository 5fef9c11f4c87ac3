using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Analysis;

/// <summary>The finished trials that an analysis learns from, as points of the unit cube.</summary>
/// <remarks>
/// Used are trials with a finite loss whose configuration lies in the space; those that the scheduler stopped count with the loss they
/// reached. Failed trials and those that diverged are left out, so an analysis describes the part of the space in which training works.
/// Trials that used part of the training data count as the others do. An inactive parameter has no place; a model that needs one gets
/// the middle of its axis (<see cref="Filled"/>), and so sees it as a constant wherever it plays no part.
/// </remarks>
public sealed class AnalysisSample
{
    /// <summary>Fewest usable trials. Below it, a split of the sample leaves fewer trials on a side than a tree's leaf holds.</summary>
    public const int FewestTrials = 10;

    private readonly double[] _points;
    private readonly double[] _filled;
    private readonly double[] _losses;
    private readonly TrialId[] _trials;

    private AnalysisSample(SpaceEncoding encoding, double[] points, double[] losses, TrialId[] trials)
    {
        (Encoding, _points, _losses, _trials) = (encoding, points, losses, trials);
        var middles = encoding.Axes.Select(axis => axis.Snap(0.5)).ToArray();
        _filled = [.. points.Select((place, i) => double.IsNaN(place) ? middles[i % middles.Length] : place)];
    }

    /// <summary>The space.</summary>
    public SpaceEncoding Encoding { get; }

    /// <summary>How many trials there are.</summary>
    public int Count => _losses.Length;

    /// <summary>Losses, smaller is better, all finite.</summary>
    public ReadOnlySpan<double> Losses => _losses;

    /// <summary>Trial numbers.</summary>
    public ReadOnlySpan<TrialId> Trials => _trials;

    /// <summary>Encodes the usable ones of some trials.</summary>
    /// <param name="space">What the trials are points of.</param>
    /// <param name="trials">Finished trials, in any order.</param>
    /// <param name="sample">Those with a finite loss, in order of their numbers; null when there are too few.</param>
    /// <param name="refusal">One sentence why there is nothing to analyse.</param>
    /// <returns>False when there are fewer than <see cref="FewestTrials"/>, or all have the same loss.</returns>
    public static bool TryCreate(
        SearchSpace space,
        IEnumerable<EvaluatedTrial> trials,
        [NotNullWhen(true)] out AnalysisSample? sample,
        [NotNullWhen(false)] out string? refusal)
    {
        var encoding = new SpaceEncoding(space);
        var points = new List<double>();
        var usable = new List<EvaluatedTrial>();
        var point = new double[encoding.Dimensions];

        // A forest draws rows by their place: the same trials give the same analysis, in whatever order they finished.
        foreach (var trial in trials.OrderBy(trial => trial.Trial))
        {
            if (double.IsFinite(trial.Loss) && encoding.TryEncode(trial.Values, point))
            {
                points.AddRange(point);
                usable.Add(trial);
            }
        }

        refusal = Refusal(usable);
        sample = refusal is null ? new(encoding, [.. points], [.. usable.Select(t => t.Loss)], [.. usable.Select(t => t.Trial)]) : null;
        return refusal is null;
    }

    /// <summary>Looks a point up.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Its coordinates; NaN for inactive parameters.</returns>
    public ReadOnlySpan<double> Point(int index) => _points.AsSpan(index * Encoding.Dimensions, Encoding.Dimensions);

    /// <summary>Looks a point up.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Its coordinates; the middle of the axis for inactive parameters.</returns>
    public ReadOnlySpan<double> Filled(int index) => _filled.AsSpan(index * Encoding.Dimensions, Encoding.Dimensions);

    /// <summary>Sorts the trials by their loss.</summary>
    /// <returns>Indices into the sample, best first; equal losses in order of their trial numbers.</returns>
    public int[] BestFirst() => [.. Enumerable.Range(0, Count).OrderBy(i => _losses[i]).ThenBy(i => _trials[i])];

    /// <summary>Looks a parameter up.</summary>
    /// <returns>The number of its axis; -1 when the space has no such parameter.</returns>
    public int AxisOf(string name)
    {
        for (var axis = 0; axis < Encoding.Dimensions; axis++)
        {
            if (Encoding.Axes[axis].Parameter.Name == name)
            {
                return axis;
            }
        }

        return -1;
    }

    private static string? Refusal(List<EvaluatedTrial> usable)
    {
        if (usable.Count < FewestTrials)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{usable.Count} finished trials have a finite objective, but an analysis needs at least {FewestTrials}.");
        }

        var loss = usable[0].Loss;
        return usable.Exists(trial => trial.Loss != loss)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"All {usable.Count} finished trials have the same objective value, so no parameter makes a difference.");
    }
}
