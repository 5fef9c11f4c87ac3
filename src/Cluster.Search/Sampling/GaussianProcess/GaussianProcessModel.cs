using System.Globalization;
using SearchCluster.Search.Encoding;
using SearchCluster.Search.Numerics;
using SearchCluster.Search.Sampling.GaussianProcess.Acquisition;
using SearchCluster.Search.Sampling.GaussianProcess.Fitting;
using SearchCluster.Search.Sampling.GaussianProcess.Kernels;
using SearchCluster.Search.Sampling.GaussianProcess.Prediction;
using SearchCluster.Search.Sampling.Models;
using SearchCluster.Search.Sampling.QuasiRandom;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>The models of a search: with and without the additive part of the kernel, each with the likelier
/// and the other transform.</summary>
/// <remarks>
/// One model repeats its mistake in every trial, so trials take turns by their number. A trial that is asked for alone turns to the
/// likelier transform with or without the additive part, as long as the evidence for both is close (within <see cref="OccamWindow"/>);
/// else the more likely one serves. Trials beside pending ones, without results in between, turn to all four; all know all pending
/// trials. Source of the window: Madigan and Raftery, "Model Selection and Accounting for Model Uncertainty in Graphical Models Using
/// Occam's Window", JASA 89, 1994. Differs: no average, because the posterior densities of turns need not be normalised. From
/// <see cref="GaussianProcessDefaults.VariantLimit"/> observations on, the first serves alone:
/// the data then determine the model, and the other fits would cost time.
/// </remarks>
internal sealed class GaussianProcessModel
{
    private const int BestPoints = 8;
    private const int Variants = 4;

    // A model 20 times less likely than another gets no turn.
    private const double OccamWindow = 3;

    private const double DoubtBelow = -9;
    private const double DoubtFactor = 0.4;
    private readonly SpaceEncoding _encoding;
    private readonly bool _isImagining;
    private readonly FeatureMap _map;
    private readonly ModelFitter _structured;
    private readonly ModelFitter _joint;
    private readonly TrackedPosterior[] _tracked;
    private Posterior? _posterior;
    private double[][] _best = [];

    public GaussianProcessModel(SpaceEncoding encoding, GaussianProcessOptions options)
    {
        _encoding = encoding;
        _isImagining = options.Pending == PendingResults.Sampled;
        _map = new FeatureMap(encoding);
        _structured = new ModelFitter(_map, options.Additive, options.Warping);
        _joint = options.Additive ? new ModelFitter(_map, isAdditive: false, options.Warping) : _structured;
        _tracked = [.. Enumerable.Range(0, Variants).Select(_ => new TrackedPosterior(_map))];
    }

    private Posterior Posterior =>
        _posterior ?? throw new InvalidOperationException("The model has no observations yet; call Update first.");

    /// <summary>Takes over what became known.</summary>
    /// <param name="observations">At least one of them with a finite loss.</param>
    /// <param name="pending">Points of pending trials.</param>
    /// <param name="number">The trial that is asked for: whose turn it is.</param>
    public void Update(Observations observations, IReadOnlyList<double[]> pending, int number)
    {
        var (variant, fit) = Choose(observations, number, pending.Count > 0);
        _posterior = _tracked[variant].Update(fit, observations);
        foreach (var point in pending.Skip(pending.Count - GaussianProcessDefaults.PendingLimit))
        {
            _posterior.Believe(point);
        }

        if (_isImagining && pending.Count > 0)
        {
            _posterior.Imagine(Normals(Math.Min(pending.Count, GaussianProcessDefaults.PendingLimit), number));
        }

        var order = Enumerable.Range(0, observations.Count).ToArray();
        Array.Sort(observations.Losses.ToArray(), order);
        _best = [.. order.Take(BestPoints).Select(index => observations.Point(index).ToArray())];
    }

    // Scrambled Sobol points through the normal quantile: a few dozen stand for many independent samples.
    private static double[][] Normals(int pending, int number)
    {
        var (sobol, samples) = (new SobolPoints(), new double[GaussianProcessDefaults.ImaginedSamples][]);
        for (var s = 0; s < samples.Length; s++)
        {
            samples[s] = new double[pending];
            sobol.Fill((ulong)number, s, samples[s]);
            for (var j = 0; j < pending; j++)
            {
                samples[s][j] = TruncatedNormal.Quantile(Math.Clamp(samples[s][j], 1e-12, 1 - 1e-12));
            }
        }

        return samples;
    }

    private (int Variant, ModelFit Fit) Choose(Observations observations, int number, bool hasPending)
    {
        var structured = _structured.Fit(observations);
        if (observations.Count >= GaussianProcessDefaults.VariantLimit)
        {
            return (0, structured);
        }

        var joint = _joint.Fit(observations);
        if (hasPending)
        {
            var likely = number % 2 == 0 ? structured : joint;
            var isRival = number % Variants >= Variants / 2 && likely.Rival is { } rival && rival.Size == likely.Size;
            return (number % Variants, isRival ? likely.Rival! : likely);
        }

        var isJoint = Math.Abs(joint.LogPosterior - structured.LogPosterior) <= OccamWindow
            ? number % 2 == 1
            : joint.LogPosterior > structured.LogPosterior;
        return isJoint ? (1, joint) : (0, structured);
    }

    /// <summary>Finds the next configuration.</summary>
    /// <param name="known">What was tried.</param>
    /// <param name="stream">Random numbers.</param>
    /// <param name="isDoubted">Whether the model is doubted when it expects nothing more.</param>
    /// <param name="region">Centre and side of the trust region; null for the whole space. Doubt looks everywhere.</param>
    /// <returns>A snapped point, null when every one met was known; and whether it comes from the doubting model.</returns>
    /// <remarks>
    /// A model that is sure of itself repeats itself: where it expects less than <see cref="DoubtBelow"/>, the same process with length
    /// scales shortened by <see cref="DoubtFactor"/> is asked instead, which trusts each observation only nearby.
    /// </remarks>
    public (double[]? Point, bool IsDoubting) Find(
        KnownPoints known, RandomStream stream, bool isDoubted, (double[] Centre, double Side)? region = null)
    {
        var box = region is { } around
            ? SearchBox.Around(_encoding, around.Centre, around.Side, Scales())
            : SearchBox.Whole(_encoding.Dimensions);
        var (value, point) = new AcquisitionSearch(_encoding, _map, Posterior, known, stream, box).Find(_best);
        if (point is null || !isDoubted || value > DoubtBelow)
        {
            return (point, false);
        }

        var doubting = Posterior.Shortened(DoubtFactor);
        var (_, elsewhere) = new AcquisitionSearch(
            _encoding, _map, doubting, known, stream, SearchBox.Whole(_encoding.Dimensions)).Find(_best);
        return elsewhere is null ? (point, false) : (elsewhere, true);
    }

    // Length scales of the joint part, their geometric mean over the axes of the box being 1.
    private double[] Scales()
    {
        var scales = new double[_encoding.Dimensions];
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < scales.Length; i++)
        {
            if (_map.FeatureOfAxis[i] >= 0 && Neighbourhood.IsRelaxed(_encoding.Axes[i]))
            {
                scales[i] = Posterior.Fit.Logs[KernelLayout.JointLength(_map.FeatureOfAxis[i])];
                (sum, count) = (sum + scales[i], count + 1);
            }
        }

        return Array.ConvertAll(scales, log => Math.Exp(log - (sum / Math.Max(1, count))));
    }

    /// <summary>Says why a point is proposed.</summary>
    /// <param name="point">A snapped point.</param>
    /// <param name="isDoubting">Whether it tests the model.</param>
    /// <param name="pending">How many trials are pending.</param>
    /// <param name="direction">Of the objective, in whose units the prediction is.</param>
    public PointProposal Describe(double[] point, bool isDoubting, int pending, Direction direction)
    {
        var prediction = Predict(point);
        if (direction == Direction.Maximize)
        {
            prediction = prediction with { Mean = -prediction.Mean };
        }

        var explanation = string.Create(
            CultureInfo.InvariantCulture,
            $"expected improvement {prediction.ExpectedImprovement:G3}, mean {prediction.Mean:G4} ± {prediction.StandardDeviation:G3}, "
                + $"{pending} pending");
        return new(point, isDoubting ? explanation + "; chosen to test the model, which expects nothing more" : explanation, prediction);
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
