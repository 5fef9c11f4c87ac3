using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.Models;

/// <summary>The configurations of a countable space that were suggested already, so that none is tried twice.</summary>
/// <remarks>
/// Where an active axis is continuous, two draws never meet and nothing is compared.
/// </remarks>
internal sealed class TakenPoints
{
    private readonly PointSet _points = new();
    private readonly bool _isCountable;

    public TakenPoints(SpaceEncoding encoding) => _isCountable = encoding.Axes.All(axis => double.IsFinite(axis.Levels));

    /// <summary>Tells whether a point was added.</summary>
    public bool Contains(double[] point) => _isCountable && _points.Contains(point);

    /// <summary>Adds a point.</summary>
    /// <returns>False when it was there before.</returns>
    public bool Add(double[] point) => !_isCountable || _points.Add(point);

    /// <summary>Takes a point out again.</summary>
    public void Remove(double[] point) => _points.Remove(point);
}
