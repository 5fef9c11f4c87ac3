namespace SearchCluster.Search.Analysis.Forests;

/// <summary>A random forest over the finished trials of a search: it predicts the loss of any configuration.</summary>
/// <remarks>
/// Each tree is grown from a resample of its own; what a tree has not seen measures how well the forest predicts. The same sample,
/// options and seed give the same forest. Cost: O(trees d n log² n).
/// </remarks>
public sealed class RandomForest
{
    private RandomForest(AnalysisSample sample, ImmutableArray<RegressionTree> trees, double? explained) =>
        (Sample, Trees, ExplainedShare) = (sample, trees, explained);

    /// <summary>What it learned from.</summary>
    public AnalysisSample Sample { get; }

    /// <summary>
    /// Share of the variance of the losses that the forest explains for trials that a tree has not seen (R² out of bag): 1 is perfect,
    /// 0 is no better than the mean. Null when nothing was left out.
    /// </summary>
    public double? ExplainedShare { get; }

    internal ImmutableArray<RegressionTree> Trees { get; }

    /// <summary>Grows a forest.</summary>
    /// <param name="sample">What it learns from.</param>
    /// <param name="options">How it is grown.</param>
    /// <param name="seed">Seed of its resamples, usually the search's.</param>
    public static RandomForest Fit(AnalysisSample sample, RandomForestOptions options, ulong seed)
    {
        var trees = ImmutableArray.CreateBuilder<RegressionTree>(options.Trees);
        var left = new OutOfBag(sample);
        for (var number = 0; number < options.Trees; number++)
        {
            var random = SeedSequence.Stream(seed, StreamPurpose.Bootstrap, number);
            var rows = Rows(sample.Count, options, random);
            var seen = rows.ToHashSet();
            var tree = new TreeGrower(sample, options, random).Grow(rows);
            left.Add(tree, seen);
            trees.Add(tree);
        }

        return new(sample, trees.MoveToImmutable(), left.ExplainedShare());
    }

    /// <summary>Wraps trees that were made by hand.</summary>
    internal static RandomForest Of(AnalysisSample sample, params ReadOnlySpan<RegressionTree> trees) => new(sample, [.. trees], null);

    /// <summary>Predicts at a point.</summary>
    /// <param name="point">One coordinate for each axis of the space, from 0 to 1; none is NaN.</param>
    /// <returns>The mean over the trees, and their standard deviation.</returns>
    public (double Mean, double Spread) Predict(ReadOnlySpan<double> point)
    {
        var predictions = new double[Trees.Length];
        for (var i = 0; i < predictions.Length; i++)
        {
            predictions[i] = Trees[i].Predict(point);
        }

        return Moments.Of(predictions);
    }

    private static int[] Rows(int count, RandomForestOptions options, RandomStream random)
    {
        var rows = new int[Math.Min(count, options.MostObservations)];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = options.Resamples ? (int)random.NextBelow((ulong)count) : i;
        }

        return rows;
    }

    /// <summary>Predictions for what a tree has not seen.</summary>
    private sealed class OutOfBag(AnalysisSample sample)
    {
        private readonly double[] _sums = new double[sample.Count];
        private readonly int[] _counts = new int[sample.Count];

        public void Add(RegressionTree tree, HashSet<int> seen)
        {
            for (var row = 0; row < _sums.Length; row++)
            {
                if (!seen.Contains(row))
                {
                    _sums[row] += tree.Predict(sample.Filled(row));
                    _counts[row]++;
                }
            }
        }

        public double? ExplainedShare()
        {
            var rows = Enumerable.Range(0, sample.Count).Where(row => _counts[row] > 0).ToArray();
            if (rows.Length == 0)
            {
                return null;
            }

            var mean = rows.Average(row => sample.Losses[row]);
            var unit = rows.Max(row => Math.Abs(sample.Losses[row] - mean));
            var variance = rows.Sum(row => Square((sample.Losses[row] - mean) / unit));
            var error = rows.Sum(row => Square((sample.Losses[row] - (_sums[row] / _counts[row])) / unit));
            return variance > 0 ? 1 - (error / variance) : null;
        }

        private static double Square(double value) => value * value;
    }
}
