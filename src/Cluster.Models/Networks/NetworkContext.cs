using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Randomness;
using static TorchSharp.torch;

namespace SearchCluster.Models.Networks;

/// <summary>What a network is built from.</summary>
/// <param name="Hyperparameters">The trial's configuration.</param>
/// <param name="Shape">What the data look like.</param>
/// <param name="Seed">The trial's seed; initial weights derive from it.</param>
/// <param name="Noise">Random numbers for dropout and sampling; its device is the network's.</param>
/// <param name="Artifacts">Where models of earlier searches lie; null when the weights are filled in afterwards.</param>
public sealed record NetworkContext(
    Hyperparameters Hyperparameters, DataShape Shape, ulong Seed, NoiseSource Noise, IArtifacts? Artifacts = null)
{
    /// <summary>Where the network's tensors lie.</summary>
    public Device Device => Noise.Device;

    /// <summary>Refuses data that are symbols.</summary>
    /// <param name="workload">Name of the workload.</param>
    /// <exception cref="WorkloadConfigurationException">They are.</exception>
    internal void RequireNumbers(string workload)
    {
        if (Shape.Symbols is not null)
        {
            throw new WorkloadConfigurationException(
                $"Workload '{workload}' reads numbers, but the data are the characters of a text; use lstm or transformer.");
        }
    }

    /// <summary>Refuses data that are no images.</summary>
    /// <param name="workload">Name of the workload.</param>
    /// <exception cref="WorkloadConfigurationException">They are not.</exception>
    internal void RequireImages(string workload)
    {
        if (Shape.Input.Count != 3)
        {
            throw new WorkloadConfigurationException(
                $"Workload '{workload}' needs images, but the data are {Shape.Describe()}; give data.images with width and height where "
                    + $"rows of a table are pixels.");
        }
    }
}
