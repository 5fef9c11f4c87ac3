using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.Models;

/// <summary>The configurations of a countable space that were suggested already, so that none is tried twice.</summary>
/// <remarks>
/// Where an active axis is continuous, two draws never meet and nothing is compared. Points are compared bit by bit: an encoded point lies
/// in the middle of its cells.
/// </remarks>
internal sealed class TakenPoints
{
    private readonly HashSet<double[]> _points = new(new BitwiseComparer());
    private readonly bool _isCountable;

    public TakenPoints(SpaceEncoding encoding) => _isCountable = encoding.Axes.All(axis => double.IsFinite(axis.Levels));

    /// <summary>Tells whether a point was added.</summary>
    public bool Contains(double[] point) => _isCountable && _points.Contains(point);

    /// <summary>Adds a point; it is kept, not copied.</summary>
    /// <returns>False when it was there before.</returns>
    public bool Add(double[] point) => !_isCountable || _points.Add(point);

    /// <summary>Takes a point out again.</summary>
    public void Remove(double[] point) => _points.Remove(point);

    private sealed class BitwiseComparer : IEqualityComparer<double[]>
    {
        public bool Equals(double[]? x, double[]? y)
        {
            for (var i = 0; i < x!.Length; i++)
            {
                if (BitConverter.DoubleToInt64Bits(x[i]) != BitConverter.DoubleToInt64Bits(y![i]))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(double[] point)
        {
            var hash = new HashCode();
            foreach (var coordinate in point)
            {
                hash.Add(BitConverter.DoubleToInt64Bits(coordinate));
            }

            return hash.ToHashCode();
        }
    }
}
