namespace SearchCluster.Search.Sampling.Nsga2;

/// <summary>Crossover and mutation of numbers on the unit interval; neither leaves it.</summary>
/// <remarks>
/// Sources: Deb and Agrawal, "Simulated Binary Crossover for Continuous Search Space", Complex Systems 9, 1995; Deb and Goyal, "A Combined
/// Genetic Adaptive Search (GeneAS) for Engineering Design", Computer Science and Informatics 26(4), 1996; both with the spread limited by
/// the bounds, as in the authors' program of 2011.
/// </remarks>
internal static class RealOperators
{
    // Parents closer than this are the same place.
    private const double SmallestGap = 1e-14;

    /// <summary>Simulated binary crossover: a child around either parent, spread by their distance.</summary>
    /// <param name="first">A parent, from 0 to 1.</param>
    /// <param name="second">The other parent.</param>
    /// <param name="index">η, at least 0.</param>
    /// <param name="share">Uniform on [0, 1): where in the spread's distribution.</param>
    /// <param name="isLower">True for the child around the lower parent.</param>
    /// <returns>The child, from 0 to 1.</returns>
    public static double Cross(double first, double second, double index, double share, bool isLower)
    {
        var (low, high) = first < second ? (first, second) : (second, first);
        if (high - low < SmallestGap)
        {
            return first;
        }

        var room = isLower ? low : 1 - high;
        var beta = 1 + (2 * room / (high - low));
        var alpha = 2 - Math.Pow(beta, -(index + 1));
        var spread = share <= 1 / alpha
            ? Math.Pow(share * alpha, 1 / (index + 1))
            : Math.Pow(1 / (2 - (share * alpha)), 1 / (index + 1));
        var child = 0.5 * (low + high + ((isLower ? -1 : 1) * spread * (high - low)));
        return Math.Clamp(child, 0, 1);
    }

    /// <summary>Polynomial mutation: a step whose distribution falls off with its size.</summary>
    /// <param name="place">From 0 to 1.</param>
    /// <param name="index">η, at least 0.</param>
    /// <param name="share">Uniform on [0, 1): where in the distribution of steps.</param>
    /// <returns>The new place, from 0 to 1.</returns>
    public static double Mutate(double place, double index, double share)
    {
        var power = index + 1;
        var step = share < 0.5
            ? Math.Pow((2 * share) + ((1 - (2 * share)) * Math.Pow(1 - place, power)), 1 / power) - 1
            : 1 - Math.Pow((2 * (1 - share)) + (2 * (share - 0.5) * Math.Pow(place, power)), 1 / power);
        return Math.Clamp(place + step, 0, 1);
    }
}
