using SearchCluster.Search.Numerics;
using SearchCluster.Search.Sampling.Encoding;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>Fits hyperparameters to the first observations of a search, by the chain that <see cref="FitSchedule"/> describes.</summary>
/// <param name="map">Features.</param>
internal sealed class ModelFitter(FeatureMap map)
{
    private const int WarmIterations = 12;
    private const int ColdIterations = 40;
    private const double FirstStep = 0.5;
    private const double Tolerance = 1e-3;
    private ModelFit? _last;

    /// <summary>Finds the fit for all observations.</summary>
    /// <param name="observations">At least one of them with a finite loss.</param>
    /// <returns>The last scheduled fit.</returns>
    public ModelFit Fit(Observations observations)
    {
        var target = FitSchedule.LastFit(observations.Count);
        var checkpoint = FitSchedule.Checkpoint(observations.Count);
        var size = _last is { } last && last.Size >= checkpoint && last.Size <= target ? last.Size : 0;
        var fit = size == 0 ? null : _last;
        for (size = size == 0 ? checkpoint : size + FitSchedule.Step(checkpoint); size <= target; size += FitSchedule.Step(checkpoint))
        {
            fit = FitOnce(observations, size, fit);
        }

        _last = fit;
        return fit!;
    }

    private ModelFit FitOnce(Observations observations, int size, ModelFit? previous)
    {
        var losses = observations.Losses[..size];
        var transform = OutputTransform.Fit(losses);
        var subset = Subsample.Choose(losses, GaussianProcessDefaults.FitLimit);
        var columns = new FeatureColumns(map.Count);
        var features = new double[map.Count];
        var targets = new double[subset.Length];
        for (var i = 0; i < subset.Length; i++)
        {
            map.Map(observations.Point(subset[i]), features);
            columns.Add(features);
            targets[i] = transform.Apply(losses[subset[i]]);
        }

        var logs = Optimise(new MarginalLikelihood(map.IsCode, columns, targets), previous?.Hyperparameters.Logs);
        return new(size, new Hyperparameters(logs), transform, Subsample.Choose(losses, GaussianProcessDefaults.ModelLimit));
    }

    private double[] Optimise(MarginalLikelihood likelihood, double[]? warm)
    {
        var (lower, upper) = HyperparameterPrior.Bounds(map.Count);
        var minimizer = new BoxMinimizer(lower, upper);
        if (warm is not null)
        {
            var start = warm.ToArray();
            minimizer.Minimize(likelihood.Evaluate, start, WarmIterations, FirstStep, Tolerance);
            return start;
        }

        var (best, bestValue) = ((double[]?)null, double.PositiveInfinity);
        foreach (var start in HyperparameterPrior.Starts(map.Count))
        {
            var value = minimizer.Minimize(likelihood.Evaluate, start, ColdIterations, FirstStep, Tolerance);
            if (best is null || value < bestValue)
            {
                (best, bestValue) = (start, value);
            }
        }

        return best!;
    }
}
