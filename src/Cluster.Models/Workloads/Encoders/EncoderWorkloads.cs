using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Augmentation;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Encoders;

/// <summary>Autoencoders (<c>autoencoder</c>), plain ones and variational ones (<c>vae</c>); labels of the data are not read.</summary>
/// <param name="descriptor">Which of the two.</param>
internal sealed class AutoencoderWorkload(WorkloadDescriptor descriptor) : INetworkWorkload
{
    public WorkloadDescriptor Descriptor => descriptor;

    private bool IsVariational => descriptor == BuiltinWorkloads.Vae;

    public ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) =>
        IsVariational ? new VariationalTask(hyperparameters, context.Shape) : new ReconstructionTask(hyperparameters);

    public nn.Module<Tensor, Tensor> Build(NetworkContext context) => IsVariational ? new VariationalNetwork(context) : new AutoencoderNetwork(context);

    public IAugmentation? CreateAugmentation(Hyperparameters hyperparameters, DataShape shape) => null;
}

/// <summary>A classifier whose encoder may come from an autoencoder.</summary>
internal sealed class EncoderClassifierWorkload : INetworkWorkload
{
    public WorkloadDescriptor Descriptor => BuiltinWorkloads.EncoderClassifier;

    public TrainingRecipe Recipe(Hyperparameters hyperparameters) => TrainingRecipe.ReadWithDropout(hyperparameters);

    public ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) => new ClassificationTask(hyperparameters, context);

    public nn.Module<Tensor, Tensor> Build(NetworkContext context) => new EncoderClassifierNetwork(context);

    public IAugmentation? CreateAugmentation(Hyperparameters hyperparameters, DataShape shape) => ImageAugmentation.Read(hyperparameters, shape);
}
