using SearchCluster.Search.Sampling.GaussianProcess.Kernels;

namespace SearchCluster.Search.Sampling.GaussianProcess.Fitting;

/// <summary>What one scheduled fit found.</summary>
/// <param name="Size">How many observations it saw: the first ones.</param>
/// <param name="Layout">Which hyperparameter stands where.</param>
/// <param name="Logs">Hyperparameters.</param>
/// <param name="Transform">How losses become targets.</param>
/// <param name="Members">Which of the first observations the model holds, in ascending order.</param>
/// <param name="LogPosterior">Log density of the losses and hyperparameters, up to a constant that is the same for all transforms.</param>
internal sealed record ModelFit(int Size, KernelLayout Layout, double[] Logs, OutputTransform Transform, int[] Members, double LogPosterior)
{
    /// <summary>The less likely fit with the other transform; null when both are the same.</summary>
    public ModelFit? Rival { get; init; }

    /// <summary>Finds the fit with one of the transforms.</summary>
    /// <param name="isBent">Which transform.</param>
    /// <returns>That fit, or else the other one: a better start than none.</returns>
    public ModelFit With(bool isBent) => Rival is { } rival && Transform.IsBent != isBent ? rival : this;
}
