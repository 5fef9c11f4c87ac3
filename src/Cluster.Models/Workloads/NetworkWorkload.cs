using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options.Groups;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Workloads.Augmentation;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads;

/// <summary>The short way to a network of your own: a class of options, whose properties are searched, and a method that builds the
/// network. The networks of the product take it too.</summary>
/// <typeparam name="TOptions">The options; see <see cref="SearchConfiguration{T}"/>. Epochs, optimizer, step sizes, loss and the like come
/// with the base class.</typeparam>
public abstract class NetworkWorkload<TOptions> : INetworkWorkload
    where TOptions : class, new()
{
    private readonly Lazy<WorkloadDescriptor> _descriptor;

    /// <summary>Describes the network by its options.</summary>
    /// <param name="name">Name in specs.</param>
    /// <param name="description">One sentence for people.</param>
    /// <param name="target">What the network answers: a class, numbers, or a class for each pixel.</param>
    protected NetworkWorkload(string name, string description, TargetKind target) =>
        _descriptor = new(() => NetworkDescriptor.Of<TOptions>(name, description, target));

    /// <summary>Takes a descriptor that names the same options.</summary>
    protected NetworkWorkload(WorkloadDescriptor descriptor) => _descriptor = new(descriptor);

    /// <inheritdoc />
    public WorkloadDescriptor Descriptor => _descriptor.Value;

    // An option of the user's own may be called dropout and mean something else.
    private bool SamplesPredictions => HyperparameterGroups.Dropout.All(Descriptor.Hyperparameters.Contains);

    /// <inheritdoc />
    public virtual ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) => Descriptor.Target switch
    {
        TargetKind.Class => new ClassificationTask(hyperparameters, context),
        TargetKind.Numbers => new RegressionTask(hyperparameters, context),
        TargetKind.Mask => new SegmentationTask(hyperparameters, context),
        _ => throw new WorkloadConfigurationException(
            $"Workload '{Descriptor.Name}' says neither what it answers nor, by CreateTask, what it is trained for."),
    };

    /// <inheritdoc />
    public virtual TrainingRecipe Recipe(Hyperparameters hyperparameters)
    {
        ArgumentNullException.ThrowIfNull(hyperparameters);
        return TrainingRecipe.Read(hyperparameters) with
        {
            WeightedSampling = Descriptor.Target == TargetKind.Class
                && hyperparameters.Read<ClassificationOptions>().Sampling == RowSampling.Weighted,
            PredictionSamples = SamplesPredictions ? hyperparameters.Read<DropoutOptions>().DropoutSamples : 0,
        };
    }

    /// <inheritdoc />
    public double CountParameters(Hyperparameters hyperparameters, DataShape shape)
    {
        ArgumentNullException.ThrowIfNull(hyperparameters);
        return CountParameters(hyperparameters.Read<TOptions>(), shape);
    }

    /// <inheritdoc />
    public IAugmentation? CreateAugmentation(Hyperparameters hyperparameters, DataShape shape)
    {
        ArgumentNullException.ThrowIfNull(hyperparameters);
        return CreateAugmentation(hyperparameters.Read<TOptions>(), shape);
    }

    /// <inheritdoc />
    public nn.Module<Tensor, Tensor> Build(NetworkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Build(context.Hyperparameters.Read<TOptions>(), context);
    }

    /// <summary>Builds the network with its initial weights.</summary>
    /// <param name="options">The trial's options.</param>
    /// <param name="context">Data, seed, device and noise.</param>
    /// <returns>A module from inputs, shape [rows, …], to outputs: scores of the classes, scaled numbers, or
    /// scores of the classes for each pixel.</returns>
    protected abstract nn.Module<Tensor, Tensor> Build(TOptions options, NetworkContext context);

    /// <summary>Estimates the number of parameters before any is allocated.</summary>
    /// <param name="options">The trial's options.</param>
    /// <param name="shape">What the data look like.</param>
    /// <returns>Number of trained numbers; 0 when it is not known.</returns>
    protected virtual double CountParameters(TOptions options, DataShape shape) => 0;

    /// <summary>Says how training batches are varied; the default leaves them as they are.</summary>
    /// <param name="options">The trial's options.</param>
    /// <param name="shape">What the data look like.</param>
    /// <returns>The augmentation, or null for none.</returns>
    protected virtual IAugmentation? CreateAugmentation(TOptions options, DataShape shape) => null;
}
