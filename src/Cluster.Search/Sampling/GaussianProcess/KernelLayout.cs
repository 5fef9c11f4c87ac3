namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>Which hyperparameter stands where. All are natural logarithms.</summary>
/// <remarks>
/// Order: a length scale of the joint part for each feature; a length scale of the additive part for each feature, where there is one;
/// variance of the joint part; variance of the additive part, where there is one; variance of the noise.
/// </remarks>
/// <param name="IsCode">For each feature, whether it is a code.</param>
/// <param name="IsAdditive">Whether there is an additive part.</param>
internal sealed record KernelLayout(bool[] IsCode, bool IsAdditive)
{
    /// <summary>How many features there are.</summary>
    public int Features => IsCode.Length;

    /// <summary>How many hyperparameters there are.</summary>
    public int Count => IsAdditive ? (2 * Features) + 3 : Features + 2;

    /// <summary>Where the variance of the joint part stands.</summary>
    public int JointVariance => IsAdditive ? Count - 3 : Count - 2;

    /// <summary>Where the variance of the additive part stands.</summary>
    public int AdditiveVariance => IsAdditive ? Count - 2 : throw new InvalidOperationException("This kernel has no additive part.");

    /// <summary>Where the variance of the noise stands.</summary>
    public int Noise => Count - 1;

    /// <summary>Where the length scale of a feature in the joint part stands.</summary>
    public static int JointLength(int feature) => feature;

    /// <summary>Where the length scale of a feature in the additive part stands.</summary>
    public int AdditiveLength(int feature) => Features + feature;
}
