namespace SearchCluster.Search.Sampling.GaussianProcess.Kernels;

/// <summary>Features of several points, one contiguous column for each feature, so that the kernel of a point
/// with all of them is a few vector loops.</summary>
/// <param name="features">How many features.</param>
internal sealed class FeatureColumns(int features)
{
    private readonly double[][] _columns = [.. Enumerable.Range(0, features).Select(_ => new double[16])];

    /// <summary>How many points there are.</summary>
    public int Count { get; private set; }

    /// <summary>Looks a column up.</summary>
    /// <param name="feature">Which.</param>
    /// <param name="count">How many leading points.</param>
    /// <returns>Its values.</returns>
    public ReadOnlySpan<double> Column(int feature, int count) => _columns[feature].AsSpan(0, count);

    /// <summary>Adds a point.</summary>
    /// <param name="point">Its features.</param>
    public void Add(ReadOnlySpan<double> point)
    {
        for (var f = 0; f < _columns.Length; f++)
        {
            if (_columns[f].Length == Count)
            {
                Array.Resize(ref _columns[f], 2 * Count);
            }

            _columns[f][Count] = point[f];
        }

        Count++;
    }

    /// <summary>Copies the features of one point.</summary>
    /// <param name="index">Which point.</param>
    /// <param name="point">Gets them.</param>
    public void CopyTo(int index, Span<double> point)
    {
        for (var f = 0; f < _columns.Length; f++)
        {
            point[f] = _columns[f][index];
        }
    }

    /// <summary>Drops points from the end.</summary>
    /// <param name="count">How many stay.</param>
    public void Truncate(int count) => Count = count;
}
