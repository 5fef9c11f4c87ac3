using SearchCluster.Artifacts;
using SearchCluster.Models.Checkpoints;
using static TorchSharp.torch;

namespace SearchCluster.Models.Optimizers;

/// <summary>Updates a list of parameters from a list of gradients of the same order; one back end per way to compute it.</summary>
internal interface IParameterOptimizer : IDisposable
{
    /// <summary>Name of the back end; state of one back end is not read by another.</summary>
    string BackEnd { get; }

    /// <summary>Takes one step.</summary>
    void Step(IList<Tensor> gradients, double learningRate);

    /// <summary>Lists the state that a checkpoint needs, beside the parameters.</summary>
    IReadOnlyList<StoredTensor> Save();

    /// <summary>Checks saved state without changing anything.</summary>
    /// <exception cref="ArtifactException">SC4006: the state is of other shapes.</exception>
    void Check(IReadOnlyDictionary<string, StoredTensor> state);

    /// <summary>Takes over checked state.</summary>
    void Load(IReadOnlyDictionary<string, StoredTensor> state);
}
