using SearchCluster.Search.Numerics;
using SearchCluster.Search.Sampling.Encoding;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>The current model of a search: the last scheduled fit with everything observed since, and the pending points.</summary>
/// <param name="encoding">The space.</param>
internal sealed class GaussianProcessModel(SpaceEncoding encoding)
{
    private const int BestPoints = 8;
    private readonly FeatureMap _map = new(encoding);
    private ModelFitter? _fitter;
    private Posterior? _posterior;
    private int _observed;
    private double[][] _best = [];

    private Posterior Posterior => _posterior ?? throw new InvalidOperationException("The model has no observations yet; call Update first.");

    /// <summary>Takes over what became known.</summary>
    /// <param name="observations">At least one of them with a finite loss.</param>
    /// <param name="pending">Points of pending trials.</param>
    public void Update(Observations observations, IReadOnlyList<double[]> pending)
    {
        var fit = (_fitter ??= new ModelFitter(_map)).Fit(observations);
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
    /// <returns>A snapped point; null when every one met was known.</returns>
    public double[]? Find(KnownPoints known, RandomStream stream) => new AcquisitionSearch(encoding, _map, Posterior, known, stream).Find(_best);

    /// <summary>Predicts.</summary>
    /// <param name="point">A snapped point.</param>
    /// <returns>The loss, in the objective's units but minimised.</returns>
    public ModelPrediction Predict(ReadOnlySpan<double> point)
    {
        var (mean, deviation) = Posterior.Predict(point);
        var transform = Posterior.Fit.Transform;
        var improvement = Math.Exp(LogExpectedImprovement.At(mean, deviation, Posterior.Best).Value);
        return new(transform.Undo(mean), deviation * transform.Scale, improvement * transform.Scale);
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
