using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.GaussianProcess.Fitting;
using SearchCluster.Search.Sampling.GaussianProcess.Kernels;

namespace SearchCluster.Search.Sampling.GaussianProcess.Prediction;

/// <summary>A posterior that follows the observations of a search: rows are appended until a new fit replaces it.</summary>
/// <param name="map">Features.</param>
internal sealed class TrackedPosterior(FeatureMap map)
{
    private Posterior? _posterior;
    private int _observed;

    /// <summary>Takes over what became known.</summary>
    /// <param name="fit">The fit to use.</param>
    /// <param name="observations">All observations.</param>
    /// <returns>The posterior given all of them, without pending points.</returns>
    /// <remarks>O(n²) for each new observation, O(n³) for a new fit.</remarks>
    public Posterior Update(ModelFit fit, Observations observations)
    {
        if (_posterior?.Fit != fit)
        {
            _posterior = new Posterior(map, fit);
            _observed = fit.Size;
            int[] all = [.. fit.Members, .. Enumerable.Range(fit.Size, observations.Count - fit.Size)];
            Observe(_posterior, observations, all);
        }
        else if (_observed < observations.Count)
        {
            Observe(_posterior, observations, [.. Enumerable.Range(_observed, observations.Count - _observed)]);
        }

        _observed = observations.Count;
        _posterior.Forget();
        return _posterior;
    }

    private static void Observe(Posterior posterior, Observations observations, int[] indices)
    {
        var losses = new double[indices.Length];
        for (var i = 0; i < losses.Length; i++)
        {
            losses[i] = observations.Losses[indices[i]];
        }

        posterior.Observe(indices.Select(index => observations.Point(index).ToArray()), losses);
    }
}
