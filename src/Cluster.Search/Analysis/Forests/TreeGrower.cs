using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Analysis.Forests;

/// <summary>Grows one regression tree: each split is the one that lowers the sum of squared errors most, among
/// some axes chosen at random.</summary>
/// <remarks>
/// Source: Breiman, "Random Forests", Machine Learning 45, 2001; splits of an axis without order by sorting its levels by their mean
/// (Breiman et al., "Classification and Regression Trees", 1984, section 4.2.2), which is optimal for squared errors.
/// Cost: O(d n log n) for each level of the tree.
/// </remarks>
/// <param name="sample">What it is grown from.</param>
/// <param name="options">How.</param>
/// <param name="random">Chooses the axes.</param>
internal sealed class TreeGrower(AnalysisSample sample, RandomForestOptions options, RandomStream random)
{
    private readonly List<TreeNode> _nodes = [];

    // Gains are compared only, so they may be in any unit; in this one squares of huge losses do not overflow.
    private readonly double _unit = sample.Losses.ToArray().Max(Math.Abs);
    private readonly int[] _axes = [.. Enumerable.Range(0, sample.Encoding.Dimensions)];

    /// <summary>Grows the tree.</summary>
    /// <param name="rows">Indices into the sample, repeated ones allowed; sorted in place.</param>
    public RegressionTree Grow(int[] rows)
    {
        var open = new Stack<(int Node, int Start, int Length)>();
        _nodes.Add(default);
        open.Push((0, 0, rows.Length));
        while (open.TryPop(out var next))
        {
            var part = rows.AsSpan(next.Start, next.Length);
            var mean = Mean(part);
            if (FindSplit(part, mean) is not { } split)
            {
                _nodes[next.Node] = TreeNode.Leaf(mean);
                continue;
            }

            var lefts = Divide(part, split);
            var (left, right) = (_nodes.Count, _nodes.Count + 1);
            _nodes.Add(default);
            _nodes.Add(default);
            _nodes[next.Node] = new(split.Axis, split.Threshold, split.LeftLevels, left, right, 0);
            open.Push((right, next.Start + lefts, next.Length - lefts));
            open.Push((left, next.Start, lefts));
        }

        return new(sample.Encoding.Axes, _nodes);
    }

    private double Mean(ReadOnlySpan<int> rows)
    {
        var sum = 0.0;
        foreach (var row in rows)
        {
            sum += sample.Losses[row] / rows.Length;
        }

        return sum;
    }

    private Split? FindSplit(ReadOnlySpan<int> rows, double mean)
    {
        if (rows.Length < 2 * options.FewestInLeaf)
        {
            return null;
        }

        random.Shuffle<int>(_axes);
        var tried = (int)Math.Ceiling(options.AxisShare * _axes.Length);
        Split? best = null;
        foreach (var axis in _axes.AsSpan(0, tried))
        {
            var split = sample.Encoding.Axes[axis].Kind == AxisKind.Categorical
                ? SplitLevels(rows, axis, mean)
                : SplitInterval(rows, axis, mean);
            if (split is not null && (best is null || split.Gain > best.Gain))
            {
                best = split;
            }
        }

        return best;
    }

    private Split? SplitInterval(ReadOnlySpan<int> rows, int axis, double mean)
    {
        var places = new double[rows.Length];
        var residuals = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            places[i] = sample.Filled(rows[i])[axis];
            residuals[i] = (sample.Losses[rows[i]] - mean) / _unit;
        }

        Array.Sort(places, residuals);
        Split? best = null;
        var sum = 0.0;
        for (var left = 1; left <= rows.Length - options.FewestInLeaf; left++)
        {
            sum += residuals[left - 1];
            var threshold = places[left - 1] + ((places[left] - places[left - 1]) / 2);
            var gain = Gain(sum, left, rows.Length);

            // Between two neighbouring doubles there is no threshold.
            if (left >= options.FewestInLeaf && threshold > places[left - 1] && gain > (best?.Gain ?? 0))
            {
                best = new(axis, threshold, null, gain);
            }
        }

        return best;
    }

    private Split? SplitLevels(ReadOnlySpan<int> rows, int axis, double mean)
    {
        var counts = new int[(int)sample.Encoding.Axes[axis].Levels];
        var sums = new double[counts.Length];
        foreach (var row in rows)
        {
            var level = (int)sample.Encoding.Axes[axis].LevelAt(sample.Filled(row)[axis]);
            counts[level]++;
            sums[level] += (sample.Losses[row] - mean) / _unit;
        }

        var order = Enumerable.Range(0, counts.Length)
            .Where(level => counts[level] > 0)
            .OrderBy(level => sums[level] / counts[level])
            .ThenBy(level => level)
            .ToArray();
        var (bestGain, bestCut) = (0.0, 0);
        var (count, sum) = (0, 0.0);
        for (var cut = 1; cut < order.Length; cut++)
        {
            count += counts[order[cut - 1]];
            sum += sums[order[cut - 1]];
            var fits = count >= options.FewestInLeaf && rows.Length - count >= options.FewestInLeaf;
            if (fits && Gain(sum, count, rows.Length) is var gain && gain > bestGain)
            {
                (bestGain, bestCut) = (gain, cut);
            }
        }

        return bestCut == 0 ? null : new(axis, 0, LevelsOnTheLeft(counts, order, bestCut), bestGain);
    }

    // Levels without an observation here go with the larger side, as an unknown value would most likely.
    private static bool[] LevelsOnTheLeft(int[] counts, int[] order, int cut)
    {
        var inLeft = order.Take(cut).Sum(level => counts[level]);
        var left = counts.Select(count => count == 0 && 2 * inLeft >= counts.Sum()).ToArray();
        foreach (var level in order.AsSpan(0, cut))
        {
            left[level] = true;
        }

        return left;
    }

    // The residuals sum to 0, so the right side's sum is the negative of the left side's.
    private static double Gain(double leftSum, int left, int count) => leftSum * leftSum * ((1.0 / left) + (1.0 / (count - left)));

    private int Divide(Span<int> rows, Split split)
    {
        var axis = sample.Encoding.Axes[split.Axis];
        var lefts = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var place = sample.Filled(rows[i])[split.Axis];
            if (split.LeftLevels is { } levels ? levels[(int)axis.LevelAt(place)] : place < split.Threshold)
            {
                (rows[lefts], rows[i]) = (rows[i], rows[lefts]);
                lefts++;
            }
        }

        return lefts;
    }

    private sealed record Split(int Axis, double Threshold, bool[]? LeftLevels, double Gain);
}
