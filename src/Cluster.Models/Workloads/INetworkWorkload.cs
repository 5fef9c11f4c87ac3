using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Workloads.Augmentation;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads;

/// <summary>A network that the product's one training loop trains. Implement it to bring a model of your own.</summary>
/// <remarks>
/// The loop owns epochs, batches, validation, patience, kept weights, checkpoints and cancellation; a workload only says what is
/// computed. All random choices of a network derive from the seed it is built with or come from its <see cref="NoiseSource"/>, never from
/// libtorch's global generator, which the trials of all threads would share.
/// </remarks>
public interface INetworkWorkload : IWorkload
{
    /// <summary>Loads the data; the default shares the data sets of the process.</summary>
    /// <param name="spec">What and how to split.</param>
    /// <param name="searchSeed">Master seed of the search.</param>
    /// <param name="device">Where its tensors lie.</param>
    /// <returns>The data set; the same object for the same arguments.</returns>
    DataSet LoadData(DataSpec spec, ulong searchSeed, Device device) => DataSetCache.Shared.Get(spec, searchSeed, device);

    /// <summary>Reads how to train from the configuration; the default reads the hyperparameters that all
    /// built-in networks share.</summary>
    /// <param name="hyperparameters">The configuration.</param>
    /// <returns>Epochs, batches, step sizes.</returns>
    TrainingRecipe Recipe(Hyperparameters hyperparameters) => TrainingRecipe.Read(hyperparameters);

    /// <summary>Says what the network is trained for: loss, scores, predictions.</summary>
    /// <param name="hyperparameters">The configuration.</param>
    /// <param name="context">Inputs and answers.</param>
    /// <returns>The task, in the caller's dispose scope.</returns>
    /// <exception cref="WorkloadConfigurationException">The data do not fit.</exception>
    ITask CreateTask(Hyperparameters hyperparameters, TaskContext context);

    /// <summary>Estimates the number of parameters before any is allocated.</summary>
    /// <param name="hyperparameters">The configuration.</param>
    /// <param name="shape">What the data look like.</param>
    /// <returns>Number of trained numbers; 0 when it is not known.</returns>
    double CountParameters(Hyperparameters hyperparameters, DataShape shape) => 0;

    /// <summary>Builds the network with its initial weights.</summary>
    /// <param name="context">Configuration, data, seed and device.</param>
    /// <returns>A module from inputs, shape [rows, …], to outputs as the task reads them.</returns>
    nn.Module<Tensor, Tensor> Build(NetworkContext context);

    /// <summary>Says how training batches are varied; the default leaves them as they are.</summary>
    /// <param name="hyperparameters">The configuration.</param>
    /// <param name="shape">What the data look like.</param>
    /// <returns>The augmentation, or null for none.</returns>
    IAugmentation? CreateAugmentation(Hyperparameters hyperparameters, DataShape shape) => null;
}
