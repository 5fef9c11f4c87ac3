using SearchCluster.Search.Sampling.Encoding;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>The current model of a search: the last scheduled fit with everything observed since, and the pending points.</summary>
internal sealed class GaussianProcessModel
{
    private const int BestPoints = 8;
    private const double DoubtBelow = -9;
    private const double DoubtFactor = 0.4;
    private readonly SpaceEncoding _encoding;
    private readonly FeatureMap _map;
    private readonly ModelFitter _fitter;
    private Posterior? _posterior;
    private int _observed;
    private double[][] _best = [];

    public GaussianProcessModel(SpaceEncoding encoding, bool isAdditive)
    {
        _encoding = encoding;
        _map = new FeatureMap(encoding);
        _fitter = new ModelFitter(_map, isAdditive);
    }

    private Posterior Posterior => _posterior ?? throw new InvalidOperationException("The model has no observations yet; call Update first.");

    /// <summary>Takes over what became known.</summary>
    /// <param name="observations">At least one of them with a finite loss.</param>
    /// <param name="pending">Points of pending trials.</param>
    public void Update(Observations observations, IReadOnlyList<double[]> pending)
    {
        var fit = _fitter.Fit(observations);
        if (_posterior?.Fit != fit)
        {
            _posterior = new Posterior(_map, fit);
            Observe(observations, fit.Members);
            _observed = fit.Size;
        }

        if (_observed < observations.Count)
        {
            Observe(observations, Enumerable.Range(_observed, observations.Count - _observed));
            _observed = observations.Count;
        }

        Posterior.Forget();
        foreach (var point in pending)
        {
            Posterior.Believe(point);
        }
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

    private void Observe(Observations observations, IEnumerable<int> indices)
    {
        var chosen = indices.ToArray();
        var losses = observations.Losses;
        var observed = new double[chosen.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            observed[i] = losses[chosen[i]];
        }

        Posterior.Observe(chosen.Select(index => observations.Point(index).ToArray()), observed);
        var order = Enumerable.Range(0, losses.Length).ToArray();
        Array.Sort(losses.ToArray(), order);
        _best = [.. order.Take(BestPoints).Select(index => observations.Point(index).ToArray())];
    }
}
