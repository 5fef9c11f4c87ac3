using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Analysis.Forests;

/// <summary>The part of the unit cube in which a tree predicts one value: an interval on each axis, a set of
/// levels on one without order.</summary>
internal sealed class LeafBox
{
    private readonly ImmutableArray<Axis> _axes;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly bool[]?[] _levels;
    private readonly double[] _sizes;
    private readonly double[] _inverseSizes;

    private LeafBox(ImmutableArray<Axis> axes, double[] low, double[] high, bool[]?[] levels, double[] sizes, double value)
    {
        (_axes, _low, _high, _levels, _sizes, Value) = (axes, low, high, levels, sizes, value);
        _inverseSizes = [.. sizes.Select(size => 1 / size)];
        Volume = sizes.Aggregate(1.0, (volume, size) => volume * size);
    }

    /// <summary>What the tree predicts here.</summary>
    public double Value { get; }

    /// <summary>Share of the unit cube, so the probability of the prior.</summary>
    public double Volume { get; }

    /// <summary>The whole cube.</summary>
    public static LeafBox Whole(ImmutableArray<Axis> axes)
    {
        var ones = Enumerable.Repeat(1.0, axes.Length).ToArray();
        return new(axes, new double[axes.Length], ones, new bool[]?[axes.Length], ones, 0);
    }

    /// <summary>The same box with a prediction.</summary>
    public LeafBox WithValue(double value) => new(_axes, _low, _high, _levels, _sizes, value);

    /// <summary>Share of one axis, above 0.</summary>
    public double Size(int axis) => _sizes[axis];

    /// <summary>Cuts an interval.</summary>
    public (LeafBox Left, LeafBox Right) SplitAt(int axis, double threshold)
    {
        var left = new LeafBox(_axes, _low, With(_high, axis, threshold), _levels, With(_sizes, axis, threshold - _low[axis]), 0);
        var right = new LeafBox(_axes, With(_low, axis, threshold), _high, _levels, With(_sizes, axis, _high[axis] - threshold), 0);
        return (left, right);
    }

    /// <summary>Divides a set of levels.</summary>
    public (LeafBox Left, LeafBox Right) SplitLevels(int axis, bool[] left)
    {
        var own = _levels[axis];
        return (Part(i => left[i]), Part(i => !left[i]));

        LeafBox Part(Func<int, bool> takes)
        {
            var levels = new bool[left.Length];
            var count = 0;
            for (var i = 0; i < levels.Length; i++)
            {
                levels[i] = (own is null || own[i]) && takes(i);
                count += levels[i] ? 1 : 0;
            }

            return new(_axes, _low, _high, With(_levels, axis, levels), With(_sizes, axis, (double)count / levels.Length), 0);
        }
    }

    /// <summary>Tells whether the box reaches over a place of one axis.</summary>
    public bool Covers(int axis, double place) => _levels[axis] is { } levels
        ? levels[(int)_axes[axis].LevelAt(place)]
        : place >= _low[axis] && (place < _high[axis] || _high[axis] == 1);

    /// <summary>What the box covers of one axis; equal parts of a tree's boxes are the same.</summary>
    public (double Low, double High, bool[]? Levels) Part(int axis) => (_low[axis], _high[axis], _levels[axis]);

    /// <summary>What two boxes have in common on one axis, divided by the shares of both.</summary>
    public double RelativeOverlap(LeafBox other, int axis) => Overlap(other, axis) * _inverseSizes[axis] * other._inverseSizes[axis];

    // Share of the axis that both cover.
    private double Overlap(LeafBox other, int axis)
    {
        if (_levels[axis] is not { } own)
        {
            return other._levels[axis] is null
                ? Math.Max(0, Math.Min(_high[axis], other._high[axis]) - Math.Max(_low[axis], other._low[axis]))
                : other._sizes[axis];
        }

        if (other._levels[axis] is not { } levels)
        {
            return _sizes[axis];
        }

        var common = 0;
        for (var i = 0; i < own.Length; i++)
        {
            common += own[i] && levels[i] ? 1 : 0;
        }

        return (double)common / own.Length;
    }

    private static T[] With<T>(T[] values, int index, T value)
    {
        var copy = (T[])values.Clone();
        copy[index] = value;
        return copy;
    }
}
