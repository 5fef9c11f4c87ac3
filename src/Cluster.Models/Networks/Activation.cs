using SearchCluster.Contracts.Workloads.Options.Groups;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SearchCluster.Models.Networks;

/// <summary>Activation functions.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>max(0.01 x, x).</summary>
    LeakyRelu,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>x Φ(x). Source: Hendrycks and Gimpel, arXiv 1606.08415.</summary>
    Gelu,
}

/// <summary>Applies activation functions by name.</summary>
public static class Activations
{
    private const double LeakySlope = 0.01;

    private static readonly Dictionary<string, Activation> Names = new(StringComparer.Ordinal)
    {
        ["relu"] = Activation.Relu,
        ["leaky-relu"] = Activation.LeakyRelu,
        ["sigmoid"] = Activation.Sigmoid,
        ["tanh"] = Activation.Tanh,
        ["gelu"] = Activation.Gelu,
    };

    /// <summary>Reads hyperparameter <c>activation</c>.</summary>
    /// <param name="hyperparameters">The configuration.</param>
    public static Activation Read(Hyperparameters hyperparameters)
    {
        ArgumentNullException.ThrowIfNull(hyperparameters);
        return Names[hyperparameters.Read<ActivationOptions>().Activation];
    }

    /// <summary>Applies an activation.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="activation">Which; null for none.</param>
    /// <returns>The same shape.</returns>
    public static Tensor Activate(this Tensor input, Activation? activation)
    {
        ArgumentNullException.ThrowIfNull(input);
        return activation switch
        {
            Activation.Relu => input.relu(),
            Activation.LeakyRelu => input.leaky_relu(Scalars.Of(LeakySlope)),
            Activation.Sigmoid => input.sigmoid(),
            Activation.Tanh => input.tanh(),
            Activation.Gelu => gelu(input),
            _ => input,
        };
    }
}
