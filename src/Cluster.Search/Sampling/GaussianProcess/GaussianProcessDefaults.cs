namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>Constants of the Gaussian process sampler.</summary>
internal static class GaussianProcessDefaults
{
    /// <summary>Floor of a squared pivot of the covariance, in units of the standardised loss: rounding of a
    /// kernel sum is below it.</summary>
    public const double SmallestPivot = 1e-13;

    /// <summary>Most observations of the exact model; beyond, a subsample stands for all of them.</summary>
    public const int ModelLimit = 512;

    /// <summary>Most observations from which hyperparameters are fitted.</summary>
    public const int FitLimit = 128;

    /// <summary>Most features with an additive part of the kernel: each costs an exponential for each pair of points.</summary>
    public const int AdditiveLimit = 32;

    /// <summary>Fewest observations with which the likeliest model serves trials beside pending ones as well.</summary>
    public const int VariantLimit = 128;

    /// <summary>Most pending points that the model believes in, the latest ones: a scheduler may pause hundreds of trials.</summary>
    public const int PendingLimit = 128;

    /// <summary>Samples of what pending points may turn out to be.</summary>
    public const int ImaginedSamples = 32;

    /// <summary>
    /// Nearest that a new trial may come to a pending one along every real axis, in parts of its range. Trials that wait for each other
    /// cannot profit from smaller distances; beside finished trials there is no limit, so a search still closes in on an optimum.
    /// </summary>
    public const double PendingResolution = 1e-4;
}
