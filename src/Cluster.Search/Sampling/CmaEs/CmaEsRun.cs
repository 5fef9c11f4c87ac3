using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>One run of CMA-ES over a mixed space, from its first distribution to its convergence.</summary>
internal sealed class CmaEsRun
{
    // A cell narrower than this is left to the normal distribution: it is below what a search resolves.
    private const double MostCells = 10_000;

    // In units of the parameter's range; finer differences are below the noise of any training.
    private const double SmallestDeviation = 1e-9;
    private const double LargestCondition = 1e7;
    private const double FlatRange = 1e-12;

    // A parameter that no good trial has is drawn ever more widely, so that the value it depends on gets a fair trial again.
    private const double Forgetting = 1.2;

    // That of the uniform distribution on the unit interval.
    private const double UniformDeviation = 0.2887;

    private readonly SpaceEncoding _encoding;
    private readonly int[] _numbers;
    private readonly CategoryProbabilities?[] _categories;
    private readonly CovarianceAdaptation? _normal;
    private readonly double[] _weights;
    private readonly double _categoryRate;
    private readonly int _elites;
    private readonly Queue<double> _recent = new();
    private (double[] Point, double Loss, bool IsOwn)[] _elite;
    private double _best = double.PositiveInfinity;
    private int _sinceBest;

    /// <summary>Starts a run around the better half of uniform draws, weighted by rank as a generation is.</summary>
    /// <param name="encoding">The space.</param>
    /// <param name="options">As the specification gives them.</param>
    /// <param name="startup">Results of the draws, best first, at least one.</param>
    /// <param name="population">λ.</param>
    /// <param name="stepSize">σ.</param>
    public CmaEsRun(
        SpaceEncoding encoding, CmaEsOptions options, (double[] Point, double Loss, bool IsOwn)[] startup, int population, double stepSize)
    {
        (_encoding, Population, _categoryRate, _elites) = (encoding, population, options.CategoryRate, Math.Min(
            options.Elites, population / 2));
        _numbers = Numbers(encoding);
        var categories = Categories(encoding);
        _categories = new CategoryProbabilities?[encoding.Dimensions];
        Array.ForEach(categories, i => _categories[i] = new CategoryProbabilities((int)encoding.Axes[i].Levels, categories.Length));
        var parameters = new StrategyParameters(Math.Max(1, _numbers.Length), population);
        _weights = parameters.Weights;
        var startWeights = Generation.Weights(startup, new StrategyParameters(1, Math.Max(2, startup.Length)).Weights);
        double[] mean = [.. _numbers.Select(i => Start(startup, startWeights, i))];
        _normal = _numbers.Length == 0 ? null : new CovarianceAdaptation(mean, stepSize, parameters, options.AdaptLearningRates);
        LearnCategories(startup, startWeights);
        _elite = Best([.. startup.Select(result => result with { IsOwn = false })]);
        KeepMargin();
        Distribution = new MixedDistribution(encoding, _numbers, _normal, _categories);
    }

    /// <summary>λ, results of a generation.</summary>
    public int Population { get; }

    /// <summary>How many generations were learned.</summary>
    public int Generations { get; private set; }

    /// <summary>What the next trials are drawn from.</summary>
    public MixedDistribution Distribution { get; private set; }

    /// <summary>σ, 0 without numeric parameters.</summary>
    public double StepSize => _normal?.StepSize ?? 0;

    /// <summary>True when more generations would bring nothing new.</summary>
    public bool IsConverged =>
        IsFlat
        || _sinceBest > 100 + (50 * Math.Max(1, _numbers.Length) / Population)
        || (_normal is { } normal && (
            Enumerable.Range(0, _numbers.Length).All(i => normal.Deviation(i) < SmallestDeviation)
            || normal.Lengths.Max() > LargestCondition * normal.Lengths.Min()));

    private bool IsFlat => _recent.Count >= History && _recent.Max() - _recent.Min() <= FlatRange * (1 + Math.Abs(_recent.Min()));

    private int History => 10 + (int)Math.Ceiling(30.0 * Math.Max(1, _numbers.Length) / Population);

    /// <summary>Finds the axes that the normal distribution moves.</summary>
    /// <param name="encoding">The space.</param>
    /// <returns>Indices of numeric and ordered parameters with more than one value.</returns>
    public static int[] Numbers(SpaceEncoding encoding) =>
        [.. Enumerable.Range(0, encoding.Dimensions).Where(i => encoding.Axes[i] is { Kind: not AxisKind.Categorical, Levels: > 1 })];

    /// <summary>Finds the axes that probabilities move.</summary>
    /// <param name="encoding">The space.</param>
    /// <returns>Indices of unordered parameters with more than one value.</returns>
    public static int[] Categories(SpaceEncoding encoding) =>
        [.. Enumerable.Range(0, encoding.Dimensions).Where(i => encoding.Axes[i] is { Kind: AxisKind.Categorical, Levels: > 1 })];

    /// <summary>Learns from a generation; one in which all failed changes nothing.</summary>
    /// <param name="ranked">Its results, best first.</param>
    public void Learn((double[] Point, double Loss, bool IsOwn)[] ranked)
    {
        Generations++;
        if (double.IsPositiveInfinity(ranked[0].Loss))
        {
            return;
        }

        // The best of earlier generations take the places of the worst of this one.
        (double[] Point, double Loss, bool IsOwn)[] learned = [.. ranked.Concat(_elite).OrderBy(result => result.Loss).Take(Population)];
        _elite = Best([.. ranked.Select(result => result with { IsOwn = false }), .. _elite]);
        var weights = Generation.Weights(learned, _weights);
        LearnNumbers(learned, weights);
        LearnCategories(learned, weights);
        MirrorMean();
        KeepMargin();
        Distribution = new MixedDistribution(_encoding, _numbers, _normal, _categories);
        Remember(ranked[0].Loss);
    }

    // Failed draws take no part; the middle stands for a parameter that was active in none of the good ones.
    private static double Start((double[] Point, double Loss, bool IsOwn)[] startup, double[] weights, int axis)
    {
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < startup.Length; i++)
        {
            if (weights[i] > 0 && double.IsFinite(startup[i].Loss) && !double.IsNaN(startup[i].Point[axis]))
            {
                (sum, total) = (sum + (weights[i] * startup[i].Point[axis]), total + weights[i]);
            }
        }

        return total > 0 ? sum / total : 0.5;
    }

    private (double[] Point, double Loss, bool IsOwn)[] Best((double[] Point, double Loss, bool IsOwn)[] results) =>
        [.. results.Where(result => double.IsFinite(result.Loss)).OrderBy(result => result.Loss).Take(_elites)];

    private void LearnNumbers((double[] Point, double Loss, bool IsOwn)[] ranked, double[] weights)
    {
        if (_normal is null)
        {
            return;
        }

        int[] unused = _encoding.HasConditions ? Unused(ranked, weights) : [];
        var before = Array.ConvertAll(unused, i => (Mean: _normal.Mean[i], Deviation: _normal.Deviation(i)));
        _normal.Update(Array.ConvertAll(ranked, Step), weights);
        for (var i = 0; i < unused.Length; i++)
        {
            var deviation = Math.Max(before[i].Deviation, Math.Min(UniformDeviation, before[i].Deviation * Forgetting));
            _normal.Mean[unused[i]] = before[i].Mean;
            _normal.Scales[unused[i]] *= deviation / _normal.Deviation(unused[i]);
        }
    }

    // The numbers that were active in no good result of a generation, by their place in the normal distribution.
    private int[] Unused((double[] Point, double Loss, bool IsOwn)[] ranked, double[] weights)
    {
        var used = new bool[_encoding.Dimensions];
        var active = new bool[_encoding.Dimensions];
        foreach (var (result, weight) in ranked.Zip(weights))
        {
            _encoding.FindActive(result.Point, active);
            for (var i = 0; weight > 0 && i < used.Length; i++)
            {
                used[i] |= active[i];
            }
        }

        return [.. Enumerable.Range(0, _numbers.Length).Where(i => !used[_numbers[i]])];
    }

    // A place that the distribution did not draw may be far outside of it; its step is shortened to what the distribution could have
    // drawn, as Hansen, "Injecting External Solutions Into CMA-ES", 2011, arXiv:1110.4181, equation 4.
    private double[] Step((double[] Point, double Loss, bool IsOwn) result)
    {
        var normal = _normal!;
        var n = _numbers.Length;
        var step = new double[n];
        for (var i = 0; i < n; i++)
        {
            var place = result.Point[_numbers[i]];
            step[i] = double.IsNaN(place) ? 0 : (place - normal.Mean[i]) / (normal.StepSize * normal.Scales[i]);
        }

        if (!result.IsOwn)
        {
            var length = normal.Whitened(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense([.. step])).L2Norm();
            var longest = Math.Sqrt(n) + (2.0 * n / (n + 2));
            return length <= longest ? step : Array.ConvertAll(step, value => value * longest / length);
        }

        return step;
    }

    private void LearnCategories((double[] Point, double Loss, bool IsOwn)[] ranked, double[] weights)
    {
        for (var i = 0; i < _categories.Length; i++)
        {
            var axis = i;
            _categories[i] = _categories[i]?.Learn(
                _categoryRate,
                ranked.Zip(weights).Where(r => r.Second > 0 && double.IsFinite(r.First.Loss) && !double.IsNaN(r.First.Point[axis]))
                    .Select(r => ((int)_encoding.Axes[axis].LevelAt(r.First.Point[axis]), r.Second)));
        }
    }

    private void MirrorMean()
    {
        for (var i = 0; i < _numbers.Length; i++)
        {
            _normal!.Mean[i] = UnitInterval.Mirror(_normal.Mean[i]);
        }
    }

    private void KeepMargin()
    {
        for (var i = 0; i < _numbers.Length; i++)
        {
            var axis = _encoding.Axes[_numbers[i]];
            if (axis.Levels <= MostCells)
            {
                var (low, high) = IntegerMargin.Cell(axis, _normal!.Mean[i]);
                var (mean, factor) = IntegerMargin.Correct(
                    _normal.Mean[i], _normal.Deviation(i), low, high, 1.0 / (Population * _numbers.Length));
                _normal.Mean[i] = mean;
                _normal.Scales[i] *= factor;
            }
        }
    }

    private void Remember(double best)
    {
        (_sinceBest, _best) = best < _best ? (0, best) : (_sinceBest + 1, _best);
        _recent.Enqueue(best);
        if (_recent.Count > History)
        {
            _recent.Dequeue();
        }
    }
}
