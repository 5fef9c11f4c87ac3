using static SearchCluster.Contracts.Workloads.HyperparameterGroups;

namespace SearchCluster.Contracts.Workloads;

/// <summary>The workloads that ship with the product; a test keeps them equal to what the workloads read.</summary>
public static class BuiltinWorkloads
{
    private static readonly ValueArray<string> ClassificationMetrics = Measured("accuracy", "topk", "precision", "recall", "f1");

    private static readonly ValueArray<string> RegressionMetrics = Measured("mse", "mae", "r2", "score");

    private static readonly ValueArray<HyperparameterDescriptor> HiddenLayers =
    [
        Whole("numLayers", 0, 32, 1, "Hidden layers; 0 is a linear model."),
        Whole("hiddenSize", 1, 65_536, 64, "Units of each hidden layer."),
    ];

    private static readonly ValueArray<HyperparameterDescriptor> ConvolutionBlocks =
    [
        Whole("blocks", 1, 8, 2, "Blocks, each followed by pooling that halves the image."),
        Whole("convolutions", 1, 8, 1, "Convolutions in a block."),
        Choice("block", "plain", ["plain", "bottleneck", "inception"], "What a convolution is: plain; bottleneck, with a 1×1 convolution to half the channels before it; inception, with branches of 1×1, 3×3 and 5×5 kernels and pooling."),
        Whole("channels", 1, 2_048, 16, "Channels of the first block."),
        Number("channelGrowth", 1, 4, 2, "Factor on the channels from block to block."),
        Choice("kernel", "3", ["1", "3", "5", "7"], "Side of the square kernels, in pixels."),
        Choice("pooling", "max", ["max", "average"], "How a block is halved."),
        Flag("batchNorm", false, "Normalise each channel over the batch after each convolution."),
        Number("spatialDropout", 0, 0.95, 0, "Probability that a channel is dropped after a block in training."),
        Flag("globalPooling", false, "Average each channel over the image before the dense layers."),
        Whole("denseLayers", 0, 8, 1, "Hidden dense layers after the convolutions."),
        Whole("denseSize", 1, 65_536, 64, "Units of each hidden dense layer."),
    ];

    /// <summary>A multi-layer perceptron that classifies.</summary>
    public static WorkloadDescriptor Mlp { get; } = new(
        "mlp",
        "Multi-layer perceptron classifier.",
        NeedsData: true,
        Join(HiddenLayers, Activation, Dropout, Initialisation, Classification, Training),
        ClassificationMetrics,
        SupportsEnsemble: true,
        Target: TargetKind.Class);

    /// <summary>A multi-layer perceptron that answers numbers.</summary>
    public static WorkloadDescriptor MlpRegressor { get; } = new(
        "mlp-regressor",
        "Multi-layer perceptron that answers one or more numbers.",
        NeedsData: true,
        Join(HiddenLayers, Activation, Dropout, Initialisation, Regression, Training),
        RegressionMetrics,
        Target: TargetKind.Numbers);

    /// <summary>A linear classifier.</summary>
    public static WorkloadDescriptor LogisticRegression { get; } = new(
        "logistic-regression",
        "Linear classifier: logistic regression, or a linear support vector machine with loss hinge.",
        NeedsData: true,
        Join(Initialisation, Classification, Training),
        ClassificationMetrics,
        SupportsEnsemble: true,
        Target: TargetKind.Class);

    /// <summary>A convolutional network that classifies images.</summary>
    public static WorkloadDescriptor Cnn { get; } = new(
        "cnn",
        "Convolutional classifier of images with configurable blocks, from LeNet to VGG and inception.",
        NeedsData: true,
        Join(ConvolutionBlocks, Activation, Dropout, Initialisation, Augmentation, Classification, Training),
        ClassificationMetrics,
        SupportsEnsemble: true,
        Target: TargetKind.Class);

    /// <summary>An analytic test function of the sampled parameters; trains nothing.</summary>
    public static WorkloadDescriptor Function { get; } = new(
        "function",
        "Analytic test function; every other number in the space is a coordinate, in the order of the names.",
        NeedsData: false,
        [
            Choice("function", "branin", ["branin", "sphere", "rosenbrock", "rastrigin", "ackley", "hartmann6", "levy", "griewank", "schwefel", "styblinski-tang", "zdt1", "zdt3"], "Which function; zdt1 and zdt3 have two objectives, value and value2.") with { Default = null },
            Whole("measurements", 1, 10_000, 1, "How often a trial reports on its way to the value."),
            Whole("sleepMilliseconds", 0, 3_600_000, 0, "Wait before each report."),
        ],
        ["value", "value2"],
        AllowsOtherParameters: true);

    /// <summary>All of them, in the order of the documentation.</summary>
    public static ValueArray<WorkloadDescriptor> All { get; } = [LogisticRegression, Mlp, MlpRegressor, Cnn, Function];

    private static ValueArray<HyperparameterDescriptor> Join(params ReadOnlySpan<ValueArray<HyperparameterDescriptor>> groups)
    {
        var all = new List<HyperparameterDescriptor>();
        foreach (var group in groups)
        {
            all.AddRange(group);
        }

        return all.ToValueArray();
    }

    private static ValueArray<string> Measured(params ReadOnlySpan<string> scores)
    {
        var metrics = new List<string> { "train/loss" };
        foreach (var part in (ReadOnlySpan<string>)["val", "test"])
        {
            metrics.Add($"{part}/loss");
            foreach (var score in scores)
            {
                metrics.Add($"{part}/{score}");
            }
        }

        return metrics.ToValueArray();
    }
}
