using SearchCluster.Search.Sampling.Encoding;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>The models of a search: the likeliest one for a trial that is asked for alone, and other ones for trials beside pending ones.</summary>
/// <remarks>
/// Trials that are proposed together without results in between would all repeat one model's mistake. So the first of them asks the
/// likeliest model, the second one without the additive part of the kernel, the third and fourth the less likely transform of each. All
/// know all pending trials. From <see cref="GaussianProcessDefaults.VariantLimit"/> observations on, the likeliest serves alone:
/// the data then determine the model, and the other fits would cost time.
/// </remarks>
internal sealed class GaussianProcessModel
{
    private const int BestPoints = 8;
    private const int Variants = 4;
    private const double DoubtBelow = -9;
    private const double DoubtFactor = 0.4;
    private readonly SpaceEncoding _encoding;
    private readonly FeatureMap _map;
    private readonly ModelFitter _structured;
    private readonly ModelFitter _joint;
    private readonly TrackedPosterior[] _tracked;
    private Posterior? _posterior;
    private double[][] _best = [];

    public GaussianProcessModel(SpaceEncoding encoding, bool isAdditive)
    {
        _encoding = encoding;
        _map = new FeatureMap(encoding);
        _structured = new ModelFitter(_map, isAdditive);
        _joint = isAdditive ? new ModelFitter(_map, isAdditive: false) : _structured;
        _tracked = [.. Enumerable.Range(0, Variants).Select(_ => new TrackedPosterior(_map))];
    }

    private Posterior Posterior => _posterior ?? throw new InvalidOperationException("The model has no observations yet; call Update first.");

    /// <summary>Takes over what became known.</summary>
    /// <param name="observations">At least one of them with a finite loss.</param>
    /// <param name="pending">Points of pending trials.</param>
    public void Update(Observations observations, IReadOnlyList<double[]> pending)
    {
        var variant = observations.Count < GaussianProcessDefaults.VariantLimit ? pending.Count % Variants : 0;
        var fit = (variant % 2 == 0 ? _structured : _joint).Fit(observations);
        fit = variant >= Variants / 2 && fit.Rival is { } rival && rival.Size == fit.Size ? rival : fit;
        _posterior = _tracked[variant].Update(fit, observations);
        foreach (var point in pending.Skip(pending.Count - GaussianProcessDefaults.PendingLimit))
        {
            _posterior.Believe(point);
        }

        var order = Enumerable.Range(0, observations.Count).ToArray();
        Array.Sort(observations.Losses.ToArray(), order);
        _best = [.. order.Take(BestPoints).Select(index => observations.Point(index).ToArray())];
    }

    /// <summary>Finds the next configuration.</summary>
    /// <param name="known">What was tried.</param>
    /// <param name="stream">Random numbers.</param>
    /// <param name="isDoubted">Whether the model is doubted when it expects nothing more.</param>
    /// <returns>A snapped point, null when every one met was known; and whether it comes from the doubting model.</returns>
    /// <remarks>
    /// A model that is sure of itself repeats itself: where it expects less than <see cref="DoubtBelow"/>, the same process with length
    /// scales shortened by <see cref="DoubtFactor"/> is asked instead, which trusts each observation only nearby.
    /// </remarks>
    public (double[]? Point, bool IsDoubting) Find(KnownPoints known, RandomStream stream, bool isDoubted)
    {
        var (value, point) = new AcquisitionSearch(_encoding, _map, Posterior, known, stream).Find(_best);
        if (point is null || !isDoubted || value > DoubtBelow)
        {
            return (point, false);
        }

        var doubting = Posterior.Shortened(DoubtFactor);
        var (_, elsewhere) = new AcquisitionSearch(_encoding, _map, doubting, known, stream).Find(_best);
        return elsewhere is null ? (point, false) : (elsewhere, true);
    }

    /// <summary>Predicts.</summary>
    /// <param name="point">A snapped point.</param>
    /// <returns>The loss, in the objective's units but minimised.</returns>
    public ModelPrediction Predict(ReadOnlySpan<double> point)
    {
        var (mean, deviation) = Posterior.Predict(point);
        return PredictionUnits.Undo(Posterior.Fit.Transform, mean, deviation, Posterior.Best);
    }
}
