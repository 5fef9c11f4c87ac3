using SearchCluster.Models.Configuration;
using SearchCluster.Models.Workloads;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Training.Steps;

/// <summary>Whether a network can be trained at all: libtorch ends the process over one that cannot.</summary>
internal static class Trainable
{
    private const string Remedy =
        "set its layers first and call RegisterComponents() at the end of its constructor (docs/extending.md)";

    /// <summary>Refuses a network without anything to train.</summary>
    /// <param name="workload">Who built it.</param>
    /// <param name="module">The network.</param>
    /// <exception cref="WorkloadConfigurationException">None of its parameters takes gradients, or it has none.</exception>
    public static void RequireParameters(INetworkWorkload workload, nn.Module<Tensor, Tensor> module)
    {
        Parameter[] parameters = [.. module.parameters()];
        if (!parameters.Any(parameter => parameter.requires_grad))
        {
            var name = DisplayText.Shorten(workload.Descriptor.Name);
            throw new WorkloadConfigurationException(parameters.Length == 0
                ? $"The network of workload '{name}' has no parameters, so there is nothing to train; {Remedy}."
                : $"The network of workload '{name}' has {parameters.Length} parameters, but none of them may be trained (requires_grad is "
                    + $"false); leave at least one as it is made.");
        }
    }

    /// <summary>Refuses a loss that comes from no parameter.</summary>
    /// <param name="module">The network.</param>
    /// <param name="loss">Of a batch.</param>
    /// <exception cref="WorkloadConfigurationException">Nothing could be learned from it.</exception>
    public static void RequireGradient(nn.Module<Tensor, Tensor> module, Tensor loss)
    {
        if (!loss.requires_grad)
        {
            throw new WorkloadConfigurationException(
                $"The answer of the network '{Name(module)}' does not depend on any of its parameters, so it cannot learn; leave out "
                    + $"detach(), no_grad() and item() in its forward, and in the loss of its task.");
        }
    }

    /// <summary>Refuses a network whose registered parameters are all idle, while others work.</summary>
    /// <param name="module">The network.</param>
    /// <param name="unused">How many parameters had no part in the loss.</param>
    /// <param name="all">How many there are.</param>
    /// <exception cref="WorkloadConfigurationException">None had a part.</exception>
    public static void RequireUse(nn.Module<Tensor, Tensor> module, int unused, int all)
    {
        if (unused == all)
        {
            throw new WorkloadConfigurationException(
                $"The answer of the network '{Name(module)}' depends on none of its {all} registered parameters, so nothing would be "
                    + $"trained; {Remedy}.");
        }
    }

    private static string Name(nn.Module<Tensor, Tensor> module) => DisplayText.Shorten(module.GetName());
}
