using SearchCluster.Contracts.Workloads.Options.Groups;
using static TorchSharp.torch;

namespace SearchCluster.Models.Networks;

/// <summary>Draws the initial weights of a network, tensor by tensor, from the trial's own streams, so they are the same on every device,
/// thread and libtorch version.</summary>
/// <remarks>
/// Kaiming: normal with deviation gain / √inputs. Source: He et al., "Delving Deep into Rectifiers", ICCV 2015, equation 10; gains as in
/// <c>torch.nn.init.calculate_gain</c>. Xavier: uniform on ±√(6 / (inputs + outputs)). Source: Glorot and Bengio, "Understanding the
/// difficulty of training deep feedforward neural networks", AISTATS 2010, equation 16. Gaussian: normal with the deviation given. The n-th
/// tensor of a network has the n-th stream.
/// </remarks>
public sealed class InitialWeights
{
    private const double LeakySlope = 0.01;

    private readonly WeightInitialisation _law;
    private readonly double _deviation;
    private readonly ulong _seed;
    private readonly Device _device;
    private int _tensors;

    /// <summary>Reads the law from hyperparameters <c>init</c> and <c>initStd</c>.</summary>
    /// <param name="context">What the network is built from.</param>
    public InitialWeights(NetworkContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var options = context.Hyperparameters.Read<InitialisationOptions>();
        (_law, _deviation, _seed, _device) = (options.Init, options.InitStd, context.Seed, context.Device);
    }

    /// <summary>Draws by Kaiming's law.</summary>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="device">Where the tensors lie.</param>
    public InitialWeights(ulong seed, Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        (_law, _seed, _device) = (WeightInitialisation.Kaiming, seed, device);
    }

    /// <summary>Where the tensors lie.</summary>
    public Device Device => _device;

    /// <summary>Draws one tensor.</summary>
    /// <param name="shape">Its sizes: [outputs, inputs, …], where further sizes are those of a kernel.</param>
    /// <param name="activation">What follows the layer; null for nothing.</param>
    /// <returns>Float32 on the device.</returns>
    public Tensor Draw(ReadOnlySpan<long> shape, Activation? activation)
    {
        var stream = SeedSequence.Stream(_seed, StreamPurpose.Initialisation, _tensors++);
        long kernel = 1, count = shape[0] * shape[1];
        foreach (var size in shape[2..])
        {
            kernel *= size;
        }

        var weights = new float[checked(count * kernel)];
        double inputs = shape[1] * kernel, outputs = shape[0] * kernel;
        if (_law == WeightInitialisation.Xavier)
        {
            var bound = Math.Sqrt(6.0 / (inputs + outputs));
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = (float)(bound * ((2 * stream.NextDouble()) - 1));
            }
        }
        else
        {
            var deviation = _law == WeightInitialisation.Gaussian ? _deviation : Gain(activation) / Math.Sqrt(inputs);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = (float)(deviation * stream.NextGaussian());
            }
        }

        // A tensor made of a managed array lies in it; libtorch aligns its own memory, and the last bits of its kernels depend on that.
        using var drawn = tensor(weights, shape);
        return drawn.to(_device, copy: true);
    }

    private static double Gain(Activation? activation) => activation switch
    {
        Activation.Relu => Math.Sqrt(2),
        Activation.LeakyRelu => Math.Sqrt(2 / (1 + (LeakySlope * LeakySlope))),
        Activation.Tanh => 5.0 / 3,
        Activation.Gelu => Math.Sqrt(2),
        _ => 1,
    };
}
