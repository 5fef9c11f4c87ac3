using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Augmentation;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Cnn;

/// <summary>The built-in convolutional classifier.</summary>
internal sealed class CnnWorkload : INetworkWorkload
{
    public WorkloadDescriptor Descriptor => BuiltinWorkloads.Cnn;

    public TrainingRecipe Recipe(Hyperparameters hyperparameters) => TrainingRecipe.Read(hyperparameters) with
    {
        WeightedSampling = hyperparameters.Text("sampling") == "weighted",
        PredictionSamples = hyperparameters.Integer("dropoutSamples"),
    };

    public ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) => new ClassificationTask(hyperparameters, context);

    public nn.Module<Tensor, Tensor> Build(NetworkContext context) => new CnnNetwork(context);

    public IAugmentation? CreateAugmentation(Hyperparameters hyperparameters, DataShape shape) => ImageAugmentation.Read(hyperparameters, shape);
}
