using System.Runtime.InteropServices;

namespace SearchCluster.Search.Sampling.Models;

/// <summary>
/// A set of encoded points, compared bit by bit: an encoded point lies in the middle of its cells, and an inactive parameter is always
/// <see cref="double.NaN"/>.
/// </summary>
internal sealed class PointSet
{
    private readonly HashSet<double[]> _points;
    private readonly HashSet<double[]>.AlternateLookup<ReadOnlySpan<double>> _spans;

    public PointSet()
    {
        _points = new HashSet<double[]>(new Bitwise());
        _spans = _points.GetAlternateLookup<ReadOnlySpan<double>>();
    }

    /// <summary>How many points it holds.</summary>
    public int Count => _points.Count;

    public IEnumerable<double[]> Points => _points;

    /// <summary>Tells whether it holds a point.</summary>
    public bool Contains(ReadOnlySpan<double> point) => _spans.Contains(point);

    /// <summary>Adds a point; it is copied.</summary>
    /// <returns>False when it was there before.</returns>
    public bool Add(ReadOnlySpan<double> point) => _spans.Add(point);

    /// <summary>Takes a point out again.</summary>
    public void Remove(ReadOnlySpan<double> point) => _spans.Remove(point);

    public void Clear() => _points.Clear();

    private sealed class Bitwise : IEqualityComparer<double[]>, IAlternateEqualityComparer<ReadOnlySpan<double>, double[]>
    {
        public bool Equals(double[]? x, double[]? y) => Equals(x.AsSpan(), y!);

        public bool Equals(ReadOnlySpan<double> alternate, double[] other) =>
            MemoryMarshal.AsBytes(alternate).SequenceEqual(MemoryMarshal.AsBytes<double>(other));

        public int GetHashCode(double[] point) => GetHashCode(point.AsSpan());

        public int GetHashCode(ReadOnlySpan<double> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(alternate));
            return hash.ToHashCode();
        }

        public double[] Create(ReadOnlySpan<double> alternate) => alternate.ToArray();
    }
}
