namespace SearchCluster.Search.Sampling.CmaEs;

/// <summary>Probabilities of the values of one categorical parameter, moved along the natural gradient.</summary>
/// <remarks>
/// Source: Hamano et al., "CatCMA: Stochastic Optimization for Mixed-Category Problems", GECCO 2024, arXiv:2405.09962, equation 9 and its
/// margin. Differs: the learning rate is a constant instead of following the signal-to-noise ratio, because a hundred trials are too few
/// to measure that.
/// </remarks>
internal sealed class CategoryProbabilities
{
    private readonly double[] _probabilities;
    private readonly double _least;

    /// <summary>Starts with equal probabilities.</summary>
    /// <param name="levels">How many values, at least 2.</param>
    /// <param name="categories">How many categorical parameters the space has.</param>
    public CategoryProbabilities(int levels, int categories)
    {
        _probabilities = new double[levels];
        Array.Fill(_probabilities, 1.0 / levels);

        // With it, a generation's draw differs from the most probable one in some parameter with probability 27 % at least.
        _least = Math.Min((1 - Math.Pow(0.73, 1.0 / categories)) / (levels - 1), 1.0 / levels);
    }

    private CategoryProbabilities(double[] probabilities, double least) => (_probabilities, _least) = (probabilities, least);

    /// <summary>The probabilities, summing to 1.</summary>
    public ReadOnlySpan<double> Values => _probabilities;

    /// <summary>Draws a value.</summary>
    /// <param name="stream">Random numbers.</param>
    /// <returns>Its number.</returns>
    public int Draw(RandomStream stream)
    {
        var left = stream.NextDouble();
        for (var i = 0; i < _probabilities.Length - 1; i++)
        {
            left -= _probabilities[i];
            if (left < 0)
            {
                return i;
            }
        }

        return _probabilities.Length - 1;
    }

    /// <summary>Moves the probabilities toward the values of good results.</summary>
    /// <param name="rate">Learning rate, from 0 to 1.</param>
    /// <param name="results">Number of the value and weight of each result in which the parameter is active.</param>
    /// <returns>The probabilities of the next generation.</returns>
    public CategoryProbabilities Learn(double rate, IEnumerable<(int Level, double Weight)> results)
    {
        var moved = (double[])_probabilities.Clone();
        foreach (var (level, weight) in results)
        {
            for (var i = 0; i < moved.Length; i++)
            {
                moved[i] += rate * weight * ((i == level ? 1 : 0) - _probabilities[i]);
            }
        }

        return new(WithMargin(moved), _least);
    }

    // Raises what is below the margin, and takes it from the others in proportion to what they have above it.
    private double[] WithMargin(double[] moved)
    {
        var raised = Array.ConvertAll(moved, value => Math.Max(value, _least));
        var spare = raised.Sum(value => value - _least);
        var excess = raised.Sum() - 1;
        return spare <= 0 ? raised : Array.ConvertAll(raised, value => value - (excess * (value - _least) / spare));
    }
}
