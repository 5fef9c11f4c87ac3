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

    public TrainingRecipe Recipe(Hyperparameters hyperparameters) => TrainingRecipe.ReadWithDropout(hyperparameters, descriptor.Target);

    public ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) => TaskOf.Rows(hyperparameters, context);

    public nn.Module<Tensor, Tensor> Build(NetworkContext context) => new CnnNetwork(context);

    public IAugmentation? CreateAugmentation(Hyperparameters hyperparameters, DataShape shape) => descriptor.Target == TargetKind.Class
        ? ImageAugmentation.Read(hyperparameters, shape)
        : ImageAugmentation.ReadPhotometric(hyperparameters, shape);
}
