using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Augmentation;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Cnn;

/// <summary>Convolutional networks that classify images (<c>cnn</c>), or answer numbers such as keypoints (<c>cnn-regressor</c>).</summary>
/// <param name="descriptor">Which of the two.</param>
internal sealed class CnnWorkload(WorkloadDescriptor descriptor) : INetworkWorkload
{
    public WorkloadDescriptor Descriptor => descriptor;

    private bool IsClassifier => descriptor.Target == TargetKind.Class;

    public TrainingRecipe Recipe(Hyperparameters hyperparameters) => IsClassifier
        ? TrainingRecipe.ReadClassifier(hyperparameters)
        : TrainingRecipe.Read(hyperparameters) with { PredictionSamples = hyperparameters.Integer("dropoutSamples") };

    public ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) =>
        IsClassifier ? new ClassificationTask(hyperparameters, context) : new RegressionTask(hyperparameters, context);

    public nn.Module<Tensor, Tensor> Build(NetworkContext context) => new CnnNetwork(context);

    // Keypoints would have to move with their image.
    public IAugmentation? CreateAugmentation(Hyperparameters hyperparameters, DataShape shape) =>
        IsClassifier ? ImageAugmentation.Read(hyperparameters, shape) : null;
}
