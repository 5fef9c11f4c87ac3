using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Linear;

/// <summary>One dense layer from the inputs to the classes.</summary>
internal sealed class LogisticRegressionWorkload : INetworkWorkload
{
    public WorkloadDescriptor Descriptor => BuiltinWorkloads.LogisticRegression;

    public TrainingRecipe Recipe(Hyperparameters hyperparameters) =>
        TrainingRecipe.Read(hyperparameters) with { WeightedSampling = hyperparameters.Text("sampling") == "weighted" };

    public ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) => new ClassificationTask(hyperparameters, context);

    public double CountParameters(Hyperparameters hyperparameters, DataShape shape) => (shape.InputSize + 1.0) * shape.Outputs;

    public nn.Module<Tensor, Tensor> Build(NetworkContext context) => new LinearNetwork(context);

    private sealed class LinearNetwork : nn.Module<Tensor, Tensor>
    {
        private readonly DenseLayer _linear;

        public LinearNetwork(NetworkContext context)
            : base(nameof(LinearNetwork))
        {
            _linear = new(context.Shape.InputSize, context.Shape.Outputs, null, new InitialWeights(context));
            register_module("linear", _linear);
        }

        public override Tensor forward(Tensor input) => _linear.forward(input.flatten(1));
    }
}
