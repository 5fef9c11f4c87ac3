using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.GaussianProcess.Kernels;

/// <summary>Encoded points as the features between which the kernel measures distances.</summary>
/// <remarks>
/// A number or ordered item is its place on the unit interval; an unordered item is a code, at distance 1 from every other code. An
/// inactive parameter takes part as the middle of its interval, or as a code of its own, so that two configurations in which it is
/// inactive share everything and the parent's own distance tells the branches apart. Where the parent is a number, nearness of the
/// parent would not tell, so each distinct condition on numbers adds a code: active or not. Every feature is a
/// Euclidean embedding, so the kernel stays positive definite. Axes of one value are left out.
/// Source: Hutter and Osborne, "A Kernel for Hierarchical Parameter Spaces", 2013, arXiv:1310.5738; Jenatton et al., "Bayesian
/// Optimization with Tree-structured Dependencies", ICML 2017. Differs: the distance of active and inactive is learned through the
/// parent's length scale instead of an arc for each parameter, because a hundred trials do not determine a second scale.
/// </remarks>
internal sealed class FeatureMap
{
    private const double Middle = 0.5;
    private const double InactiveCode = -1;
    private readonly SpaceEncoding _encoding;
    private readonly int[] _axes;
    private readonly int[] _indicators;

    public FeatureMap(SpaceEncoding encoding)
    {
        _encoding = encoding;
        _axes = [.. Enumerable.Range(0, encoding.Dimensions).Where(i => encoding.Axes[i].Levels > 1)];
        _indicators = [.. Enumerable.Range(0, encoding.Dimensions)
            .Where(DependsOnNumbers)
            .DistinctBy(i => encoding.Axes[i].Parameter.When)];
        IsCode = [.. _axes.Select(i => encoding.Axes[i].Kind == AxisKind.Categorical), .. _indicators.Select(_ => true)];
        FeatureOfAxis = [.. Enumerable.Range(0, encoding.Dimensions).Select(i => Array.IndexOf(_axes, i))];

        bool DependsOnNumbers(int axis) => encoding.Axes[axis].Parameter.When is { Count: > 0 } when
            && when.Any(condition => encoding.Axes.First(a => a.Parameter.Name == condition.Parameter).Kind != AxisKind.Categorical);
    }

    /// <summary>How many features there are.</summary>
    public int Count => IsCode.Length;

    /// <summary>True for a feature that is a code.</summary>
    public bool[] IsCode { get; }

    /// <summary>The feature of each axis; -1 for one that has none.</summary>
    public int[] FeatureOfAxis { get; }

    /// <summary>Finds the features of a point.</summary>
    /// <param name="point">Coordinates; NaN for inactive parameters.</param>
    /// <param name="features">Gets <see cref="Count"/> numbers.</param>
    public void Map(ReadOnlySpan<double> point, Span<double> features)
    {
        for (var f = 0; f < _axes.Length; f++)
        {
            var unit = point[_axes[f]];
            features[f] = IsCode[f]
                ? (double.IsNaN(unit) ? InactiveCode : _encoding.Axes[_axes[f]].LevelAt(unit))
                : (double.IsNaN(unit) ? Middle : unit);
        }

        for (var i = 0; i < _indicators.Length; i++)
        {
            features[_axes.Length + i] = double.IsNaN(point[_indicators[i]]) ? InactiveCode : 0;
        }
    }
}
