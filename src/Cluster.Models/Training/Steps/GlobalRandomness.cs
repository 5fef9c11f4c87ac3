using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training.Steps;

/// <summary>Finds networks that draw from libtorch's global generator: the trials of all threads share it, so
/// no trial of theirs can be repeated.</summary>
internal static class GlobalRandomness
{
    private const int Rows = 8;

    // Kernels may sum in another order from call to call; what a generator draws differs by much more.
    private const double Tolerance = 1e-3;

    /// <summary>Builds the network twice from one seed and lets both answer the same rows as in training.</summary>
    /// <returns>One sentence for people; null when both are the same.</returns>
    public static string? Find(INetworkWorkload workload, Hyperparameters hyperparameters, DataSet data, ulong seed, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using NoiseSource firstNoise = new(seed, device), secondNoise = new(seed, device);
        using var first = workload.NetworkOf(new(hyperparameters, data.Shape, seed, firstNoise));
        using var second = workload.NetworkOf(new(hyperparameters, data.Shape, seed, secondNoise));
        var weights = second.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter, StringComparer.Ordinal);
        foreach (var (name, parameter) in first.named_parameters())
        {
            if (!weights.TryGetValue(name, out var other) || !IsSame(parameter, other))
            {
                return Sentence(
                    workload, $"builds another '{DisplayText.Shorten(name)}' each time from one seed", "draw weights with InitialWeights");
            }
        }

        var part = data.Train;
        var inputs = data.Prepare(part.Inputs.narrow(0, 0, Math.Min(Rows, part.Rows)).to(device));
        return IsSame(Answer(workload, first, firstNoise, inputs), Answer(workload, second, secondNoise, inputs))
            ? null
            : Sentence(
                workload,
                "answers the same rows differently each time in training from one seed",
                "use DropoutLayer, or draw from context.Noise");
    }

    private static Tensor Answer(INetworkWorkload workload, nn.Module<Tensor, Tensor> network, NoiseSource noise, Tensor inputs)
    {
        network.train();
        noise.Restart(1);
        return workload.Require(network.forward(inputs), "forward of the network");
    }

    private static bool IsSame(Tensor first, Tensor second) =>
        first.shape.AsSpan().SequenceEqual(second.shape) && first.allclose(second, Tolerance, Tolerance, equal_nan: true);

    private static string Sentence(INetworkWorkload workload, string what, string remedy) =>
        $"Workload '{DisplayText.Shorten(workload.Descriptor.Name)}' {what}: it draws from libtorch's global generator, which all trials "
            + $"share, so its trials cannot be repeated; {remedy} (docs/extending.md).";
}
