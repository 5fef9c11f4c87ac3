namespace SearchCluster.Search.Sampling.GaussianProcess.Kernels;

/// <summary>Which hyperparameter stands where. All are natural logarithms.</summary>
/// <remarks>
/// Order: a length scale of the joint part for each feature; a length scale of the additive part for each feature, where there is one;
/// variance of the joint part; variance of the additive part, where there is one; variance of the noise; the
/// exponents a, then b, of the warp of each feature, where there is one.
/// </remarks>
/// <param name="IsCode">For each feature, whether it is a code.</param>
/// <param name="IsAdditive">Whether there is an additive part.</param>
/// <param name="IsWarped">Whether inputs are warped.</param>
internal sealed record KernelLayout(bool[] IsCode, bool IsAdditive, bool IsWarped = false)
{
    /// <summary>How many features there are.</summary>
    public int Features => IsCode.Length;

    /// <summary>How many hyperparameters there are.</summary>
    public int Count => KernelCount + (IsWarped ? 2 * Features : 0);

    /// <summary>Where the variance of the joint part stands.</summary>
    public int JointVariance => IsAdditive ? KernelCount - 3 : KernelCount - 2;

    /// <summary>Where the variance of the additive part stands.</summary>
    public int AdditiveVariance => IsAdditive ? KernelCount - 2 : throw new InvalidOperationException("This kernel has no additive part.");

    /// <summary>Where the variance of the noise stands.</summary>
    public int Noise => KernelCount - 1;

    private int KernelCount => IsAdditive ? (2 * Features) + 3 : Features + 2;

    /// <summary>Where the length scale of a feature in the joint part stands.</summary>
    public static int JointLength(int feature) => feature;

    /// <summary>Where the length scale of a feature in the additive part stands.</summary>
    public int AdditiveLength(int feature) => Features + feature;

    /// <summary>Where the first exponent of the warp of a feature stands.</summary>
    public int WarpA(int feature) => KernelCount + feature;

    /// <summary>Where the second exponent of the warp of a feature stands.</summary>
    public int WarpB(int feature) => KernelCount + Features + feature;
}
