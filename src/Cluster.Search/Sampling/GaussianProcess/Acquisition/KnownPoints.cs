using SearchCluster.Search.Encoding;
using SearchCluster.Search.Sampling.Models;

namespace SearchCluster.Search.Sampling.GaussianProcess.Acquisition;

/// <summary>Which configurations were evaluated or are pending, so that none is proposed twice.</summary>
internal sealed class KnownPoints
{
    private readonly PointSet _observed = new();
    private readonly PointSet _pending = new();
    private int _counted;

    /// <summary>How many configurations are known.</summary>
    public int Count => _observed.Count + _pending.Points.Count(point => !_observed.Contains(point));

    /// <summary>Adds what became known.</summary>
    /// <param name="observations">The same ones, at the same time or later.</param>
    public void Update(Observations observations)
    {
        for (; _counted < observations.Count; _counted++)
        {
            _observed.Add(observations.Point(_counted));
        }

        _pending.Clear();
        foreach (var point in observations.Pending)
        {
            AddPending(point);
        }
    }

    /// <summary>Makes it know these points and no others.</summary>
    /// <param name="observed">Points of trials that are over, snapped.</param>
    /// <param name="pending">Points of pending ones.</param>
    public void Set(IEnumerable<double[]> observed, IEnumerable<double[]> pending)
    {
        _observed.Clear();
        _pending.Clear();
        foreach (var point in observed)
        {
            _observed.Add(point);
        }

        foreach (var point in pending)
        {
            AddPending(point);
        }
    }

    /// <summary>Adds a pending point.</summary>
    /// <param name="point">Snapped.</param>
    public void AddPending(ReadOnlySpan<double> point) => _pending.Add(point);

    /// <summary>Tells whether a configuration is known.</summary>
    /// <param name="point">Snapped.</param>
    /// <returns>True when it was evaluated or is pending.</returns>
    public bool Contains(ReadOnlySpan<double> point) => _observed.Contains(point) || _pending.Contains(point);

    /// <summary>Tells whether a configuration lies so near a pending one that its result would tell the same.</summary>
    /// <param name="axes">The axes of the space.</param>
    /// <param name="point">Snapped.</param>
    /// <returns>True when it differs only in real numbers, and in each by at most
    /// <see cref="GaussianProcessDefaults.PendingResolution"/>.</returns>
    public bool IsBesidePending(ImmutableArray<Axis> axes, ReadOnlySpan<double> point)
    {
        foreach (var pending in _pending.Points)
        {
            var i = 0;
            while (i < point.Length && IsSame(axes[i], pending[i], point[i]))
            {
                i++;
            }

            if (i == point.Length)
            {
                return true;
            }
        }

        return false;
    }

    // An inactive parameter (NaN) equals itself only.
    private static bool IsSame(Axis axis, double a, double b) =>
        a.Equals(b) || (double.IsInfinity(axis.Levels) && Math.Abs(a - b) <= GaussianProcessDefaults.PendingResolution);
}
