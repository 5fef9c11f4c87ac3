using SearchCluster.Search.Encoding;
using SearchCluster.Search.Numerics;

namespace SearchCluster.Search.Sampling.Tpe;

/// <summary>The kernels of one axis.</summary>
/// <remarks>
/// Normal distributions truncated to the unit interval, on a countable axis summed over each cell; on a categorical axis mixtures of one
/// item with all of them.
/// All kernels of an axis have one bandwidth; the prior is a kernel of its own. On a countable axis with at most
/// <see cref="MaximumTable"/> values the mass of each cell is tabulated; with more of them a cell is so narrow that the density in its
/// middle stands for it.
/// </remarks>
internal sealed class KernelAxis(Axis axis)
{
    public const int MaximumTable = 32;
    public const double PriorMean = 0.5;
    public const double PriorDeviation = 1;
    private const double LeastDifference = 1e-6;
    private const double LogRootTwoPi = 0.91893853320467274178;

    private readonly int _levels = axis.Levels <= MaximumTable ? (int)axis.Levels : 0;
    private double[] _table = [];

    /// <summary>Logarithm of the factor that makes the prior a density.</summary>
    public static double PriorLogNorm { get; } =
        Math.Log(PriorDeviation * TruncatedNormal.Mass(-PriorMean / PriorDeviation, (1 - PriorMean) / PriorDeviation)) + LogRootTwoPi;

    /// <summary>True when kernels are a table of numbered values rather than densities.</summary>
    public bool IsTable => _levels > 0;

    /// <summary>Number of the prior among the kernels of a table.</summary>
    public int PriorLevel => _levels;

    /// <summary>Deviation of the kernels before they are truncated; on a categorical axis the share that is
    /// spread over all items.</summary>
    public double Bandwidth { get; private set; } = double.NaN;

    /// <summary>Number of the value at a place of a table.</summary>
    public int LevelOf(double unit) => (int)axis.LevelAt(unit);

    /// <summary>Logarithms of the masses of one value under the kernel of each value and the prior.</summary>
    public ReadOnlySpan<double> Row(int level) => _table.AsSpan(level * (_levels + 1), _levels + 1);

    /// <summary>Logarithm of the factor by which a kernel is divided to be a density.</summary>
    public double LogNorm(double mean) =>
        Math.Log(Bandwidth * TruncatedNormal.Mass(-mean / Bandwidth, (1 - mean) / Bandwidth)) + LogRootTwoPi;

    /// <summary>Sets the bandwidth.</summary>
    public void Set(double bandwidth)
    {
        if (Bandwidth != bandwidth)
        {
            Bandwidth = bandwidth;
            if (IsTable)
            {
                FillTable();
            }
        }
    }

    /// <summary>Draws a place from the kernel at a place, or from the prior where that is NaN.</summary>
    public double Draw(double mean, RandomStream stream)
    {
        if (axis.Kind == AxisKind.Categorical)
        {
            return double.IsNaN(mean) || stream.NextDouble() < Bandwidth ? stream.NextDouble() : mean;
        }

        return double.IsNaN(mean)
            ? TruncatedNormal.UnitQuantile(stream.NextDouble(), PriorMean, PriorDeviation)
            : TruncatedNormal.UnitQuantile(stream.NextDouble(), mean, Bandwidth);
    }

    private void FillTable()
    {
        _table = _table.Length > 0 ? _table : new double[_levels * (_levels + 1)];
        if (axis.Kind == AxisKind.Categorical)
        {
            Array.Fill(_table, Math.Log(Bandwidth / _levels));
            for (var level = 0; level < _levels; level++)
            {
                At(level, level) = Math.Log(1 - Bandwidth + (Bandwidth / _levels));
                At(level, PriorLevel) = -Math.Log(_levels);
            }

            return;
        }

        FillKernel(PriorLevel, PriorMean, PriorDeviation);
        for (var mean = 0; mean < _levels; mean++)
        {
            FillKernel(mean, axis.MiddleOf(mean), Bandwidth);
        }
    }

    // Neighbouring cells share an edge, so one value of the distribution function for each cell is enough, except far out.
    private void FillKernel(int kernel, double mean, double deviation)
    {
        var logInside = Math.Log(TruncatedNormal.Mass(-mean / deviation, (1 - mean) / deviation));
        var (edge, below) = (-mean / deviation, TruncatedNormal.Cdf(-mean / deviation));
        for (var level = 0; level < _levels; level++)
        {
            var next = (axis.LowerEdgeOf(level + 1) - mean) / deviation;
            var belowNext = TruncatedNormal.Cdf(next);
            var mass = belowNext - below;
            At(level, kernel) = (mass > LeastDifference ? Math.Log(mass) : TruncatedNormal.LogMass(edge, next)) - logInside;
            (edge, below) = (next, belowNext);
        }
    }

    private ref double At(int level, int kernel) => ref _table[(level * (_levels + 1)) + kernel];
}
