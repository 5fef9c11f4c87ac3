using MathNet.Numerics.LinearAlgebra;
using SearchCluster.Search.Encoding;

namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>What the trials of one generation are drawn from: a normal distribution over the numbers,
/// probabilities over the categories.</summary>
/// <remarks>
/// Immutable, so that a result that arrives late can be traced to the place it was drawn at. A coordinate beyond a bound is mirrored at
/// it. A point keeps the place inside a discrete parameter's cell that was drawn; decoding it rounds.
/// </remarks>
internal sealed class MixedDistribution
{
    private readonly SpaceEncoding _encoding;
    private readonly int[] _numbers;
    private readonly double[] _mean;
    private readonly double[] _deviations;
    private readonly Matrix<double> _axes;
    private readonly double[] _lengths;
    private readonly CategoryProbabilities?[] _categories;

    /// <summary>Copies the state of a model.</summary>
    /// <param name="encoding">The space.</param>
    /// <param name="numbers">Axes that the normal distribution moves.</param>
    /// <param name="normal">The normal distribution; null when there are no numbers.</param>
    /// <param name="categories">For each axis its probabilities, or null.</param>
    public MixedDistribution(SpaceEncoding encoding, int[] numbers, CovarianceAdaptation? normal, CategoryProbabilities?[] categories)
    {
        (_encoding, _numbers, _categories) = (encoding, numbers, (CategoryProbabilities?[])categories.Clone());
        _mean = [.. normal?.Mean ?? []];
        _deviations = [.. (normal?.Scales ?? []).Select(scale => normal!.StepSize * scale)];
        _axes = normal?.Axes ?? Matrix<double>.Build.Dense(1, 1);
        _lengths = normal?.Lengths ?? [];
    }

    /// <summary>Draws a point.</summary>
    /// <param name="stream">Random numbers.</param>
    /// <returns>[dimensions], inside the unit cube.</returns>
    public double[] Draw(RandomStream stream)
    {
        var point = new double[_encoding.Dimensions];
        Array.Fill(point, 0.5);
        var normal = Array.ConvertAll(_lengths, length => length * stream.NextGaussian());
        for (var i = 0; i < _numbers.Length; i++)
        {
            var step = 0.0;
            for (var j = 0; j < normal.Length; j++)
            {
                step += _axes.At(i, j) * normal[j];
            }

            point[_numbers[i]] = UnitInterval.Mirror(_mean[i] + (_deviations[i] * step));
        }

        for (var i = 0; i < _categories.Length; i++)
        {
            if (_categories[i] is { } category)
            {
                point[i] = _encoding.Axes[i].MiddleOf(category.Draw(stream));
            }
        }

        return point;
    }
}
