namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>What a fit learns: natural logarithms of one length scale for each feature, of the signal's variance and of the noise's variance.</summary>
/// <param name="Logs">In this order.</param>
internal sealed record Hyperparameters(double[] Logs)
{
    /// <summary>How many features there are.</summary>
    public int Features => Logs.Length - 2;

    /// <summary>Variance of the function, in units of the standardised loss.</summary>
    public double Signal => Math.Exp(Logs[^2]);

    /// <summary>Variance of the noise, in units of the standardised loss.</summary>
    public double Noise => Math.Exp(Logs[^1]);
}
