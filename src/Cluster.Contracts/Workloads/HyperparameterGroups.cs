using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads.Options.Groups;

namespace SearchCluster.Contracts.Workloads;

/// <summary>Hyperparameters that several workloads share; a workload of your own may use them too.</summary>
public static class HyperparameterGroups
{
    /// <summary>Epochs, batches, optimizer, step sizes, penalties and limits: what the training loop itself reads.</summary>
    public static ValueArray<HyperparameterDescriptor> Training { get; } = SearchConfiguration<TrainingOptions>.Descriptors;

    /// <summary>Initial weights.</summary>
    public static ValueArray<HyperparameterDescriptor> Initialisation { get; } = SearchConfiguration<InitialisationOptions>.Descriptors;

    /// <summary>The activation function.</summary>
    public static ValueArray<HyperparameterDescriptor> Activation { get; } = SearchConfiguration<ActivationOptions>.Descriptors;

    /// <summary>Dropout, in training and at prediction.</summary>
    public static ValueArray<HyperparameterDescriptor> Dropout { get; } = SearchConfiguration<DropoutOptions>.Descriptors;

    /// <summary>Loss and class imbalance of classifiers.</summary>
    public static ValueArray<HyperparameterDescriptor> Classification { get; } = SearchConfiguration<ClassificationOptions>.Descriptors;

    /// <summary>Loss of workloads that give each pixel a class.</summary>
    public static ValueArray<HyperparameterDescriptor> PixelClassification { get; } =
        SearchConfiguration<PixelClassificationOptions>.Descriptors;

    /// <summary>Loss of workloads that answer numbers.</summary>
    public static ValueArray<HyperparameterDescriptor> Regression { get; } = SearchConfiguration<RegressionOptions>.Descriptors;

    /// <summary>How training images are varied without moving what they show: their targets stay true.</summary>
    public static ValueArray<HyperparameterDescriptor> PhotometricAugmentation { get; } =
        SearchConfiguration<PhotometricOptions>.Descriptors;

    /// <summary>How training images are varied.</summary>
    public static ValueArray<HyperparameterDescriptor> Augmentation { get; } = SearchConfiguration<AugmentationOptions>.Descriptors;

    /// <summary>A real hyperparameter.</summary>
    /// <param name="name">Key in the spec, for example <c>learningRate</c>.</param>
    /// <param name="min">Smallest value.</param>
    /// <param name="max">Largest value.</param>
    /// <param name="value">Default.</param>
    /// <param name="description">For people.</param>
    public static HyperparameterDescriptor Number(string name, double min, double max, double value, string description) =>
        new(name, new RealDomain(min, max), ParameterValue.Real(value), description);

    /// <summary>A whole hyperparameter.</summary>
    /// <param name="name">Key in the spec, for example <c>hiddenSize</c>.</param>
    /// <param name="min">Smallest value.</param>
    /// <param name="max">Largest value.</param>
    /// <param name="value">Default.</param>
    /// <param name="description">For people.</param>
    public static HyperparameterDescriptor Whole(string name, long min, long max, long value, string description) =>
        new(name, new IntegerDomain(min, max), ParameterValue.Integer(value), description);

    /// <summary>A hyperparameter that is true or false.</summary>
    /// <param name="name">Key in the spec.</param>
    /// <param name="value">Default.</param>
    /// <param name="description">For people.</param>
    public static HyperparameterDescriptor Flag(string name, bool value, string description) =>
        new(name, new BooleanDomain(), ParameterValue.Boolean(value), description);

    /// <summary>A hyperparameter that is one of several texts.</summary>
    /// <param name="name">Key in the spec, for example <c>optimizer</c>.</param>
    /// <param name="value">Default.</param>
    /// <param name="items">The texts.</param>
    /// <param name="description">For people.</param>
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
