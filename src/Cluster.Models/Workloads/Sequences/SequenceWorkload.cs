using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Sequences;

/// <summary>Networks over sequences: <c>lstm</c>, <c>transformer</c> and their <c>-regressor</c>s.</summary>
/// <param name="descriptor">Which of them.</param>
internal sealed class SequenceWorkload(WorkloadDescriptor descriptor) : INetworkWorkload
{
    public WorkloadDescriptor Descriptor => descriptor;

    public TrainingRecipe Recipe(Hyperparameters hyperparameters) => TrainingRecipe.ReadWithDropout(hyperparameters, descriptor.Target);

    public ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) => TaskOf.Rows(hyperparameters, context);

    public nn.Module<Tensor, Tensor> Build(NetworkContext context) =>
        descriptor.Name.StartsWith("lstm", StringComparison.Ordinal) ? new LstmNetwork(context) : new TransformerNetwork(context);
}
