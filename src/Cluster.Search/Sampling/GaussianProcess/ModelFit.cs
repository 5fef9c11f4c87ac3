namespace SearchCluster.Search.Sampling.GaussianProcess;

/// <summary>What one scheduled fit found.</summary>
/// <param name="Size">How many observations it saw: the first ones.</param>
/// <param name="Hyperparameters">Hyperparameters.</param>
/// <param name="Transform">How losses become targets.</param>
/// <param name="Members">Which of the first observations the model holds, in ascending order.</param>
internal sealed record ModelFit(int Size, Hyperparameters Hyperparameters, OutputTransform Transform, int[] Members);
