using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options;

namespace SearchCluster.Contracts.Workloads;

/// <summary>The workloads that ship with the product; a test keeps them equal to what the workloads read.</summary>
public static class BuiltinWorkloads
{
    /// <summary>A multi-layer perceptron that classifies.</summary>
    public static WorkloadDescriptor Mlp { get; } = NetworkDescriptor.Of<MlpOptions>(
        "mlp", "Multi-layer perceptron classifier.", TargetKind.Class);

    /// <summary>A multi-layer perceptron that answers numbers.</summary>
    public static WorkloadDescriptor MlpRegressor { get; } = NetworkDescriptor.Of<MlpOptions>(
        "mlp-regressor", "Multi-layer perceptron that answers one or more numbers.", TargetKind.Numbers);

    /// <summary>A linear classifier.</summary>
    public static WorkloadDescriptor LogisticRegression { get; } = NetworkDescriptor.Of<LinearOptions>(
        "logistic-regression",
        "Linear classifier: logistic regression, or a linear support vector machine with loss hinge.",
        TargetKind.Class);

    /// <summary>A residual network for tables that classifies.</summary>
    public static WorkloadDescriptor TabularResNet { get; } = NetworkDescriptor.Of<TabularResNetOptions>(
        "tabular-resnet", "Residual network for the rows of a table that classifies.", TargetKind.Class);

    /// <summary>A residual network for tables that answers numbers.</summary>
    public static WorkloadDescriptor TabularResNetRegressor { get; } = NetworkDescriptor.Of<TabularResNetOptions>(
        "tabular-resnet-regressor", "Residual network for the rows of a table that answers one or more numbers.", TargetKind.Numbers);

    /// <summary>A convolutional network that classifies images.</summary>
    public static WorkloadDescriptor Cnn { get; } = NetworkDescriptor.Of<CnnOptions>(
        "cnn", "Convolutional classifier of images with configurable blocks, from LeNet to VGG and inception.", TargetKind.Class);

    /// <summary>A convolutional network that answers numbers for an image.</summary>
    public static WorkloadDescriptor CnnRegressor { get; } = NetworkDescriptor.Of<CnnRegressorOptions>(
        "cnn-regressor",
        "Convolutional network that answers numbers for an image, for example the coordinates of keypoints.",
        TargetKind.Numbers);

    /// <summary>A residual network that classifies images.</summary>
    public static WorkloadDescriptor ResNet { get; } = NetworkDescriptor.Of<ResNetOptions>(
        "resnet", "Residual network that classifies images.", TargetKind.Class);

    /// <summary>An autoencoder.</summary>
    public static WorkloadDescriptor Autoencoder { get; } = NetworkDescriptor.OfAutoencoder<AutoencoderOptions>(
        "autoencoder", "Encoder and decoder whose answer should be the input; labels are not read.", "mse");

    /// <summary>A variational autoencoder.</summary>
    public static WorkloadDescriptor Vae { get; } = NetworkDescriptor.OfAutoencoder<VaeOptions>(
        "vae", "Variational autoencoder; labels are not read.", "mse", "divergence");

    /// <summary>A classifier whose encoder may come from an autoencoder.</summary>
    public static WorkloadDescriptor EncoderClassifier { get; } = NetworkDescriptor.Of<EncoderClassifierOptions>(
        "encoder-classifier", "Classifier on top of an encoder, which may be that of an autoencoder, frozen or not.", TargetKind.Class,
            encoderParameters: ["activation", "encoder", "encoderLayers", "encoderSize", "latentSize"]);

    /// <summary>A network that gives each pixel of an image a class.</summary>
    public static WorkloadDescriptor Segmentation { get; } = NetworkDescriptor.Of<SegmentationOptions>(
        "segmentation", "U-Net that gives each pixel of an image a class.", TargetKind.Mask,
            encoderParameters: ["activation", "backbone", "batchNorm", "channelGrowth", "channels", "depth"]);

    /// <summary>A recurrent network that classifies sequences, or names the symbol that follows.</summary>
    public static WorkloadDescriptor Lstm { get; } = NetworkDescriptor.Of<LstmOptions>(
        "lstm", "Recurrent network (LSTM) that names the symbol that follows.", TargetKind.Class);

    /// <summary>A recurrent network that forecasts numbers.</summary>
    public static WorkloadDescriptor LstmRegressor { get; } = NetworkDescriptor.Of<LstmOptions>(
        "lstm-regressor", "Recurrent network (LSTM) that forecasts the numbers of a series.", TargetKind.Numbers);

    /// <summary>A transformer that names the symbol that follows.</summary>
    public static WorkloadDescriptor Transformer { get; } = NetworkDescriptor.Of<TransformerOptions>(
        "transformer", "Transformer encoder that names the symbol that follows.", TargetKind.Class);

    /// <summary>A transformer that forecasts numbers.</summary>
    public static WorkloadDescriptor TransformerRegressor { get; } = NetworkDescriptor.Of<TransformerOptions>(
        "transformer-regressor", "Transformer encoder that forecasts the numbers of a series.", TargetKind.Numbers);

    /// <summary>An analytic test function of the sampled parameters; trains nothing.</summary>
    public static WorkloadDescriptor Function { get; } = new(
        "function",
        "Analytic test function; every other number in the space is a coordinate, in the order of the names.",
        NeedsData: false,
        SearchConfiguration<FunctionOptions>.Descriptors,
        ["value", "value2"],
        AllowsOtherParameters: true)
    {
        IsComputed = true,
    };

    /// <summary>All of them, in the order of the documentation.</summary>
    public static ValueArray<WorkloadDescriptor> All { get; } =
    [
        LogisticRegression, Mlp, MlpRegressor, TabularResNet, TabularResNetRegressor, Cnn, CnnRegressor, ResNet, Autoencoder, Vae,
        EncoderClassifier, Segmentation, Lstm, LstmRegressor, Transformer, TransformerRegressor, Function,
    ];
}
