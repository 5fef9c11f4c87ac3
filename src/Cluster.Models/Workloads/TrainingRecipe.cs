using SearchCluster.Contracts.Workloads.Options.Groups;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Optimizers;

namespace SearchCluster.Models.Workloads;

/// <summary>How a configuration is trained.</summary>
/// <param name="Epochs">Passes over the training part, at least 1.</param>
/// <param name="BatchSize">Rows per step, at least 1; the last batch of an epoch holds what is left. L-BFGS takes all rows at once.</param>
/// <param name="LearningRate">Step size of each epoch.</param>
/// <param name="Optimizer">Update rule.</param>
/// <param name="DropLast">Leave out the last batch of an epoch when it is smaller than the others.</param>
/// <param name="GradientClip">Longest gradient over all parameters (Euclidean norm); 0 for any length.</param>
/// <param name="MaxNorm">Longest weight vector of a unit (Euclidean norm); 0 for any length.</param>
/// <param name="WeightedSampling">Draw the rows of an epoch with replacement, so that all classes come equally often.</param>
/// <param name="PredictionSamples">Passes with dropout that a prediction averages (Monte-Carlo dropout); 0 for
/// one pass without dropout.</param>
/// <remarks>
/// Clipping: Pascanu et al., "On the difficulty of training recurrent neural networks", ICML 2013, algorithm 1.
/// Max-norm: Srivastava et al., "Dropout", JMLR 2014, section 5.1. Monte-Carlo dropout: Gal and Ghahramani,
/// "Dropout as a Bayesian Approximation", ICML 2016.
/// </remarks>
public sealed record TrainingRecipe(
    int Epochs,
    int BatchSize,
    LearningRateSchedule LearningRate,
    OptimizerOptions Optimizer,
    bool DropLast = false,
    double GradientClip = 0,
    double MaxNorm = 0,
    bool WeightedSampling = false,
    int PredictionSamples = 0)
{
    /// <summary>Reads the recipe from the hyperparameters that all built-in networks share.</summary>
    /// <param name="hyperparameters">The configuration.</param>
    public static TrainingRecipe Read(Hyperparameters hyperparameters)
    {
        ArgumentNullException.ThrowIfNull(hyperparameters);
        var options = hyperparameters.Read<TrainingOptions>();
        return new(
            options.Epochs,
            options.BatchSize,
            LearningRateSchedule.Of(options),
            OptimizerOptions.Of(options),
            options.DropLast,
            options.GradientClip,
            options.MaxNorm);
    }
}
