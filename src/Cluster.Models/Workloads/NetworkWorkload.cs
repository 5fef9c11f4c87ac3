using SearchCluster.Contracts.Configuration;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads;

/// <summary>The short way to a network of your own: a class of options, whose properties are searched, and a method that builds the network.</summary>
/// <typeparam name="TOptions">The options; see <see cref="SearchConfiguration{T}"/>. Epochs, optimizer, step sizes, loss and the like come with the base class.</typeparam>
/// <param name="name">Name in specs.</param>
/// <param name="description">One sentence for people.</param>
/// <param name="target">What the network answers: a class, numbers, or a class for each pixel.</param>
public abstract class NetworkWorkload<TOptions>(string name, string description, TargetKind target) : INetworkWorkload
    where TOptions : class, new()
{
    private readonly Lazy<WorkloadDescriptor> _descriptor = new(() => new(
        name,
        description,
        NeedsData: true,
        [.. SearchConfiguration<TOptions>.Descriptors, .. LossOf(target), .. HyperparameterGroups.Training],
        MetricsOf(target),
        SupportsEnsemble: true,
        Target: target));

    /// <inheritdoc />
    public WorkloadDescriptor Descriptor => _descriptor.Value;

    /// <inheritdoc />
    public virtual ITask CreateTask(Hyperparameters hyperparameters, TaskContext context) => target switch
    {
        TargetKind.Class => new ClassificationTask(hyperparameters, context),
        TargetKind.Numbers => new RegressionTask(hyperparameters, context),
        _ => new SegmentationTask(hyperparameters, context),
    };

    /// <inheritdoc />
    public virtual Training.TrainingRecipe Recipe(Hyperparameters hyperparameters)
    {
        ArgumentNullException.ThrowIfNull(hyperparameters);
        var recipe = Training.TrainingRecipe.Read(hyperparameters);
        return target == TargetKind.Class ? recipe with { WeightedSampling = hyperparameters.Text("sampling") == "weighted" } : recipe;
    }

    /// <inheritdoc />
    public nn.Module<Tensor, Tensor> Build(NetworkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Build(SearchConfiguration<TOptions>.Read(context.Hyperparameters.Find), context);
    }

    /// <summary>Builds the network with its initial weights.</summary>
    /// <param name="options">The trial's options.</param>
    /// <param name="context">Data, seed, device and noise.</param>
    /// <returns>A module from inputs, shape [rows, …], to outputs: scores of the classes, scaled numbers, or scores of the classes for each pixel.</returns>
    protected abstract nn.Module<Tensor, Tensor> Build(TOptions options, NetworkContext context);

    private static ValueArray<HyperparameterDescriptor> LossOf(TargetKind target) =>
        target switch
        {
            TargetKind.Numbers => HyperparameterGroups.Regression,
            TargetKind.Mask => HyperparameterGroups.PixelClassification,
            _ => HyperparameterGroups.Classification,
        };

    private static ValueArray<string> MetricsOf(TargetKind target)
    {
        var scores = target switch
        {
            TargetKind.Class => ClassificationTask.Definitions,
            TargetKind.Numbers => RegressionTask.Definitions,
            _ => SegmentationTask.Definitions,
        };
        IEnumerable<string> Of(string part) => scores.Select(score => $"{part}/{score.Name}").Prepend($"{part}/loss");
        return ["train/loss", .. Of("val"), .. Of("test")];
    }
}
