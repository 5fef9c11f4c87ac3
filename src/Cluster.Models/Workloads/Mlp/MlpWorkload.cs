using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Data;
using SearchCluster.Models.Optimizers;
using SearchCluster.Models.Training;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Mlp;

/// <summary>The built-in multi-layer perceptron classifier with cross-entropy loss.</summary>
internal sealed class MlpWorkload : INetworkWorkload
{
    public WorkloadDescriptor Descriptor => BuiltinWorkloads.Mlp;

    public ValueArray<ScoreDefinition> Scores { get; } = [new("accuracy", Direction.Maximize)];

    public TrainingRecipe Recipe(Hyperparameters hyperparameters) => new(
        hyperparameters.Integer("epochs"),
        hyperparameters.Integer("batchSize"),
        hyperparameters.Real("learningRate"),
        hyperparameters.Real("lrDecay"),
        new OptimizerOptions(
            hyperparameters.Text("optimizer") switch
            {
                "adam" => OptimizerKind.Adam,
                "sgd" => OptimizerKind.Sgd,
                "momentum" => OptimizerKind.Momentum,
                var other => other == "rmsprop" ? OptimizerKind.RmsProp : throw Unknown("optimizer", other),
            },
            hyperparameters.Real("momentum"),
            hyperparameters.Real("reg")));

    public double CountParameters(Hyperparameters hyperparameters, DataShape shape) => Options(hyperparameters, shape).ParameterCount;

    public nn.Module<Tensor, Tensor> Build(Hyperparameters hyperparameters, DataShape shape, ulong seed, Device device) =>
        MlpNetwork.Create(Options(hyperparameters, shape), seed, device);

    public Tensor Loss(Tensor output, Tensor targets) => nn.functional.cross_entropy(output, targets);

    public IReadOnlyList<Tensor> SumScores(Tensor output, Tensor targets) => [output.argmax(1).eq(targets).sum()];

    public Tensor Probabilities(Tensor output) => output.softmax(1);

    private static MlpOptions Options(Hyperparameters hyperparameters, DataShape shape) => new(
        shape.Columns.Count,
        shape.ClassLabels.Count,
        hyperparameters.Integer("numLayers"),
        hyperparameters.Integer("hiddenSize"),
        hyperparameters.Text("activation") switch
        {
            "relu" => Activation.Relu,
            "leaky-relu" => Activation.LeakyRelu,
            "sigmoid" => Activation.Sigmoid,
            var other => other == "tanh" ? Activation.Tanh : throw Unknown("activation", other),
        },
        hyperparameters.Text("init") switch
        {
            "kaiming" => WeightInitialisation.Kaiming,
            "xavier" => WeightInitialisation.Xavier,
            var other => other == "gaussian" ? WeightInitialisation.Gaussian : throw Unknown("init", other),
        },
        hyperparameters.Real("initStd"));

    private static InvalidOperationException Unknown(string name, string value) => new($"The descriptor allows {name} '{value}', but the workload does not know it.");
}
