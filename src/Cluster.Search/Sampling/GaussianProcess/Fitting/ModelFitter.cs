using SearchCluster.Search.Encoding;
using SearchCluster.Search.Numerics;
using SearchCluster.Search.Sampling.GaussianProcess.Kernels;

namespace SearchCluster.Search.Sampling.GaussianProcess.Fitting;

/// <summary>Fits hyperparameters to the first observations of a search, by the chain that <see cref="FitSchedule"/> describes.</summary>
/// <remarks>
/// Losses as they are and losses after a power transform are two models of the same data; both are fitted, and the one with the higher
/// posterior density (the Jacobian of the transform included) is used. A fit takes some ten evaluations of the marginal likelihood,
/// each O(m³) for m = min(n, <see cref="GaussianProcessDefaults.FitLimit"/>) observations.
/// Source of the comparison: Snelson, Rasmussen and Ghahramani, "Warped Gaussian Processes", NeurIPS 2003.
/// </remarks>
internal sealed class ModelFitter
{
    private const int WarmIterations = 8;
    private const int ColdIterations = 40;
    private const double FirstStep = 0.5;
    private const double Tolerance = 1e-3;
    private readonly FeatureMap _map;
    private readonly KernelLayout _layout;
    private readonly HyperparameterPrior _prior;
    private ModelFit? _last;

    public ModelFitter(FeatureMap map, bool isAdditive, bool isWarped = false)
    {
        _map = map;
        _layout = new KernelLayout(
            map.IsCode,
            isAdditive && map.Count is > 1 and <= GaussianProcessDefaults.AdditiveLimit,
            isWarped && map.IsCode.Contains(false));
        _prior = new HyperparameterPrior(_layout);
    }

    /// <summary>Finds the fit for all observations.</summary>
    /// <param name="observations">At least one of them with a finite loss.</param>
    /// <returns>The last scheduled fit.</returns>
    public ModelFit Fit(Observations observations)
    {
        var target = FitSchedule.LastFit(observations.Count);
        var checkpoint = FitSchedule.Checkpoint(observations.Count);
        var step = FitSchedule.Step(checkpoint);
        var fit = _last is { } last && last.Size >= checkpoint && last.Size <= target ? last : FitAfter(observations, checkpoint, null);
        while (fit.Size < target)
        {
            fit = FitAfter(observations, fit.Size + step, fit);
        }

        return _last = fit;
    }

    private ModelFit FitAfter(Observations observations, int size, ModelFit? previous)
    {
        if (previous is not null && !FitSchedule.ComparesTransforms(size))
        {
            return FitOne(observations, size, previous, previous.Transform.IsBent) with { Rival = previous.Rival };
        }

        var bent = FitOne(observations, size, previous?.With(isBent: true), isBent: true);
        if (!bent.Transform.IsBent)
        {
            return bent;
        }

        var straight = FitOne(observations, size, previous?.With(isBent: false), isBent: false);
        return bent.LogPosterior > straight.LogPosterior ? bent with { Rival = straight } : straight with { Rival = bent };
    }

    private ModelFit FitOne(Observations observations, int size, ModelFit? previous, bool isBent)
    {
        var losses = observations.Losses[..size];
        var transform = OutputTransform.Fit(losses, isBent);
        var subset = Subsample.Choose(losses, GaussianProcessDefaults.FitLimit);
        var columns = new FeatureColumns(_map.Count);
        var features = new double[_map.Count];
        var targets = new double[subset.Length];
        var jacobian = 0.0;
        for (var i = 0; i < subset.Length; i++)
        {
            _map.Map(observations.Point(subset[i]), features);
            columns.Add(features);
            targets[i] = transform.Apply(losses[subset[i]]);
            jacobian += transform.LogSlope(losses[subset[i]]);
        }

        var (logs, value) = Optimise(new MarginalLikelihood(_layout, _prior, columns, targets), previous?.Logs);
        return new(size, _layout, logs, transform, Subsample.Choose(losses, GaussianProcessDefaults.ModelLimit), jacobian - value);
    }

    private (double[] Logs, double Value) Optimise(MarginalLikelihood likelihood, double[]? warm)
    {
        var minimizer = new BoxMinimizer(_prior.Lower, _prior.Upper);
        if (warm is not null)
        {
            var start = warm.ToArray();
            return (start, minimizer.Minimize(likelihood.Evaluate, start, WarmIterations, FirstStep, Tolerance));
        }

        return _prior.Starts()
            .Select(start => (Logs: start, Value: minimizer.Minimize(likelihood.Evaluate, start, ColdIterations, FirstStep, Tolerance)))
            .MinBy(end => end.Value);
    }
}
