using System.Globalization;
using System.Runtime.InteropServices;
using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.Models;

namespace SearchCluster.Search.Sampling.Tpe;

/// <summary>Two densities, of the good points and of the others; proposes a draw of the first at which their ratio is large.</summary>
/// <remarks>
/// The ratio grows with the expected improvement (Bergstra et al. 2011, section 4). Greedy maximisation of it is known to settle on one
/// mode early, so the number of draws among which the best wins varies from suggestion to suggestion: log-uniform between the root of
/// <see cref="TpeOptions.Candidates"/> and all of them. A share <see cref="TpeOptions.Explore"/> of the suggestions explores: with a
/// categorical parameter, one of them is set to an item drawn evenly, and the rest is chosen for that item; without one, the first draw
/// is taken. With one density for all parameters the ratio is that of whole configurations; else each parameter gets its best value by
/// itself, and nothing is explored beyond that.
/// Buffers are kept between calls, so it serves one caller at a time. A proposal costs O((n + candidates × n) × dimensions), n at most
/// <see cref="GoodAndOther.MaximumOther"/> and the pending ones.
/// </remarks>
internal sealed class TpeModel
{
    // A parameter at a time can end at a forbidden or known configuration; another set of draws may not.
    private const int AttemptsByParameter = 20;

    private readonly SpaceEncoding _encoding;
    private readonly TpeOptions _options;
    private readonly GoodAndOther _split;
    private readonly DensityPair[] _pairs;
    private readonly double[] _place;
    private readonly int[] _categorical;

    public TpeModel(SpaceEncoding encoding, TpeOptions options)
    {
        (_encoding, _options, _split, _place) = (encoding, options, new(options), new double[encoding.Dimensions]);
        var all = Enumerable.Range(0, encoding.Dimensions).ToArray();
        _categorical = [.. all.Where(column => encoding.Axes[column] is { Kind: AxisKind.Categorical, Levels: > 1 })];
        _pairs = options.Multivariate
            ? [new(encoding, all, options)]
            : [.. all.Select(column => new DensityPair(encoding, [column], options))];
    }

    /// <summary>Learns from points and proposes a new one.</summary>
    /// <param name="ranked">The points of known loss, at least one of them finite.</param>
    /// <param name="pending">Points whose loss is not known yet.</param>
    /// <param name="stream">Random numbers of the trial.</param>
    /// <param name="taken">Points that must not be proposed again.</param>
    /// <returns>A proposal; null when nothing that was considered is allowed and new.</returns>
    public PointProposal? Propose(RankedPoints ranked, IReadOnlyList<double[]> pending, RandomStream stream, TakenPoints taken)
    {
        _split.Split(ranked, pending);
        foreach (var pair in _pairs)
        {
            pair.Fit(_split);
        }

        var point = new double[_encoding.Dimensions];
        var ratio = _options.Multivariate ? ProposeJointly(stream, taken, point) : ProposeByParameter(stream, taken, point);
        return ratio is not { } found ? null : new(point, string.Create(
            CultureInfo.InvariantCulture,
            $"density ratio {Math.Exp(found):G3} of good to other trials, {_split.Good.Count} good of {ranked.Count}, {pending.Count} "
                + $"pending"));
    }

    private double? ProposeJointly(RandomStream stream, TakenPoints taken, double[] best)
    {
        var (explored, item, most) = DrawExploration(stream);
        double? found = null;
        for (var left = Math.Min(most, DrawCandidates(stream)); left > 0; left--)
        {
            _pairs[0].Draw(stream, _place);
            if (explored is { } axis)
            {
                _place[axis] = item;
            }

            if (_encoding.IsForbidden(_place))
            {
                continue;
            }

            _encoding.Snap(_place);
            var ratio = _pairs[0].LogRatio(_place);
            if (!(ratio <= found) && !taken.Contains(_place))
            {
                found = ratio;
                _place.CopyTo(best, 0);
            }
        }

        return found;
    }

    private (int? Axis, double Item, int MostCandidates) DrawExploration(RandomStream stream) =>
        stream.NextDouble() >= _options.Explore ? (null, 0, int.MaxValue)
        : _categorical.Length == 0 ? (null, 0, 1)
        : (_categorical[(int)stream.NextBelow((ulong)_categorical.Length)], stream.NextDouble(), int.MaxValue);

    private double? ProposeByParameter(RandomStream stream, TakenPoints taken, double[] best)
    {
        for (var attempt = 0; attempt < AttemptsByParameter; attempt++)
        {
            var total = 0.0;
            for (var column = 0; column < _pairs.Length; column++)
            {
                total += ProposeValue(stream, column, best);
            }

            if (_encoding.IsForbidden(best))
            {
                continue;
            }

            _encoding.Snap(best);
            if (!taken.Contains(best))
            {
                return total;
            }
        }

        return null;
    }

    private double ProposeValue(RandomStream stream, int column, double[] best)
    {
        var found = double.NegativeInfinity;
        for (var left = DrawCandidates(stream); left > 0; left--)
        {
            _pairs[column].Draw(stream, _place);
            _place[column] = _encoding.Axes[column].Snap(_place[column]);
            var ratio = _pairs[column].LogRatio(_place);
            if (ratio > found)
            {
                (found, best[column]) = (ratio, _place[column]);
            }
        }

        return found;
    }

    private int DrawCandidates(RandomStream stream) =>
        (int)Math.Ceiling(Math.Pow(_options.Candidates, 0.5 + (0.5 * stream.NextDouble())));

    /// <summary>The densities of one parameter, or of all together.</summary>
    private sealed class DensityPair(SpaceEncoding encoding, int[] columns, TpeOptions options)
    {
        private readonly ParzenEstimator _good = new(encoding, columns);
        private readonly ParzenEstimator _other = new(encoding, columns);
        private readonly double[] _bandwidths = new double[columns.Length];
        private readonly List<double[]> _points = [];
        private readonly List<double> _weights = [];

        public void Fit(GoodAndOther split)
        {
            Take(split.Good, split.GoodWeights);
            for (var i = 0; i < columns.Length; i++)
            {
                _bandwidths[i] = Bandwidths.OfGood(encoding.Axes[columns[i]], columns[i], columns.Length, _points, _weights);
            }

            Fit(_good);
            Take(split.Other, null);
            for (var i = 0; i < columns.Length; i++)
            {
                _bandwidths[i] = Bandwidths.OfOther(encoding.Axes[columns[i]], columns[i], columns.Length, _points);
            }

            Fit(_other);
        }

        public void Draw(RandomStream stream, double[] place) => _good.Draw(stream, place);

        public double LogRatio(double[] place) => _good.LogDensity(place) - _other.LogDensity(place);

        private void Fit(ParzenEstimator estimator) =>
            estimator.Fit(CollectionsMarshal.AsSpan(_points), CollectionsMarshal.AsSpan(_weights), options.PriorWeight, _bandwidths);

        // A parameter by itself learns from the trials that have it; together, the others count as draws of its prior.
        private void Take(List<double[]> points, List<double>? weights)
        {
            _points.Clear();
            _weights.Clear();
            for (var i = 0; i < points.Count; i++)
            {
                if (columns.Length > 1 || !double.IsNaN(points[i][columns[0]]))
                {
                    _points.Add(points[i]);
                    _weights.Add(weights is null ? 1 : weights[i]);
                }
            }
        }
    }
}
