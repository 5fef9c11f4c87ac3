using System.Globalization;
using SearchCluster.Models.Attempts;
using TorchSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training.Steps;

/// <summary>Refuses a network that cannot fit before it is allocated: on a CPU the system would end the whole process instead.</summary>
internal static class MemoryGuard
{
    // Weights, kept weights, gradients and two moments, each in single precision.
    private const double BytesPerParameter = 5 * sizeof(float);

    /// <summary>Compares the need of the parameters with the machine.</summary>
    /// <exception cref="DeviceMemoryException">The parameters alone need more than the machine has.</exception>
    public static void Check(double parameters, Device device)
    {
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var needed = parameters * BytesPerParameter;
        if (device.type == DeviceType.CPU && needed > available)
        {
            throw new DeviceMemoryException(string.Create(
                CultureInfo.InvariantCulture,
                $"The network has {parameters:N0} parameters and needs {needed / (1 << 30):N1} GiB to train, but this machine has "
                    + $"{available / (double)(1 << 30):N1} GiB."));
        }
    }
}
