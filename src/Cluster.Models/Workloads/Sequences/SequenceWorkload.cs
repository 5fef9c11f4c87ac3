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

    private bool IsClassifier => descriptor.Target == TargetKind.Class;

    public TrainingRecipe Recipe(Hyperparameters hyperparameters) => IsClassifier
        ? TrainingRecipe.ReadClassifier(hyperparameters)
        : TrainingRecipe.Read(hyperparameters) with { PredictionSamples = hyperparameters.Integer("dropoutSamples") };

    public ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) =>
        IsClassifier ? new ClassificationTask(hyperparameters, context) : new RegressionTask(hyperparameters, context);

    public nn.Module<Tensor, Tensor> Build(NetworkContext context) =>
        descriptor.Name.StartsWith("lstm", StringComparison.Ordinal) ? new LstmNetwork(context) : new TransformerNetwork(context);
}
