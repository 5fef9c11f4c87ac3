using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Augmentation;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.ResNet;

/// <summary>The built-in residual classifier.</summary>
internal sealed class ResNetWorkload : INetworkWorkload
{
    public WorkloadDescriptor Descriptor => BuiltinWorkloads.ResNet;

    public TrainingRecipe Recipe(Hyperparameters hyperparameters) => TrainingRecipe.ReadWithDropout(hyperparameters);

    public ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) => new ClassificationTask(hyperparameters, context);

    public nn.Module<Tensor, Tensor> Build(NetworkContext context)
    {
        context.RequireImages("resnet");
        return new ResNetNetwork(context);
    }

    public IAugmentation? CreateAugmentation(Hyperparameters hyperparameters, DataShape shape) => ImageAugmentation.Read(hyperparameters, shape);
}
