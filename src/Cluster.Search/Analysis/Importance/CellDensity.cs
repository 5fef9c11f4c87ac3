using MathNet.Numerics;
using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Analysis.Importance;

/// <summary>Estimates how values of one parameter are distributed, over at most 50 cells of its axis.</summary>
/// <remarks>
/// Without order: smoothed frequencies. Otherwise a mixture of a normal kernel at each cell's middle, cut off at the ends, with Scott's
/// bandwidth but not less than half a cell. One observation's worth of the prior is mixed in, so that no cell is empty.
/// </remarks>
internal sealed class CellDensity
{
    private const int MostCells = 50;
    private const double ScottFactor = 1.059;
    private const double QuartilesOfNormal = 1.349;

    private readonly Axis _axis;
    private readonly int _cells;
    private readonly bool _isCountable;

    public CellDensity(Axis axis)
    {
        _axis = axis;
        _isCountable = axis.Levels <= MostCells || axis.Kind == AxisKind.Categorical;
        _cells = _isCountable ? (int)axis.Levels : MostCells;
    }

    /// <summary>Estimates the probability of each cell.</summary>
    /// <param name="places">Places on the axis, at least one.</param>
    /// <returns>Positive numbers that sum to 1.</returns>
    public double[] Estimate(IReadOnlyCollection<double> places)
    {
        var counts = new double[_cells];
        foreach (var place in places)
        {
            counts[CellOf(place)]++;
        }

        return _axis.Kind == AxisKind.Categorical
            ? [.. counts.Select(count => (count + (1.0 / _cells)) / (places.Count + 1))]
            : Smooth(counts, places.Count);
    }

    private int CellOf(double place) => _isCountable ? (int)_axis.LevelAt(place) : Math.Clamp((int)(place * _cells), 0, _cells - 1);

    private double[] Smooth(double[] counts, int total)
    {
        var bandwidth = Bandwidth(counts, total);
        var density = Enumerable.Repeat(1.0 / _cells / (total + 1), _cells).ToArray();
        for (var center = 0; center < _cells; center++)
        {
            if (counts[center] == 0)
            {
                continue;
            }

            // Mass below each border of the cells, in units of a cell; the whole axis holds one kernel.
            var (below, above) = (Below(-0.5), Below(_cells - 0.5));
            for (var cell = 0; cell < _cells; cell++)
            {
                density[cell] += counts[center] / (total + 1) * (Below(cell + 0.5) - Below(cell - 0.5)) / (above - below);
            }

            double Below(double border) => (1 + SpecialFunctions.Erf((border - center) / (bandwidth * Constants.Sqrt2))) / 2;
        }

        return density;
    }

    private static double Bandwidth(double[] counts, int total)
    {
        var mean = counts.Select((count, cell) => count * cell).Sum() / total;
        var deviation = Math.Sqrt(counts.Select((count, cell) => count * (cell - mean) * (cell - mean)).Sum() / Math.Max(1, total - 1));
        var quartiles = (Quantile(0.75) - Quantile(0.25)) / QuartilesOfNormal;
        return Math.Max(0.5, ScottFactor * Math.Min(deviation, quartiles > 0 ? quartiles : deviation) * Math.Pow(total, -0.2));

        int Quantile(double share)
        {
            var seen = 0.0;
            for (var cell = 0; cell < counts.Length; cell++)
            {
                seen += counts[cell];
                if (seen >= share * total)
                {
                    return cell;
                }
            }

            return counts.Length - 1;
        }
    }
}
