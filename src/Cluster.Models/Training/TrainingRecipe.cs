using SearchCluster.Models.Optimizers;

namespace SearchCluster.Models.Training;

/// <summary>How a configuration is trained.</summary>
/// <param name="Epochs">Passes over the training part, at least 1.</param>
/// <param name="BatchSize">Rows per step, at least 1; the last batch of an epoch holds what is left.</param>
/// <param name="LearningRate">Step size of the first epoch.</param>
/// <param name="LearningRateDecay">Factor on the step size after each epoch.</param>
/// <param name="Optimizer">Update rule.</param>
public sealed record TrainingRecipe(int Epochs, int BatchSize, double LearningRate, double LearningRateDecay, OptimizerOptions Optimizer)
{
    /// <summary>Computes the step size of an epoch; a pure function of the epoch, so a checkpoint need not hold it.</summary>
    /// <param name="epoch">From 1.</param>
    /// <returns>The step size.</returns>
    public double LearningRateAt(int epoch) => LearningRate * Math.Pow(LearningRateDecay, epoch - 1);
}
