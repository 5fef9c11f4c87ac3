using SearchCluster.Models.Data;
using SearchCluster.Models.Training;
using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads;

/// <summary>A network that the product's one training loop trains. Implement it to bring a model of your own.</summary>
/// <remarks>
/// The loop owns epochs, batches, validation, patience, kept weights, checkpoints and cancellation; a workload only says what is
/// computed. All random choices of a network derive from the seed it is built with, never from libtorch's global generator, which
/// the trials of all threads would share.
/// </remarks>
public interface INetworkWorkload : IWorkload
{
    /// <summary>What is measured beside the loss, for example <c>accuracy</c>, reported as <c>val/accuracy</c> and <c>test/accuracy</c>.</summary>
    ValueArray<ScoreDefinition> Scores { get; }

    /// <summary>Loads the data; the default shares the built-in and CSV data sets of the process.</summary>
    /// <param name="spec">What and how to split.</param>
    /// <param name="searchSeed">Master seed of the search.</param>
    /// <param name="device">Where its tensors lie.</param>
    /// <returns>The data set; the same object for the same arguments.</returns>
    DataSet LoadData(DataSpec spec, ulong searchSeed, Device device) => DataSetCache.Shared.Get(spec, searchSeed, device);

    /// <summary>Reads how to train from the configuration.</summary>
    /// <param name="hyperparameters">The configuration.</param>
    /// <returns>Epochs, batches, step sizes.</returns>
    TrainingRecipe Recipe(Hyperparameters hyperparameters);

    /// <summary>Estimates the number of parameters before any is allocated.</summary>
    /// <param name="hyperparameters">The configuration.</param>
    /// <param name="shape">What the data look like.</param>
    /// <returns>Number of trained numbers; 0 when it is not known.</returns>
    double CountParameters(Hyperparameters hyperparameters, DataShape shape) => 0;

    /// <summary>Builds the network with its initial weights.</summary>
    /// <param name="hyperparameters">The configuration.</param>
    /// <param name="shape">What the data look like.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="device">Where its tensors lie.</param>
    /// <returns>A module from features, shape [rows, columns], to outputs, shape [rows, classes].</returns>
    nn.Module<Tensor, Tensor> Build(Hyperparameters hyperparameters, DataShape shape, ulong seed, Device device);

    /// <summary>Computes the mean loss of a batch.</summary>
    /// <param name="output">The network's output.</param>
    /// <param name="targets">Targets of the rows.</param>
    /// <returns>A single number with gradient.</returns>
    Tensor Loss(Tensor output, Tensor targets);

    /// <summary>Computes the scores of a batch.</summary>
    /// <param name="output">The network's output.</param>
    /// <param name="targets">Targets of the rows.</param>
    /// <returns>For each of <see cref="Scores"/> the sum over the rows, a single number on the device.</returns>
    IReadOnlyList<Tensor> SumScores(Tensor output, Tensor targets);

    /// <summary>Turns outputs into class probabilities, for ensembles and predictions.</summary>
    /// <param name="output">The network's output.</param>
    /// <returns>Probabilities, shape [rows, classes]; each row sums to 1.</returns>
    Tensor Probabilities(Tensor output);
}

/// <summary>A metric that is measured beside the loss.</summary>
/// <param name="Name">Name after <c>val/</c> and <c>test/</c>.</param>
/// <param name="Direction">Which end is better.</param>
public sealed record ScoreDefinition(string Name, Direction Direction);
