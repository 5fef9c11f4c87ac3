namespace SearchCluster.Search.Sampling.GaussianProcess.Fitting;

/// <summary>At which numbers of observations hyperparameters are fitted anew.</summary>
/// <remarks>
/// Every number below 64, then 32 fits for each doubling, and every 32 observations from 1,024 on: the effort for each observation stays
/// flat. A fit starts from the fit before it, except at powers of two, where it starts from the prior; so what a fit finds is a function of
/// the first observations alone, and a sampler made anew repeats at most the fits since the last power of two.
/// </remarks>
internal static class FitSchedule
{
    private const int DenseUntil = 64;
    private const int FitsPerDoubling = 32;
    private const int LongestStep = 32;

    /// <summary>Finds the last fit for a number of observations.</summary>
    /// <param name="observations">At least 1.</param>
    /// <returns>The number of observations of that fit.</returns>
    public static int LastFit(int observations)
    {
        var start = Checkpoint(observations);
        var step = Step(start);
        return start + ((observations - start) / step * step);
    }

    /// <summary>Finds where the chain of fits that leads to a number of observations begins.</summary>
    /// <param name="observations">At least 1.</param>
    /// <returns>The largest power of two that is not above it.</returns>
    public static int Checkpoint(int observations) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)observations + 1) / 2;

    /// <summary>How many observations lie between the fits that follow a checkpoint.</summary>
    /// <param name="checkpoint">A power of two.</param>
    /// <returns>At least 1.</returns>
    public static int Step(int checkpoint) => checkpoint < DenseUntil ? 1 : Math.Min(checkpoint / FitsPerDoubling, LongestStep);

    /// <summary>Tells whether a fit compares the ways to transform losses; the others keep the way of the fit before.</summary>
    /// <param name="size">Number of observations of the fit.</param>
    /// <returns>True below 64, and four times for each doubling from there on.</returns>
    public static bool ComparesTransforms(int size) => size < DenseUntil || size % (Checkpoint(size) / 4) == 0;
}
