using static TorchSharp.torch;

namespace SearchCluster.Models.Workloads.Mlp;

/// <summary>Draws initial weights from the trial's own stream, so they are the same on every device, thread and libtorch version.</summary>
/// <remarks>
/// Kaiming: normal with deviation gain / √inputs; the output layer, which no activation follows, has gain 1.
/// Source: He et al., "Delving Deep into Rectifiers", ICCV 2015, equation 10; gains as in <c>torch.nn.init.calculate_gain</c>.
/// Xavier: uniform on ±√(6 / (inputs + outputs)).
/// Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010, equation 16.
/// </remarks>
internal static class InitialWeights
{
    private const double LeakySlope = 0.01;

    /// <summary>Draws the weights of one layer.</summary>
    /// <returns>On the host, float32, shape [outputs, inputs].</returns>
    public static Tensor Draw(MlpOptions options, int layer, int inputs, int outputs, ulong seed)
    {
        var stream = SeedSequence.Stream(seed, StreamPurpose.Initialisation, layer);
        var weights = new float[checked(inputs * outputs)];
        if (options.Initialisation == WeightInitialisation.Xavier)
        {
            var bound = Math.Sqrt(6.0 / (inputs + outputs));
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = (float)(bound * ((2 * stream.NextDouble()) - 1));
            }
        }
        else
        {
            var isOutput = layer == options.HiddenLayers;
            var deviation = options.Initialisation == WeightInitialisation.Gaussian
                ? options.InitialDeviation
                : (isOutput ? 1 : Gain(options.Activation)) / Math.Sqrt(inputs);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = (float)(deviation * stream.NextGaussian());
            }
        }

        return tensor(weights, [outputs, inputs]);
    }

    private static double Gain(Activation activation) => activation switch
    {
        Activation.Relu => Math.Sqrt(2),
        Activation.LeakyRelu => Math.Sqrt(2 / (1 + (LeakySlope * LeakySlope))),
        Activation.Tanh => 5.0 / 3,
        _ => 1,
    };
}
