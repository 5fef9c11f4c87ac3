namespace SearchCluster.Contracts.Workloads;

/// <summary>Hyperparameters that several workloads share; a workload of your own may use them too.</summary>
public static class HyperparameterGroups
{
    /// <summary>Epochs, batches, optimizer, step sizes, penalties and limits: what the training loop itself reads.</summary>
    public static ValueArray<HyperparameterDescriptor> Training { get; } =
    [
        Whole("epochs", 1, 100_000, 50, "Passes over the training part."),
        Whole("batchSize", 1, 1_048_576, 64, "Rows per step; the last, smaller batch counts too. Optimizer lbfgs takes all rows at once."),
        Flag("dropLast", false, "Leave out the last batch of an epoch when it is smaller than the others."),
        Choice("optimizer", "adam", ["adam", "adamw", "sgd", "momentum", "nesterov", "rmsprop", "lbfgs"], "Update rule."),
        Number("learningRate", 0, 1e3, 1e-3, "Step size of the first epoch, or after the warm-up."),
        Choice("lrSchedule", "exponential", ["exponential", "step", "inverse", "inverse-sqrt", "cosine", "plateau"], "How the step size changes from epoch to epoch; exponential with lrDecay 1 keeps it."),
        Number("lrDecay", 0, 1, 1, "Factor on the step size after each epoch (exponential), after each lrStep epochs (step), or after lrStep epochs without improvement (plateau); rate r of 1/(1 + r·epoch) (inverse)."),
        Whole("lrStep", 1, 100_000, 10, "Epochs between two steps of lrSchedule step, or epochs without improvement of plateau."),
        Whole("warmupEpochs", 0, 100_000, 0, "Epochs at the start in which the step size grows evenly."),
        Number("momentum", 0, 1, 0.9, "Momentum of optimizers momentum and nesterov."),
        Number("beta1", 0, 0.999999, 0.9, "Decay of the mean gradient of adam and adamw."),
        Number("beta2", 0, 0.9999999, 0.999, "Decay of the mean squared gradient of adam and adamw."),
        Number("reg", 0, 1e6, 0, "L2 penalty: the gradient of each weight gets reg times the weight; adamw shrinks the weights instead."),
        Number("gradientClip", 0, 1e6, 0, "Longest gradient over all parameters; 0 for any."),
        Number("maxNorm", 0, 1e6, 0, "Longest weight vector of a unit; 0 for any."),
    ];

    /// <summary>Initial weights.</summary>
    public static ValueArray<HyperparameterDescriptor> Initialisation { get; } =
    [
        Choice("init", "kaiming", ["kaiming", "xavier", "gaussian"], "Initial weights; gaussian uses initStd."),
        Number("initStd", 0, 10, 0.01, "Standard deviation of gaussian initial weights."),
    ];

    /// <summary>The activation function.</summary>
    public static ValueArray<HyperparameterDescriptor> Activation { get; } =
    [
        Choice("activation", "relu", ["relu", "leaky-relu", "sigmoid", "tanh", "gelu"], "Activation after each hidden layer."),
    ];

    /// <summary>Dropout, in training and at prediction.</summary>
    public static ValueArray<HyperparameterDescriptor> Dropout { get; } =
    [
        Number("dropout", 0, 0.95, 0, "Probability that a unit of a hidden layer is dropped in training."),
        Whole("dropoutSamples", 0, 1_000, 0, "Predictions average so many passes with dropout (Monte-Carlo dropout); 0 for one pass without."),
    ];

    /// <summary>Loss and class imbalance of classifiers.</summary>
    public static ValueArray<HyperparameterDescriptor> Classification { get; } =
    [
        Choice("loss", "cross-entropy", ["cross-entropy", "bce", "hinge"], "What is minimised; bce is the cross-entropy of each class against the others."),
        Number("labelSmoothing", 0, 0.99, 0, "Share of the target probability that is spread evenly over all classes in training."),
        Choice("classWeights", "none", ["none", "balanced"], "Weights of the classes in the loss; balanced weighs each class alike however rare it is."),
        Choice("sampling", "uniform", ["uniform", "weighted"], "How an epoch draws its rows; weighted draws with replacement so that all classes come equally often."),
    ];

    /// <summary>Loss of workloads that give each pixel a class.</summary>
    public static ValueArray<HyperparameterDescriptor> PixelClassification { get; } =
    [
        Number("labelSmoothing", 0, 0.99, 0, "Share of the target probability that is spread evenly over all classes in training."),
        Choice("classWeights", "none", ["none", "balanced"], "Weights of the classes in the loss; balanced weighs each class alike however rare it is."),
    ];

    /// <summary>Loss of workloads that answer numbers.</summary>
    public static ValueArray<HyperparameterDescriptor> Regression { get; } =
    [
        Choice("loss", "mse", ["mse", "l1", "huber"], "What is minimised, of targets scaled to deviation 1."),
        Number("huberDelta", 1e-6, 1e6, 1, "Where the huber loss turns from a square into a line."),
    ];

    /// <summary>How training images are varied without moving what they show: their targets stay true.</summary>
    public static ValueArray<HyperparameterDescriptor> PhotometricAugmentation { get; } =
    [
        Number("brightness", 0, 1, 0, "Change the brightness of each training image by up to this share of the range."),
        Number("contrast", 0, 1, 0, "Change the contrast of each training image by up to this share."),
        Number("blur", 0, 10, 0, "Blur each training image with a deviation of up to so many pixels."),
    ];

    /// <summary>How training images are varied.</summary>
    public static ValueArray<HyperparameterDescriptor> Augmentation { get; } =
    [
        Flag("flip", false, "Mirror half of the training images left to right."),
        Whole("crop", 0, 64, 0, "Shift each training image by up to so many pixels in both directions; what comes in is the border repeated."),
        Number("shear", 0, 60, 0, "Shear each training image by up to so many degrees."),
        .. PhotometricAugmentation,
    ];

    /// <summary>A real hyperparameter.</summary>
    /// <param name="name">Name.</param>
    /// <param name="min">Smallest value.</param>
    /// <param name="max">Largest value.</param>
    /// <param name="value">Default.</param>
    /// <param name="description">For people.</param>
    /// <returns>The descriptor.</returns>
    public static HyperparameterDescriptor Number(string name, double min, double max, double value, string description) =>
        new(name, new RealDomain(min, max), ParameterValue.Real(value), description);

    /// <summary>A whole hyperparameter.</summary>
    /// <param name="name">Name.</param>
    /// <param name="min">Smallest value.</param>
    /// <param name="max">Largest value.</param>
    /// <param name="value">Default.</param>
    /// <param name="description">For people.</param>
    /// <returns>The descriptor.</returns>
    public static HyperparameterDescriptor Whole(string name, long min, long max, long value, string description) =>
        new(name, new IntegerDomain(min, max), ParameterValue.Integer(value), description);

    /// <summary>A hyperparameter that is true or false.</summary>
    /// <param name="name">Name.</param>
    /// <param name="value">Default.</param>
    /// <param name="description">For people.</param>
    /// <returns>The descriptor.</returns>
    public static HyperparameterDescriptor Flag(string name, bool value, string description) =>
        new(name, new BooleanDomain(), ParameterValue.Boolean(value), description);

    /// <summary>A hyperparameter that is one of several texts.</summary>
    /// <param name="name">Name.</param>
    /// <param name="value">Default.</param>
    /// <param name="items">The texts.</param>
    /// <param name="description">For people.</param>
    /// <returns>The descriptor.</returns>
    public static HyperparameterDescriptor Choice(string name, string value, ReadOnlySpan<string> items, string description)
    {
        var values = new ParameterValue[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = ParameterValue.Text(items[i]);
        }

        return new(name, new ItemDomain(ValueArray.Create<ParameterValue>(values)), ParameterValue.Text(value), description);
    }
}
