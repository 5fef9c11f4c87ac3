using SearchCluster.Search.Encoding;
using SearchCluster.Search.Numerics;
using SearchCluster.Search.Sampling.GaussianProcess.Kernels;
using SearchCluster.Search.Sampling.GaussianProcess.Prediction;

namespace SearchCluster.Search.Sampling.GaussianProcess.Acquisition;

/// <summary>Finds the configuration with the largest log expected improvement.</summary>
/// <remarks>
/// Candidates are drawn everywhere and around the best observations; from the most promising of them continuous steps
/// (<see cref="BoxMinimizer"/>) alternate with moves on the countable axes until neither helps. Whole numbers with many values take part in
/// the continuous steps and are snapped after them. Only snapped, allowed and new configurations are ever returned, and none beside a
/// pending one (<see cref="KnownPoints.IsBesidePending"/>).
/// Source: the alternation follows Wan et al., "Think Global and Act Local", ICML 2021.
/// </remarks>
internal sealed class AcquisitionSearch
{
    private const int LocalCentres = 5;
    private const int MovePasses = 3;
    private const double FirstStep = 0.05;

    // Late in a search all of the best candidates surround one point: climbs must start elsewhere too.
    private const double StartDistance = 0.15;
    private const double LeastGain = 1e-9;

    // In log EI: a thousandth of the improvement expected does not decide whether to go on, but an end is found more exactly.
    private const double RoundGain = 1e-3;
    private const double Tolerance = 1e-5;
    private readonly SpaceEncoding _encoding;
    private readonly FeatureMap _map;
    private readonly Posterior _posterior;
    private readonly KnownPoints _known;
    private readonly RandomStream _stream;
    private readonly SearchBox _box;
    private readonly AcquisitionEffort _effort;
    private readonly double[] _snapped;
    private readonly double[] _gradient;
    private readonly BoxMinimizer _minimizer;
    private readonly int[] _relaxed;

    public AcquisitionSearch(
        SpaceEncoding encoding, FeatureMap map, Posterior posterior, KnownPoints known, RandomStream stream, SearchBox box)
    {
        _box = box;
        (_encoding, _map, _posterior, _known, _stream) = (encoding, map, posterior, known, stream);
        _effort = AcquisitionEffort.For(posterior.Count, map.Count);
        (_snapped, _gradient) = (new double[encoding.Dimensions], new double[map.Count]);
        _relaxed = [.. Enumerable.Range(0, encoding.Dimensions).Where(i => Neighbourhood.IsRelaxed(encoding.Axes[i]))];
        _minimizer = new BoxMinimizer([.. _relaxed.Select(i => box.Lower[i])], [.. _relaxed.Select(i => box.Upper[i])]);
    }

    /// <summary>Searches.</summary>
    /// <param name="best">The best observed points, best first; NaN for inactive parameters.</param>
    /// <returns>The largest log expected improvement, and where; null when every point met was known.</returns>
    public (double Value, double[]? Point) Find(IReadOnlyList<double[]> best)
    {
        var candidates = new List<(double Value, double[] Point)>();
        for (var i = 0; i < _effort.Candidates; i++)
        {
            var point = Draw(i, best);
            candidates.Add((Value(point), point));
        }

        candidates.Sort((a, b) => b.Value.CompareTo(a.Value));
        var ends = Starts(candidates).Select(Climb).Concat(candidates.Take(1)).OrderByDescending(end => end.Value).ToList();
        if (!double.IsFinite(ends[0].Value))
        {
            return (ends[0].Value, null);
        }

        var found = ends[0].Point.ToArray();
        _encoding.Snap(found);
        return (ends[0].Value, found);
    }

    private double[] Draw(int index, IReadOnlyList<double[]> best)
    {
        if (index % 2 == 0 || best.Count == 0)
        {
            var anywhere = CandidateMoves.Anywhere(_encoding, _stream);
            _box.Shrink(anywhere);
            return anywhere;
        }

        var near = CandidateMoves.Near(_encoding, best[(index / 2) % Math.Min(best.Count, LocalCentres)], _stream);
        _box.Clamp(near);
        return near;
    }

    // The best candidates that do not lie next to a better one.
    private List<(double Value, double[] Point)> Starts(List<(double Value, double[] Point)> candidates)
    {
        var starts = new List<(double Value, double[] Point)>();
        foreach (var candidate in candidates.Where(c => double.IsFinite(c.Value)))
        {
            if (starts.TrueForAll(start => CandidateMoves.Distance(_encoding, start.Point, candidate.Point) > StartDistance))
            {
                starts.Add(candidate);
            }

            if (starts.Count == _effort.Starts)
            {
                break;
            }
        }

        return starts;
    }

    private (double Value, double[] Point) Climb((double Value, double[] Point) start)
    {
        var (value, point) = (start.Value, start.Point.ToArray());
        for (var round = 0; round < _effort.Rounds; round++)
        {
            var before = value;
            value = Continuous(point, value);
            value = Moves(point, value);
            if (value - before < RoundGain || _relaxed.Length == 0)
            {
                break;
            }
        }

        return (value, point);
    }

    private double Continuous(double[] point, double value)
    {
        if (_relaxed.Length == 0)
        {
            return value;
        }

        var moved = point.ToArray();
        var x = Array.ConvertAll(_relaxed, i => Math.Clamp(moved[i], _box.Lower[i], _box.Upper[i]));
        _minimizer.Minimize(Descend, x, _effort.Iterations, FirstStep, Tolerance);
        Place(x);
        var reached = Value(moved);
        if (reached <= value)
        {
            return value;
        }

        moved.CopyTo(point, 0);
        return reached;

        void Place(ReadOnlySpan<double> places)
        {
            for (var i = 0; i < _relaxed.Length; i++)
            {
                moved[_relaxed[i]] = places[i];
            }
        }

        double Descend(ReadOnlySpan<double> places, Span<double> gradient)
        {
            Place(places);
            moved.CopyTo(_snapped, 0);
            _encoding.Snap(_snapped);
            for (var i = 0; i < _relaxed.Length; i++)
            {
                _snapped[_relaxed[i]] = double.IsNaN(_snapped[_relaxed[i]]) ? double.NaN : places[i];
            }

            var result = _posterior.LogImprovement(_snapped, _gradient);
            for (var i = 0; i < _relaxed.Length; i++)
            {
                var feature = _map.FeatureOfAxis[_relaxed[i]];
                gradient[i] = double.IsNaN(_snapped[_relaxed[i]]) || feature < 0 ? 0 : -_gradient[feature];
            }

            return -result;
        }
    }

    private double Moves(double[] point, double value)
    {
        var active = new bool[point.Length];
        var improved = true;
        for (var pass = 0; pass < MovePasses && improved; pass++)
        {
            improved = false;
            _encoding.FindActive(point, active);
            for (var axis = 0; axis < point.Length; axis++)
            {
                if (!active[axis])
                {
                    continue;
                }

                var stay = point[axis];
                var (bestPlace, bestValue) = (stay, value);
                foreach (var place in Neighbourhood.Of(_encoding.Axes[axis], stay))
                {
                    point[axis] = place;
                    var there = Value(point);
                    if (there > bestValue + LeastGain)
                    {
                        (bestPlace, bestValue, improved) = (place, there, true);
                    }
                }

                (point[axis], value) = (bestPlace, bestValue);
            }
        }

        return value;
    }

    private double Value(double[] point)
    {
        point.CopyTo(_snapped, 0);
        var isNew = Unexplored.IsNew(_encoding, _known, _snapped) && !_known.IsBesidePending(_encoding.Axes, _snapped);
        return isNew ? _posterior.LogImprovement(_snapped) : double.NegativeInfinity;
    }
}
