namespace SearchCluster.Contracts.Workloads;

/// <summary>The workloads that ship with the product; a test keeps them equal to what the workloads read.</summary>
public static class BuiltinWorkloads
{
    /// <summary>A multi-layer perceptron that classifies rows of numbers.</summary>
    public static WorkloadDescriptor Mlp { get; } = new(
        "mlp",
        "Multi-layer perceptron classifier with cross-entropy loss.",
        NeedsData: true,
        [
            new("numLayers", new IntegerDomain(0, 32), ParameterValue.Integer(1), "Hidden layers; 0 is a linear classifier."),
            new("hiddenSize", new IntegerDomain(1, 65_536), ParameterValue.Integer(64), "Units of each hidden layer."),
            new("activation", Items("relu", "leaky-relu", "sigmoid", "tanh"), ParameterValue.Text("relu"), "Activation after each hidden layer."),
            new("init", Items("kaiming", "xavier", "gaussian"), ParameterValue.Text("kaiming"), "Initial weights; gaussian uses initStd."),
            new("initStd", new RealDomain(0, 10), ParameterValue.Real(0.01), "Standard deviation of gaussian initial weights."),
            new("reg", new RealDomain(0, 1e6), ParameterValue.Real(0), "L2 penalty: the gradient of each weight gets reg times the weight."),
            new("learningRate", new RealDomain(0, 1e3), ParameterValue.Real(1e-3), "Step size of the first epoch."),
            new("lrDecay", new RealDomain(0, 1), ParameterValue.Real(1), "Factor on the step size after each epoch."),
            new("batchSize", new IntegerDomain(1, 1_048_576), ParameterValue.Integer(64), "Rows per step; the last, smaller batch counts too."),
            new("optimizer", Items("adam", "sgd", "momentum", "rmsprop"), ParameterValue.Text("adam"), "Update rule."),
            new("momentum", new RealDomain(0, 1), ParameterValue.Real(0.9), "Momentum of optimizer momentum."),
            new("epochs", new IntegerDomain(1, 100_000), ParameterValue.Integer(50), "Passes over the training part."),
        ],
        ["train/loss", "val/loss", "val/accuracy", "test/loss", "test/accuracy"],
        SupportsEnsemble: true);

    /// <summary>An analytic test function of the sampled parameters; trains nothing.</summary>
    public static WorkloadDescriptor Function { get; } = new(
        "function",
        "Analytic test function; every other number in the space is a coordinate, in the order of the names.",
        NeedsData: false,
        [
            new("function", Items("branin", "sphere", "rosenbrock", "rastrigin", "ackley", "hartmann6", "levy", "griewank", "schwefel", "styblinski-tang", "zdt1", "zdt3"), Default: null, "Which function; zdt1 and zdt3 have two objectives, value and value2."),
            new("measurements", new IntegerDomain(1, 10_000), ParameterValue.Integer(1), "How often a trial reports on its way to the value."),
            new("sleepMilliseconds", new IntegerDomain(0, 3_600_000), ParameterValue.Integer(0), "Wait before each report."),
        ],
        ["value", "value2"],
        AllowsOtherParameters: true);

    /// <summary>All of them, in the order of the documentation.</summary>
    public static ValueArray<WorkloadDescriptor> All { get; } = [Mlp, Function];

    private static ItemDomain Items(params ReadOnlySpan<string> names)
    {
        var items = new ParameterValue[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            items[i] = ParameterValue.Text(names[i]);
        }

        return new ItemDomain(ValueArray.Create<ParameterValue>(items));
    }
}
