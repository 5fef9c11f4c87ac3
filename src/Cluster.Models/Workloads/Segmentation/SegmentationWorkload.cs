using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Augmentation;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Segmentation;

/// <summary>The built-in segmentation of images.</summary>
internal sealed class SegmentationWorkload : INetworkWorkload
{
    public WorkloadDescriptor Descriptor => BuiltinWorkloads.Segmentation;

    public ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) => new SegmentationTask(hyperparameters, context);

    public nn.Module<Tensor, Tensor> Build(NetworkContext context)
    {
        context.RequireImages("segmentation");
        return new UNetNetwork(context);
    }

    public IAugmentation? CreateAugmentation(Hyperparameters hyperparameters, DataShape shape) => ImageAugmentation.Read(hyperparameters, shape);
}
