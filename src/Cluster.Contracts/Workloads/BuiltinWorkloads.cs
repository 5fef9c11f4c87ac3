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

    private static readonly ValueArray<string> SegmentationMetrics = Measured("accuracy", "iou", "f1");

    private static readonly ValueArray<HyperparameterDescriptor> Encoding =
    [
        Choice("encoder", "dense", ["dense", "convolution"], "What the encoder is made of; the decoder of an autoencoder mirrors it."),
        Whole("encoderLayers", 1, 8, 2, "Hidden layers of the encoder; each convolution halves the image."),
        Whole("encoderSize", 1, 65_536, 128, "Units of each hidden layer; channels of the first convolution, which double from one to the next."),
        Whole("latentSize", 1, 65_536, 32, "Numbers of the code."),
    ];

    private static readonly ValueArray<HyperparameterDescriptor> FrozenEncoder =
    [
        Flag("freezeEncoder", false, "Keep the encoder's weights as they are at the start, which makes sense with workload.pretrained."),
    ];

    private static readonly ValueArray<HyperparameterDescriptor> Classifier =
    [
        Whole("denseLayers", 0, 8, 1, "Hidden dense layers of the classifier."),
        Whole("denseSize", 1, 65_536, 64, "Units of each of them."),
    ];

    private static readonly ValueArray<HyperparameterDescriptor> Recurrence =
    [
        Whole("numLayers", 1, 8, 1, "Layers on top of each other."),
        Whole("hiddenSize", 1, 65_536, 64, "Numbers of the state."),
        Whole("embeddingSize", 1, 65_536, 32, "Numbers that stand for a symbol; not read where steps are numbers."),
    ];

    private static readonly ValueArray<HyperparameterDescriptor> Attention =
    [
        Whole("numLayers", 1, 32, 2, "Layers on top of each other."),
        Whole("heads", 1, 64, 4, "Heads of the attention."),
        Whole("headSize", 1, 1_024, 16, "Numbers of each head; a step has heads times so many."),
        Whole("feedForwardSize", 1, 65_536, 128, "Units of the small network in each layer."),
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
        SupportsEnsemble: true,
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

    /// <summary>A convolutional network that answers numbers for an image.</summary>
    public static WorkloadDescriptor CnnRegressor { get; } = new(
        "cnn-regressor",
        "Convolutional network that answers numbers for an image, for example the coordinates of keypoints.",
        NeedsData: true,
        Join(ConvolutionBlocks, Activation, Dropout, Initialisation, PhotometricAugmentation, Regression, Training),
        RegressionMetrics,
        SupportsEnsemble: true,
        Target: TargetKind.Numbers);

    /// <summary>A residual network that classifies images.</summary>
    public static WorkloadDescriptor ResNet { get; } = new(
        "resnet",
        "Residual network that classifies images.",
        NeedsData: true,
        Join(
            [
                Whole("stages", 1, 5, 3, "Stages; each but the first halves the image."),
                Whole("unitsPerStage", 1, 16, 2, "Residual units, of two convolutions, in a stage."),
                Whole("channels", 1, 2_048, 16, "Channels of the first stage."),
                Number("channelGrowth", 1, 4, 2, "Factor on the channels from stage to stage."),
            ],
            Activation,
            Dropout,
            Initialisation,
            Augmentation,
            Classification,
            Training),
        ClassificationMetrics,
        SupportsEnsemble: true,
        Target: TargetKind.Class);

    /// <summary>An autoencoder.</summary>
    public static WorkloadDescriptor Autoencoder { get; } = new(
        "autoencoder",
        "Encoder and decoder whose answer should be the input; labels are not read.",
        NeedsData: true,
        Join(Encoding, Activation, Initialisation, Regression, Training),
        Measured("mse"));

    /// <summary>A variational autoencoder.</summary>
    public static WorkloadDescriptor Vae { get; } = new(
        "vae",
        "Variational autoencoder; labels are not read.",
        NeedsData: true,
        Join(Encoding, [Number("beta", 0, 1e6, 1, "Weight of the divergence of the code from the standard normal.")], Activation, Initialisation, Regression, Training),
        Measured("mse", "divergence"));

    /// <summary>A classifier whose encoder may come from an autoencoder.</summary>
    public static WorkloadDescriptor EncoderClassifier { get; } = new(
        "encoder-classifier",
        "Classifier on top of an encoder, which may be that of an autoencoder, frozen or not.",
        NeedsData: true,
        Join(Encoding, FrozenEncoder, Classifier, Activation, Dropout, Initialisation, Augmentation, Classification, Training),
        ClassificationMetrics,
        SupportsEnsemble: true,
        Target: TargetKind.Class,
        EncoderParameters: ["activation", "encoder", "encoderLayers", "encoderSize", "latentSize"]);

    /// <summary>A network that gives each pixel of an image a class.</summary>
    public static WorkloadDescriptor Segmentation { get; } = new(
        "segmentation",
        "U-Net that gives each pixel of an image a class.",
        NeedsData: true,
        Join(
            [
                Choice("backbone", "unet", ["resnet18", "resnet34", "unet"], "What the encoder is: that of a U-Net, or the layers of ResNet-18 or ResNet-34, with torchvision's names of the weights."),
                Whole("depth", 1, 6, 3, "How often the image is halved; at most 5 with a residual backbone."),
                Whole("channels", 1, 2_048, 16, "Channels at full size; with a residual backbone those of the decoder."),
                Number("channelGrowth", 1, 4, 2, "Factor on the channels from size to size."),
                Flag("batchNorm", true, "Normalise each channel over the batch after each convolution."),
                Number("spatialDropout", 0, 0.95, 0, "Probability that a channel is dropped at the smallest size in training."),
            ],
            FrozenEncoder,
            Activation,
            Initialisation,
            Augmentation,
            PixelClassification,
            Training),
        SegmentationMetrics,
        SupportsEnsemble: true,
        Target: TargetKind.Mask,
        EncoderParameters: ["activation", "backbone", "batchNorm", "channelGrowth", "channels", "depth"]);

    /// <summary>A recurrent network that classifies sequences, or names the symbol that follows.</summary>
    public static WorkloadDescriptor Lstm { get; } = new(
        "lstm",
        "Recurrent network (LSTM) that names the symbol that follows.",
        NeedsData: true,
        Join(Recurrence, Dropout, Initialisation, Classification, Training),
        ClassificationMetrics,
        SupportsEnsemble: true,
        Target: TargetKind.Class);

    /// <summary>A recurrent network that forecasts numbers.</summary>
    public static WorkloadDescriptor LstmRegressor { get; } = new(
        "lstm-regressor",
        "Recurrent network (LSTM) that forecasts the numbers of a series.",
        NeedsData: true,
        Join(Recurrence, Dropout, Initialisation, Regression, Training),
        RegressionMetrics,
        SupportsEnsemble: true,
        Target: TargetKind.Numbers);

    /// <summary>A transformer that names the symbol that follows.</summary>
    public static WorkloadDescriptor Transformer { get; } = new(
        "transformer",
        "Transformer encoder that names the symbol that follows.",
        NeedsData: true,
        Join(Attention, Activation, Dropout, Initialisation, Classification, Training),
        ClassificationMetrics,
        SupportsEnsemble: true,
        Target: TargetKind.Class);

    /// <summary>A transformer that forecasts numbers.</summary>
    public static WorkloadDescriptor TransformerRegressor { get; } = new(
        "transformer-regressor",
        "Transformer encoder that forecasts the numbers of a series.",
        NeedsData: true,
        Join(Attention, Activation, Dropout, Initialisation, Regression, Training),
        RegressionMetrics,
        SupportsEnsemble: true,
        Target: TargetKind.Numbers);

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
    public static ValueArray<WorkloadDescriptor> All { get; } =
    [
        LogisticRegression, Mlp, MlpRegressor, Cnn, CnnRegressor, ResNet, Autoencoder, Vae, EncoderClassifier, Segmentation, Lstm, LstmRegressor, Transformer,
        TransformerRegressor, Function,
    ];

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
