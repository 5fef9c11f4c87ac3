using System.Numerics;
using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.Tpe;

/// <summary>A density over the unit cube: a weighted sum of products of one kernel for each axis, and of the prior.</summary>
/// <remarks>
/// A component whose point lacks a parameter has the prior as its kernel on that axis; an axis that is NaN at the place asked for takes
/// no part. So conditional parameters are modelled jointly with the ones they depend on, each by the points that have it. Components are
/// the columns of an array for each axis, evaluated with <see cref="Vector{T}"/>: O(components × axes) for a place.
/// </remarks>
internal sealed class ParzenEstimator
{
    private static readonly int Lanes = Vector<double>.Count;
    private static readonly double RootHalf = Math.Sqrt(0.5);
    private static readonly double PriorScale = RootHalf / KernelAxis.PriorDeviation;

    private readonly KernelAxis[] _axes;
    private readonly int[] _columns;
    private readonly bool[] _isConditional;
    private readonly double[][] _means;
    private readonly double[][] _scales;
    private readonly double[][] _norms;
    private readonly int[][] _levels;
    private double[] _constants = [];
    private double[] _terms = [];
    private double[] _cumulative = [];
    private int _count;
    private int _padded;

    /// <summary>Prepares a density of some parameters.</summary>
    /// <param name="encoding">The space.</param>
    /// <param name="columns">Which coordinates of a point it reads.</param>
    public ParzenEstimator(SpaceEncoding encoding, int[] columns)
    {
        _columns = columns;
        _axes = [.. columns.Select(column => new KernelAxis(encoding.Axes[column]))];
        _isConditional = [.. columns.Select(encoding.IsConditional)];
        (_means, _scales, _norms, _levels) = (
            new double[columns.Length][], new double[columns.Length][], new double[columns.Length][], new int[columns.Length][]);
    }

    /// <summary>Sets the components: one for each point, and the prior.</summary>
    /// <param name="points">Encoded points.</param>
    /// <param name="weights">Their weights, above 0.</param>
    /// <param name="priorWeight">Weight of the prior, above 0.</param>
    /// <param name="bandwidths">Width of the kernels of each parameter.</param>
    public void Fit(ReadOnlySpan<double[]> points, ReadOnlySpan<double> weights, double priorWeight, ReadOnlySpan<double> bandwidths)
    {
        _count = points.Length + 1;
        _padded = (_count + Lanes - 1) / Lanes * Lanes;
        Grow();
        SetWeights(weights, priorWeight);
        for (var axis = 0; axis < _axes.Length; axis++)
        {
            _axes[axis].Set(bandwidths[axis]);
            if (_axes[axis].IsTable)
            {
                for (var i = 0; i < _count; i++)
                {
                    var place = i < points.Length ? points[i][_columns[axis]] : double.NaN;
                    _levels[axis][i] = double.IsNaN(place) ? _axes[axis].PriorLevel : _axes[axis].LevelOf(place);
                    _means[axis][i] = place;
                }
            }
            else
            {
                SetDensities(axis, points);
            }
        }
    }

    /// <summary>Computes the logarithm of the density.</summary>
    /// <param name="place">A point of the whole space; NaN for parameters that take no part.</param>
    /// <returns>The logarithm; on a countable axis of probability, else of density.</returns>
    public double LogDensity(ReadOnlySpan<double> place)
    {
        _constants.AsSpan(0, _padded).CopyTo(_terms);
        for (var axis = 0; axis < _axes.Length; axis++)
        {
            if (double.IsNaN(place[_columns[axis]]))
            {
                continue;
            }

            if (_axes[axis].IsTable)
            {
                var row = _axes[axis].Row(_axes[axis].LevelOf(place[_columns[axis]]));
                var levels = _levels[axis];
                for (var i = 0; i < _count; i++)
                {
                    _terms[i] += row[levels[i]];
                }
            }
            else
            {
                AddDensities(axis, place[_columns[axis]]);
            }
        }

        return LogSumOfTerms();
    }

    /// <summary>Draws a place.</summary>
    /// <param name="stream">Random numbers.</param>
    /// <param name="place">A point of the whole space, of which its own coordinates are set.</param>
    public void Draw(RandomStream stream, Span<double> place)
    {
        var u = stream.NextDouble() * _cumulative[_count - 1];
        var component = Array.BinarySearch(_cumulative, 0, _count, u);
        component = Math.Min(component < 0 ? ~component : component + 1, _count - 1);
        for (var axis = 0; axis < _axes.Length; axis++)
        {
            place[_columns[axis]] = _axes[axis].Draw(IsPrior(axis, component) ? double.NaN : _means[axis][component], stream);
        }
    }

    // A kernel that happens to equal the prior may count as the prior.
    private bool IsPrior(int axis, int component) => _axes[axis].IsTable
        ? _levels[axis][component] == _axes[axis].PriorLevel
        : _means[axis][component] == KernelAxis.PriorMean && _scales[axis][component] == PriorScale;

    private void SetDensities(int axis, ReadOnlySpan<double[]> points)
    {
        var scale = RootHalf / _axes[axis].Bandwidth;
        var (means, scales, norms) = (_means[axis], _scales[axis], _norms[axis]);
        for (var i = 0; i < _count; i++)
        {
            var place = i < points.Length ? points[i][_columns[axis]] : double.NaN;
            (means[i], scales[i], norms[i]) = double.IsNaN(place)
                ? (KernelAxis.PriorMean, PriorScale, KernelAxis.PriorLogNorm)
                : (place, scale, _axes[axis].LogNorm(place));
            if (!_isConditional[axis])
            {
                _constants[i] -= norms[i];
            }
        }
    }

    private void AddDensities(int axis, double place)
    {
        var (means, scales, norms) = (_means[axis], _scales[axis], _norms[axis]);
        var x = new Vector<double>(place);
        for (var i = 0; i < _padded; i += Lanes)
        {
            var deviation = (x - new Vector<double>(means, i)) * new Vector<double>(scales, i);
            var term = new Vector<double>(_terms, i) - (deviation * deviation);
            (_isConditional[axis] ? term - new Vector<double>(norms, i) : term).CopyTo(_terms, i);
        }
    }

    private double LogSumOfTerms()
    {
        var largest = new Vector<double>(double.NegativeInfinity);
        for (var i = 0; i < _padded; i += Lanes)
        {
            largest = Vector.Max(largest, new Vector<double>(_terms, i));
        }

        var top = double.NegativeInfinity;
        for (var lane = 0; lane < Lanes; lane++)
        {
            top = Math.Max(top, largest[lane]);
        }

        var sum = Vector<double>.Zero;
        var offset = new Vector<double>(top);
        for (var i = 0; i < _padded; i += Lanes)
        {
            sum += Vector.Exp(new Vector<double>(_terms, i) - offset);
        }

        return top + Math.Log(Vector.Sum(sum));
    }

    private void SetWeights(ReadOnlySpan<double> weights, double priorWeight)
    {
        var total = priorWeight;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var cumulative = 0.0;
        for (var i = 0; i < _count; i++)
        {
            var weight = (i < weights.Length ? weights[i] : priorWeight) / total;
            _constants[i] = Math.Log(weight);
            _cumulative[i] = cumulative += weight;
        }

        _constants.AsSpan(_count, _padded - _count).Fill(double.NegativeInfinity);
    }

    private void Grow()
    {
        if (_constants.Length >= _padded)
        {
            return;
        }

        var size = Math.Max(_padded, 2 * _constants.Length);
        (_constants, _terms, _cumulative) = (new double[size], new double[size], new double[size]);
        for (var axis = 0; axis < _axes.Length; axis++)
        {
            _means[axis] = new double[size];
            if (_axes[axis].IsTable)
            {
                _levels[axis] = new int[size];
            }
            else
            {
                (_scales[axis], _norms[axis]) = (new double[size], new double[size]);
            }
        }
    }
}
