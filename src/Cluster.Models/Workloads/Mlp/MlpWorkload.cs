using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Data;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Mlp;

/// <summary>Multi-layer perceptrons that classify (<c>mlp</c>), or answer numbers (<c>mlp-regressor</c>).</summary>
/// <param name="descriptor">Which of the two.</param>
internal sealed class MlpWorkload(WorkloadDescriptor descriptor) : INetworkWorkload
{
    public WorkloadDescriptor Descriptor => descriptor;

    public TrainingRecipe Recipe(Hyperparameters hyperparameters) => TrainingRecipe.ReadWithDropout(hyperparameters, descriptor.Target);

    public ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) => TaskOf.Rows(hyperparameters, context);

    public double CountParameters(Hyperparameters hyperparameters, DataShape shape)
    {
        var sizes = MlpNetwork.Sizes(shape.InputSize, hyperparameters.Integer("numLayers"), hyperparameters.Integer("hiddenSize"), shape.Outputs).ToList();
        return sizes.Zip(sizes.Skip(1), (inputs, outputs) => (inputs + 1.0) * outputs).Sum();
    }

    public nn.Module<Tensor, Tensor> Build(NetworkContext context) => new MlpNetwork(
        context, context.Hyperparameters.Integer("numLayers"), context.Hyperparameters.Integer("hiddenSize"), context.Hyperparameters.Real("dropout"));
}
