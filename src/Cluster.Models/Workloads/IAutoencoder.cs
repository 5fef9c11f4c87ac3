using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads;

/// <summary>A network whose answer is its own input, by way of a code. Implement it on a module, and its saved models give reconstructions,
/// codes and, if they can, new inputs.</summary>
public interface IAutoencoder
{
    /// <summary>Numbers of a code.</summary>
    long CodeSize { get; }

    /// <summary>True when codes of training inputs are near the standard normal, so that codes drawn from it
    /// decode to something like them.</summary>
    bool IsGenerative { get; }

    /// <summary>Computes codes; for a drawn code its mean.</summary>
    /// <param name="input">Prepared inputs, shape [rows, …].</param>
    /// <returns>Shape [rows, code size].</returns>
    Tensor Encode(Tensor input);

    /// <summary>Computes inputs from codes.</summary>
    /// <param name="code">Shape [rows, code size].</param>
    /// <returns>Shape [rows, …] of a prepared input.</returns>
    Tensor Decode(Tensor code);
}
