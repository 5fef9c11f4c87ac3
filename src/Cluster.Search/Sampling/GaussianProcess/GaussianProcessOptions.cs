using SearchCluster.Contracts.Algorithms;
using SearchCluster.Search.Sampling.GaussianProcess.Acquisition;
using SearchCluster.Search.Sampling.GaussianProcess.Kernels;
using SearchCluster.Search.Sampling.GaussianProcess.Prediction;

namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>Options of the Gaussian process sampler.</summary>
public sealed record GaussianProcessOptions
{
    /// <summary>How many trials the space-filling start has.</summary>
    /// <value>Default: twice the parameters that vary, from 6 to 12. At least 1.</value>
    public int? StartupTrials { get; init; }

    /// <summary>Whether the kernel has an additive part.</summary>
    /// <value>Default true. Ignored beyond 32 features.</value>
    public bool IsAdditive { get; init; } = true;

    /// <summary>Whether the interval of each number is stretched by a learned law (<see cref="InputWarp"/>).</summary>
    /// <value>Default false.</value>
    public bool IsWarped { get; init; }

    /// <summary>Whether results of pending trials are imagined (<see cref="ImaginedResults"/>) instead of believed to be as predicted.</summary>
    /// <value>Default true.</value>
    public bool IsImagining { get; init; } = true;

    /// <summary>Every how many trials the model is doubted once it expects nothing more.</summary>
    /// <value>Default 3; 0 for never.</value>
    public int DoubtEvery { get; init; } = 3;

    /// <summary>Whether the acquisition is searched in a trust region only (<see cref="TrustRegion"/>).</summary>
    /// <value>Default false for every dimension: it was no better at 12 and 20 numbers. Without a parameter of many ordered values it has no effect.</value>
    public bool HasTrustRegion { get; init; }

    /// <summary>Reads the options of a specification.</summary>
    /// <param name="values">What the specification gives.</param>
    /// <returns>The options.</returns>
    public static GaussianProcessOptions Of(ParameterValues values)
    {
        var options = new OptionValues(BuiltinAlgorithms.GaussianProcess, values);
        return new()
        {
            StartupTrials = options.Integer("startup"),
            IsAdditive = options.Flag("additive")!.Value,
            IsWarped = options.Flag("warping")!.Value,
            IsImagining = options.Text("pending") == "sampled",
            DoubtEvery = options.Integer("doubtEvery")!.Value,
            HasTrustRegion = options.Flag("trustRegion")!.Value,
        };
    }
}
